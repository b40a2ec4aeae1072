/** Words of the first minute: draw, prove, tamper, share, lend. */
import type { Change, TryFailure } from '../../src/app/demonstration-desk.ts';
import type { DemonstrationStep } from '../../src/protocol/demonstration-progress.ts';
import { detailText } from './details.ts';
import { bytesText, plural, secondsText, shortId } from './figures.ts';

const tenth = (share: number) => `${(Math.floor(share * 1000) / 10).toFixed(1)}%`;
const STEPS: Readonly<Record<DemonstrationStep, string>> = { drawing: 'Drawing', model: 'Model', answer: 'Answer', proof: 'Proof', check: 'Check' };

export const tryWords = {
  trail: { label: 'Steps', names: ['Draw', 'Prove', 'Tamper', 'Share', 'Lend'] },
  drawTitle: 'Draw a digit. It stays here.',
  drawLede: 'A small model answers in this tab.',
  drawLedeMore: 'Then prove the answer without showing the drawing.',
  stoppedLede: 'Stopped. Nothing was proven, nothing was sent, and your drawing is still here.',
  provingTitle: 'Closing the seal',
  provingLede:
    'Each step of the proof closes one blade over your drawing. When all five are shut, the answer can be checked and the drawing cannot be seen.',
  sealedTitle: (answer: number) => `Sealed. The answer is ${answer}.`,
  sealedLede: 'Anyone can check this receipt. Nobody can get the drawing from it.',
  brokenTitle: 'The seal broke',
  brokenLede: 'One thing was changed after the proof was made. The check that covers it fails; nothing after it is trusted.',
  pad: (answer: number | null) => (answer === null ? 'Drawing, empty' : `Drawing, which the model reads as ${answer}`),
  padHint: 'Draw inside the ring',
  clear: 'Clear',
  another: 'Another sample',
  answer: 'Answer',
  none: 'None yet',
  noneTodo: 'Draw a digit, or take a sample.',
  sure: (share: number) => `${tenth(share)} sure`,
  took: (milliseconds: number) => `in ${Math.max(1, Math.round(milliseconds))} ms, in this tab`,
  bars: (answer: number, share: number) => `How sure the model is: ${tenth(share)} of ${answer}, the rest spread over the other digits`,
  prove: 'Prove it',
  cost: (bytes: number | null) => (bytes === null ? '' : `About a second. Needs a key of ${bytesText(bytes)}, fetched once.`),
  privateBytes: 'private bytes sent',
  pixels: 'What the model sees, 28 × 28. Counted by this tab since it opened.',
  pixelsName: 'Your drawing at 28 by 28 pixels',
  secret: 'pixels kept secret',
  stop: 'Stop',
  proving: (answer: number | null) => (answer === null ? 'Proving the answer' : `Proving that the answer is ${answer}`),
  steps: STEPS,
  stepDetails: {
    drawing: 'Locked to a fingerprint, with a secret salt',
    model: 'Model and key match their fingerprints',
    answer: 'Computed again in whole numbers',
    proof: 'Made in this tab’s own threads',
    check: 'Tested before you see it',
  } satisfies Record<DemonstrationStep, string>,
  stepSpoken: (step: DemonstrationStep) => `${STEPS[step]}: at work`,
  sealName: (shut: number, broken: boolean) => (broken ? 'The seal is broken' : `${plural(shut, 'blade', 'blades')} of five shut`),
  proved: (seconds: number) => `Proved in ${secondsText(seconds)}`,
  checked: (seconds: number) => `and checked in ${Math.max(1, Math.round(seconds * 1000))} ms`,
  failedCheck: (check: string) => `${check} check failed`,
  again: 'Draw again',
  putBack: 'Put it back',
  receipt: 'Receipt',
  says: { before: 'A model read one private drawing and answered ', after: '.' },
  notShows: 'Does not show',
  notShowsRest: 'who drew it, what it looks like, or that the answer is right.',
  brokenFoot: 'Nothing this receipt says can be relied on.',
  developmentKey: 'Development keys. Whoever reads the source could forge this.',
  fakeTitle: 'Try to fake it',
  fake: 'Change one thing and check the receipt again.',
  fakeLabel: 'What to change',
  changes: { pixel: 'A pixel', answer: 'Answer', proof: 'Proof' } satisfies Record<Change, string>,
  faked: {
    pixel: 'You wiped out one pixel and locked the drawing again. That is another fingerprint than the one that was sealed.',
    answer: 'You changed the answer. The proof was made for another one.',
    proof: 'You changed one bit of the proof. Its equation does not hold any more.',
  } satisfies Record<Change, string>,
  shareTitle: 'Take it along',
  share: 'Another phone checks it offline, in its own browser. The receipt is in the link itself, after the #, which no server is sent.',
  shareBroken: 'Put it back first. A broken receipt cannot be shared.',
  copy: 'Copy link',
  copied: 'Copied',
  openLink: 'Open it here',
  code: (bytes: number) => `QR code with the receipt’s link, ${bytesText(bytes)}`,
  codeTooLarge: 'The link is too long for one code here. Copy it instead.',
  lendTitle: 'Lend this tab',
  lend: (seconds: number) => `For ${seconds} seconds it reads sealed digits for somebody else, and is paid for each proof.`,
  lendAction: (seconds: number) => `Lend for ${seconds} s`,
  lending: 'At work now. It ends by itself, after the unit that it is at.',
  lent: (units: number) => (units === 0 ? 'Nothing was paid this time. Contribute shows why.' : `Paid for ${plural(units, 'unit', 'units')}.`),
  lendLook: 'Watch it work',
  failures: {
    altered: (expected: string, came: string) => ({
      title: 'A file was refused',
      lines: [
        `It arrived altered: its fingerprint is ${shortId(came)}, and this app was built with ${shortId(expected)}. Nothing was run.`,
        'Try again. If it stays, whoever serves this page serves another file: do not use it.',
      ],
    }),
    unreachable: {
      title: 'A file did not arrive',
      lines: ['The model or its key could not be fetched. Your drawing is still here.', 'Go online once and try again; after that it works offline.'],
    },
    other: (detail: string) => ({ title: 'The proof was not made', lines: [detail, 'Your drawing is still here. Try again, or reload the page.'] }),
  },
  tryAgain: 'Try again',
};

/** What went wrong on the Try page, what was kept, and what to do. */
export function tryFailureWords(failure: TryFailure): { readonly title: string; readonly lines: readonly string[] } {
  const { failures } = tryWords;
  if (failure.kind === 'kit-altered') return failures.altered(failure.expected, failure.came);
  if (failure.kind === 'kit-unreachable') return failures.unreachable;
  return failures.other('detail' in failure ? detailText(failure.detail) : `Reason: ${failure.kind}.`);
}
