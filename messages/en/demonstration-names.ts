/** What the five checks of a demonstration are called. */
export type DemonstrationCheck = 'drawing' | 'model' | 'answer' | 'proof' | 'made-for';

export const demonstrationNames: Readonly<Record<DemonstrationCheck, string>> = {
  drawing: 'Drawing',
  model: 'Model',
  answer: 'Answer',
  proof: 'Proof',
  'made-for': 'Made for',
};
