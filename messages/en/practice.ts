/** Words of the practice network, which is a whole network inside one tab. */
import { plural } from './figures.ts';

export const practiceWords = {
  label: 'Practice network inside this tab: its chain, its data and its credits end with the tab, and nobody else is paid or served.',
  absent:
    'No other people, no relay and no real reward: requester, custodian and chain are parts of this page. The proof is real, and the same contract checks it.',
  task: 'Read handwritten digits, for practice',
  begins: 'This network begins when you press Contribute.',
  openUnits: (count: number) => `${plural(count, 'unit', 'units')} of one sealed digit ${count === 1 ? 'is' : 'are'} open in this tab.`,
  download: 'about 23 MB, then kept',
  claim: 'Signed here, and sent by this account itself',
  lend: (seconds: number) => `For ${seconds} seconds it reads sealed digits of the practice network, and proves each answer.`,
};
