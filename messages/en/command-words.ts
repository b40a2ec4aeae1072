/** Words of the `prooftab` command. */
import type { ReceiptCheck } from '../../src/proof/receipt-check/findings.ts';
import { detailText } from './details.ts';

type Failure =
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'not-a-receipt'; readonly detail: string }
  | { readonly kind: 'unreadable'; readonly file: string; readonly detail: string }
  | { readonly kind: 'rpc-without-deployment' }
  | { readonly kind: 'not-a-deployment'; readonly file: string };

const help = `prooftab verify <receipt.json | receipt.cbor> [--deployment file] [--rpc URL] [--json]
    Checks a receipt in four parts: mathematics, circuit, data, chain. Needs no network.
    --deployment   a deployment file (a running network serves it as /deployment.json):
                   asks that chain for the settlement, the task and the data set
    --rpc          asks at this endpoint instead of the one that the deployment names
    --json         prints one JSON object

prooftab help
    Prints this.

Exit code: 0 when nothing is broken, 1 when something is, 2 when the input cannot be used.
A receipt made with a DEVELOPMENT KEY is INSECURE: it may hold, and anyone could have forged it.`;

function notAReceipt(detail: string): string {
  const todo =
    detail === 'not-canonical'
      ? 'The same content has one byte string only, so that it has one id: ask whoever sent it for the file as it was saved.'
      : 'Name a .json or .cbor file that was saved as a receipt.';
  return `The file is not a receipt: ${detailText(detail)}. ${todo}`;
}

export const commandWords = {
  help,
  receipt: 'Receipt',
  shows: 'Shows',
  doesNotShow: 'Does not show',
  assumes: 'Assumes',
  oneFile: `Name one receipt file.\n\n${help}`,
  unknownCommand: (command: string) => `There is no command "${command}".\n\n${help}`,
  verdict({ holds, circuit }: ReceiptCheck): string {
    const insecure = circuit.insecure ? ' INSECURE: made with a development key, anyone could forge it.' : '';
    return `${holds ? 'holds.' : 'BROKEN.'}${insecure}`;
  },
  failure(failure: Failure): string {
    switch (failure.kind) {
      case 'too-large':
        return `The file is larger than a receipt can be (${failure.limit} bytes).`;
      case 'not-a-receipt':
        return notAReceipt(failure.detail);
      case 'unreadable':
        return `Cannot read ${failure.file}: ${failure.detail}`;
      case 'rpc-without-deployment':
        return '--rpc needs --deployment too: the addresses of the contracts are in the deployment file.';
      case 'not-a-deployment':
        return `${failure.file} is not a deployment file: it must hold chainId, rpcUrl, token, registry, market and fromBlock.`;
    }
  },
};
