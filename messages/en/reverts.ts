/** Words for what the contracts refuse, by the name of their Solidity error. */

const refusals: Readonly<Record<string, string>> = {
  NotOpen: 'This unit is not open: someone else claimed it first, or its task is closing',
  AlreadySettled: 'This unit was paid already',
  LeaseExpired: 'The claim ran out before the proof arrived',
  ProofRejected: 'The contract did not accept the proof',
  WrongInput: 'The proof is about other rows than this unit’s',
  WrongValueCount: 'The answer has the wrong shape',
  InputTooLarge: 'A value in the proof is out of range',
  BadAuth: 'The contract did not accept the signature on the claim',
  BadTerms: 'The market does not take a task with these terms',
  BadKey: 'The registry refuses this circuit’s key: it is malformed, or lets anyone forge',
  DevelopmentKey: 'The registry refuses development keys on this chain',
  UnknownTask: 'The market does not know this task',
  UnknownCircuit: 'The registry does not know this circuit',
  ModuleNotAllowed: 'The market does not allow this task’s judge or gate',
  NotPending: 'This unit waits for no verdict',
  NotEnoughGas: 'The transaction brought too little gas',
  NoReason: 'The contract refused and gave no reason',
};

/**
 * @param error the error's name, or its first four bytes where nobody here knows it
 * @example
 * revertText('WrongInput') // 'The proof is about other rows than this unit’s'
 */
export function revertText(error: string): string {
  return refusals[error] ?? `The contract refused: ${error}`;
}
