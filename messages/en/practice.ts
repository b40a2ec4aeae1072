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
  leaves: [
    { mark: 'lock', text: 'Nothing. Answers, proofs and signatures go to a chain in this page, and to nobody else.' },
    { mark: 'lock', text: 'The page’s own policy lets it reach no other address than the one that it came from.' },
    { mark: 'info', text: 'Only files of this page are fetched, from the host that serves it: the model, its key, and the digits.' },
    { mark: 'info', text: 'Those digits are public. They are sealed and opened here as private ones would be.' },
  ] as const,
  claim: 'Signed here, and sent by this account itself',
  lend: (seconds: number) => `For ${seconds} seconds it reads sealed digits of the practice network, and proves each answer.`,
};
