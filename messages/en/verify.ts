/** Words of the page that checks a receipt. */
import type { NotAReceipt, PartView } from '../../src/app/receipt-check.ts';
import { demonstrationNames } from './demonstration-names.ts';
import { detailText } from './details.ts';
import { bytesText, secondsText } from './figures.ts';

export const verifyWords = {
  title: 'Check a receipt',
  lede: 'It is checked in this tab and not sent anywhere. The chain is asked only whether it recorded the payment.',
  dropHead: 'Drop a receipt here',
  dropBody: 'A .json or .cbor file that Prooftab saved',
  choose: 'Choose a file',
  reading: (name: string) => `Checking ${name}`,
  another: 'Check another',
  holdsTitle: 'This receipt holds',
  brokenTitle: 'Do not trust this receipt',
  forgeableTitle: 'It adds up, but could be forged',
  holdsLede: (hold: number, of: number, seconds: number) => `${hold} of ${of} parts hold. Checked in ${secondsText(seconds)}.`,
  forgeableLede: 'The mathematics holds, with a development key whose secret is public.',
  brokenLede: 'At least one part contradicts the file. Ask the sender for the original.',
  twoStoriesLede: 'The file tells two stories: what stands beside the receipt differs from the receipt. Ask the sender for the original.',
  refusedTitle: (why: NotAReceipt) => (why.kind === 'not-checked' ? 'The check did not finish' : 'This is not a receipt'),
  refused: (why: NotAReceipt) =>
    why.kind === 'too-large'
      ? `The file is larger than ${bytesText(why.limit)}; a receipt is a few KB.`
      : why.kind === 'no-link'
        ? 'The text holds no link that carries a receipt. Such a link has #/verify/ in it, and many letters after that; perhaps it was cut off.'
        : why.kind === 'not-checked'
          ? `The check broke off, and says nothing about the receipt: ${detailText(why.detail)}. Try again, or reload the page.`
          : `It cannot be read as a receipt: ${detailText(why.detail)}`,
  refusedTodo: 'Choose a .json or .cbor file that was saved as a receipt. The file was not changed and not sent.',
  parts: { mathematics: 'Mathematics', circuit: 'Circuit', data: 'Data', chain: 'Chain', ...demonstrationNames } satisfies Record<
    PartView['part'],
    string
  >,
  sealName: (hold: number, broken: number, unknown: number) =>
    `Seal of this receipt: ${hold} of ${hold + broken + unknown} parts hold${broken ? `, ${broken} broken` : ''}${unknown ? `, ${unknown} undecided` : ''}`,
  count: (hold: number, broken: number, unknown: number) =>
    [broken ? `${broken} broken` : '', `${hold} hold`, unknown ? `${unknown} undecided` : ''].filter(Boolean).join(' · '),
  answers: 'Answers',
  shows: 'Shows',
  notShows: 'Does not show',
  rests: 'Assumes',
  raw: (size: number) => `Raw data, ${bytesText(size)}`,
  developmentKey: 'A development key: whoever reads the source could forge this receipt.',
  says: { before: 'Someone read sealed rows and answered ', after: '.' },
  demonstrationSays: { before: 'A model read one private drawing and answered ', after: '.' },
  pasteLabel: 'Or paste a link that carries a receipt',
  paste: 'Check the link',
  scan: 'Scan a code',
  scanning: 'What the camera sees',
  scanHint: 'Hold the code before the camera, filling the picture. Nothing of it is kept or sent.',
  otherCode: 'This code carries no receipt. Hold another one before the camera.',
  scanStop: 'Stop the camera',
  noCamera: 'There is no camera to look through',
  noCameraTodo: 'Allow it in the browser’s settings for this site, or paste the link instead.',
  codeName: 'The receipt in the code',
  linkName: 'The receipt in the link',
};
