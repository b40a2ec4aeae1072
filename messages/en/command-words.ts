/** Words of the `prooftab` command. */
import type { ReceiptCheck } from '../../src/proof/receipt-check/findings.ts';
import { detailText } from './details.ts';

type Failure =
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'not-a-receipt'; readonly detail: string }
  | { readonly kind: 'unreadable'; readonly file: string; readonly detail: string }
  | { readonly kind: 'rpc-without-deployment' }
  | { readonly kind: 'not-a-deployment'; readonly file: string };

type SetupFailure =
  | { readonly kind: 'not-a-relation' }
  | { readonly kind: 'secure-name'; readonly better: string }
  | { readonly kind: 'file'; readonly detail: string };

const help = `prooftab verify <receipt.json | receipt.cbor> [--deployment file] [--rpc URL] [--json]
    Checks a receipt in four parts: mathematics, circuit, data, chain. Needs no network.
    --deployment   a deployment file (a running network serves it as /deployment.json):
                   asks that chain for the settlement, the task and the data set
    --rpc          asks at this endpoint instead of the one that the deployment names
    --json         prints one JSON object

prooftab setup <circuit.r1cs> [circuit.insecure.zkey]
    Makes a DEVELOPMENT KEY: its secrets are public, and anyone can forge proofs for it.
    For tests and demonstrations. A key's name says that it is insecure.

prooftab groth16 prove <circuit.zkey> <witness.wtns> <proof.json> <public.json>
prooftab groth16 fullprove <input.json> <circuit.wasm> <circuit.zkey> <proof.json> <public.json>
    Proves as snarkjs does, with its files and its arguments. A proof is checked before it is written.
    --threads      at most so many threads
    --r1cs         the circuit's relation: names the first constraint that a witness breaks
    --json         prints what the proof was made with as one JSON object

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
  setupArguments: `Name one .r1cs file, and at most one for the key.\n\n${help}`,
  groth16Arguments: `"prooftab groth16" takes "prove" and four files, or "fullprove" and five.\n\n${help}`,
  threadsArgument: '--threads takes a whole number from 1 up.',
  forgeable: 'WARNING: this key never saw a second phase (γ = δ). Anyone can forge proofs for it. Contribute to it before you rely on any.',
  madeKey: ({ file, constraints, seconds }: { readonly file: string; readonly constraints: number; readonly seconds: number }) =>
    `${file}: a DEVELOPMENT KEY for ${constraints} constraints, made in ${seconds.toFixed(1)} s. INSECURE: anyone can forge proofs for it.`,
  setupFailure(failure: SetupFailure): string {
    switch (failure.kind) {
      case 'not-a-relation':
        return 'This is no relation over BN254, or it is cut short. Name an .r1cs file that circom wrote (--prime bn128, which is its default).';
      case 'secure-name':
        return `A development key says in its name that it is insecure. Name it ${failure.better}, for instance.`;
      case 'file':
        return failure.detail;
    }
  },
  proven: (
    file: string,
    { kernel, threads, milliseconds }: { readonly kernel: 'fused' | 'integer'; readonly threads: number; readonly milliseconds: number },
  ) =>
    `${file}: proven and checked in ${(milliseconds / 1000).toFixed(2)} s, on ${threads} ${threads === 1 ? 'thread' : 'threads'}, in ${kernel === 'fused' ? 'doubles' : 'integers'}.`,
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
