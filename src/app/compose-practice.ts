/**
 * The second place that names implementations: the practice network, a whole network inside this tab, for a build that any
 * static host can serve. Contracts, roles, seals and proofs are the ordinary ones; chain, peers and stores are in memory.
 */
import { kit } from 'virtual:demonstration-kit';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { LocalAccount } from 'viem';
import { practiceWords } from '../../messages/en/practice.ts';
import type { EvmNetwork } from '../consensus/evm/chain-client.ts';
import { deployContracts } from '../consensus/evm/deploy-contracts.ts';
import { createEvmLedger } from '../consensus/evm/evm-ledger.ts';
import { createWalletSender } from '../consensus/evm/wallet-sender.ts';
import type { Ledger } from '../consensus/ledger.ts';
import { createWalletSigner } from '../identity/wallet-signer.ts';
import { keepWork } from '../marketplace/keep-work.ts';
import { publishCircuit } from '../marketplace/publish-circuit.ts';
import { publishDataset } from '../marketplace/publish-dataset.ts';
import { serveContent, serveDataset } from '../marketplace/serve-dataset.ts';
import { withMirror } from '../network/http-mirror.ts';
import { MemoryNeighbourhood } from '../network/memory-network.ts';
import type { PeerNetwork } from '../network/peer-network.ts';
import { fromHex } from '../protocol/bytes.ts';
import { circuitId } from '../protocol/circuit.ts';
import type { JobFailure } from '../protocol/job-report.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { MemoryRecordStore } from '../storage/memory-record-store.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { fetchKitFile } from './demonstration-kit.ts';
import type { Ground } from './ground.ts';

/** The only chain whose registry takes development keys. */
const DEVELOPMENT_CHAIN = 31337;
/** Enough that nobody waits for the next task, few enough to be posted at once. */
const WORK = { units: 16, leastOpen: 8 };
/** Nothing is ever taken back from a chain that only this tab writes. */
const NO_DEPTH = 0;

interface PracticeNetwork {
  /** Sends as the volunteer. */
  readonly ledger: Ledger;
  readonly neighbourhood: MemoryNeighbourhood;
}

let opened: Promise<Ground> | null = null;

/** One for the page. The chain begins with the first unit, since it takes the page's own time. */
export function openPractice(): Promise<Ground> {
  return (opened ??= open());
}

async function open(): Promise<Ground> {
  const secret = generatePrivateKey();
  const shards = new MemoryShardStore();
  let starting: Promise<Result<PracticeNetwork, JobFailure>> | null = null;
  const network = async (): Promise<Result<PracticeNetwork, JobFailure>> => {
    starting ??= startNetwork(privateKeyToAccount(secret));
    const started = await starting;
    if (!started.ok) starting = null;
    return started;
  };
  return {
    chainId: DEVELOPMENT_CHAIN,
    signer: await createWalletSigner(secret),
    records: new MemoryRecordStore(),
    shards,
    ledger: async () => {
      const started = await network();
      return started.ok ? ok(started.value.ledger) : started;
    },
    ledgerSoFar: async () => {
      const started = await starting;
      return started?.ok ? started.value.ledger : null;
    },
    join: async () => {
      const started = await network();
      if (!started.ok) throw new Error(started.failure.kind);
      return join(started.value, shards);
    },
  };
}

/** The volunteer, with the custodian for a peer and the host of this page for a mirror of the public files. */
async function join({ neighbourhood }: PracticeNetwork, shards: MemoryShardStore): Promise<PeerNetwork> {
  const joined = neighbourhood.join('volunteer', { blob: serveContent(shards) });
  await joined.announce(await shards.shards());
  return withMirror(joined, [new URL('assets', document.baseURI).href], fetchFromKit);
}

/** A mirror's files are named by hash alone; the kit's have an ending that says what they are. The rest is left to peers. */
async function fetchFromKit(...[asked, options]: Parameters<typeof fetch>): Promise<Response> {
  const { url } = new Request(asked);
  const file = [kit.onnx, kit.provingKey].find(({ id }) => url.endsWith(id.slice(2)));
  return file ? fetch(fromPage(file.path), options) : new Response(null, { status: 404 });
}

const fromPage = (path: string): URL => new URL(path, document.baseURI);

/** Chain and contracts, then a custodian with its sealed digits, then a requester with work on them. Each result is the next one's argument. */
async function startNetwork(volunteer: LocalAccount): Promise<Result<PracticeNetwork, JobFailure>> {
  const [{ createTabChain }, { contracts, artefacts, digits }] = await Promise.all([
    import('../consensus/in-tab/tab-chain.ts'),
    import('virtual:practice-kit'),
  ]);
  const rows = await fetchKitFile(digits.file, (path) => fetch(fromPage(path)));
  if (!rows.ok) return fail({ kind: 'runtime', detail: 'practice-digits-missing' });

  const [requester, owner] = [newAccount(), newAccount()];
  const provider = await createTabChain(() => Date.now() / 1000);
  const deployed = await deployContracts({ provider }, contracts, requester);
  if (!deployed.ok) return deployed;
  const network: EvmNetwork = { provider, ...deployed.value };
  const ledgerOf = (account: LocalAccount): Ledger => createEvmLedger(network, createWalletSender(network, account));

  const shards = new MemoryShardStore();
  const secrets = { ownerSecret: randomBytes(), salt: randomBytes() };
  const source = { ...digits.cut, rows: rows.value, ...secrets, owner: owner.address };
  const dataset = await publishDataset({ ledger: ledgerOf(owner), shards }, source);
  if (!dataset.ok) return notStarted(dataset.failure);
  const circuit = circuitId(kit.circuit);
  const custody = { ownerSecret: secrets.ownerSecret, circuits: [circuit], ownerPrice: 0n };
  const neighbourhood = new MemoryNeighbourhood();
  neighbourhood.join('custodian', serveDataset({ ledger: ledgerOf(owner), shards, dataset: dataset.value.id, custody, depth: NO_DEPTH }));

  const asking = { ledger: ledgerOf(requester), address: requester.address };
  const files = { circuit: kit.circuit, key: fromHex(kit.verificationKey), model: kit.model, artefacts };
  const published = await publishCircuit(asking.ledger, asking.address, files);
  if (!published.ok) return published;
  const kept = await keepWork({
    ...asking,
    circuit,
    dataset: dataset.value,
    work: WORK,
    text: practiceWords.task,
    // The next look tries again, and a tab that runs out of units meanwhile says that it waits for work.
    onTrouble: () => undefined,
  });
  return kept.ok ? ok({ ledger: ledgerOf(volunteer), neighbourhood }) : notStarted(kept.failure);
}

const notStarted = ({ kind }: { readonly kind: string }): Result<never, JobFailure> => fail({ kind: 'runtime', detail: kind });

const newAccount = (): LocalAccount => privateKeyToAccount(generatePrivateKey());

const randomBytes = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32));
