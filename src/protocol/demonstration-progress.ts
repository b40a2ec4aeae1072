/** What a demonstration tells whoever watches it being made: five steps, each of which leaves a check behind. */
export const DEMONSTRATION_STEPS = ['drawing', 'model', 'answer', 'proof', 'check'] as const;
export type DemonstrationStep = (typeof DEMONSTRATION_STEPS)[number];

export interface DemonstrationProgress {
  readonly step: DemonstrationStep;
  /** 0 to 1, measured. */
  readonly part: number;
}
