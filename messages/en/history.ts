/** Words of the page of kept receipts. */
import { countText } from './figures.ts';

export const historyWords = {
  title: (count: number) => (count === 1 ? '1 receipt kept here' : `${countText(count)} receipts kept here`),
  lede: 'Each is a file that anyone can check, offline, years from now.',
  emptyTitle: 'Nothing earned yet',
  emptyLede: 'Each unit leaves a receipt here.',
  emptyHead: 'No receipts',
  emptyBody: 'Receipts stay on this device. Clearing this site’s data erases them, so save those you want to keep.',
  loading: 'Looking for receipts on this device',
  open: (id: string) => `Open receipt ${id}`,
  close: 'Close',
  head: { receipt: 'Receipt', unit: 'Unit', answers: 'Answers', when: 'Paid', credits: 'Credits' },
  check: 'Check it',
};
