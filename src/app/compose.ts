/** Names implementations on the main thread, as the other `compose-….ts` do for what is loaded at other times: from the deployment file to doors, and from doors to what pages ask. */
import { createEvmLedger } from '../consensus/evm/evm-ledger.ts';
import type { Sender } from '../consensus/evm/sender.ts';
import { createSponsoredSender } from '../consensus/evm/sponsored-sender.ts';
import type { Ledger } from '../consensus/ledger.ts';
import { openAccount } from '../identity/account.ts';
import type { Signer } from '../identity/signer.ts';
import { readJournals } from '../job/journal.ts';
import { listReceipts } from '../job/receipts.ts';
import { runJob } from '../job/run-job.ts';
import { systemTimer } from '../job/waiting.ts';
import { serveContent } from '../marketplace/serve-dataset.ts';
import { checkReceiptFile } from '../proof/check-receipt.ts';
import type { Deployment } from '../protocol/deployment.ts';
import { encodeReceipt, receiptId } from '../protocol/receipt.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { Database } from '../storage/database.ts';
import { IndexedDbRecordStore } from '../storage/indexed-db-record-store.ts';
import { IndexedDbShardStore } from '../storage/indexed-db-shard-store.ts';
import type { RecordStore } from '../storage/record-store.ts';
import type { ShardStore } from '../storage/shard-store.ts';
import { checkedFile, receiptText } from './checked-file.ts';
import { loadDeployment } from './deployment.ts';
import type { Ground } from './ground.ts';
import { keptReceipt, paymentSeen } from './kept-receipt.ts';
import { Membership } from './membership.ts';
import { readOutlook } from './outlook.ts';
import { openThreads } from './threads.ts';
import type { KeptReceipt, ReceiptDesk, StartFailure, Worksite } from './worksite.ts';

const CONTRIBUTING = 'contributing';
const PAYMENTS = 'payments/';

/** A build for static hosts brings its own network; in any other, bundlers leave that out. */
const isPractice = import.meta.env.MODE === 'demo';

export async function openWorksite(): Promise<Result<Worksite, StartFailure>> {
  if (isPractice) return ok(await worksite(await practice()));
  const loaded = await deployment();
  if (!loaded.ok) return loaded;
  const database = new Database();
  const records = new IndexedDbRecordStore(database);
  const shards = new IndexedDbShardStore(database, () => navigator.storage.estimate());
  try {
    const account = await openAccount(records);
    return account.ok ? ok(await worksite(groundOn(loaded.value, account.value, records, shards))) : account;
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
    const kind = thrown.name === 'QuotaExceededError' ? 'storage-full' : 'storage-unavailable';
    return fail({ kind, detail: `${thrown.name}: ${thrown.message}` });
  }
}

async function practice(): Promise<Ground> {
  return (await import('./compose-practice.ts')).openPractice();
}

function groundOn(network: Deployment, signer: Signer, records: RecordStore, shards: ShardStore): Ground {
  const ledger = ledgerOf(network);
  return {
    chainId: network.chainId,
    signer,
    records,
    shards,
    ledger: async () => ok(ledger),
    ledgerSoFar: async () => ledger,
    join: () => join(network, records, shards),
  };
}

async function worksite(ground: Ground): Promise<Worksite> {
  const { signer, shards, records } = ground;
  const address = await signer.address();
  const threads = openThreads();
  const membership = new Membership(() => ground.join());
  return {
    address,
    chainId: ground.chainId,
    async run(options) {
      const ledger = await ground.ledger();
      if (!ledger.ok) return ledger;
      const joined = await membership.network();
      const doors = {
        ledger: ledger.value,
        signer,
        network: joined,
        shards,
        records,
        executor: threads.executor,
        prover: threads.prover,
        locks: navigator.locks,
        timer: systemTimer,
      };
      return runJob(doors, options);
    },
    halt() {
      threads.stop();
      membership.leave();
    },
    hasUnfinished: async () => (await readJournals(records)).some(({ progress }) => !progress.abandoned && !progress.settled),
    wasContributing: async () => (await records.get(CONTRIBUTING)) === true,
    rememberContributing: (contributing) => remember(records, CONTRIBUTING, contributing),
    keepReceipt: ({ id, amount, seconds }) => remember(records, `${PAYMENTS}${id}`, { amount, seconds }),
    outlook: async () => {
      const ledger = await ground.ledgerSoFar();
      return ledger && readOutlook(ledger, address);
    },
    watchTraffic: (listener) => membership.watch(listener),
  };
}

/** For what makes coming back more pleasant and is no part of the work: a full disk forgets it, and stops nothing. */
async function remember(records: RecordStore, key: string, value: unknown): Promise<void> {
  try {
    await records.put(key, value);
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
  }
}

/** A tab holds no coins: without a sponsor it can read and check, and not claim. */
const noSponsor: Sender = { send: async () => fail({ kind: 'sponsor-refused', detail: 'no-sponsor' }) };

function ledgerOf(network: Deployment): Ledger {
  return createEvmLedger(network, network.sponsorUrl === null ? noSponsor : createSponsoredSender(network, network.sponsorUrl));
}

/** The peer-to-peer stack is the largest part of the page: it is loaded when work begins. */
async function join(network: Deployment, records: RecordStore, shards: ShardStore) {
  const [{ joinAsTab }, { withMirror }] = await Promise.all([import('../network/libp2p/tab-network.ts'), import('../network/http-mirror.ts')]);
  const joined = await joinAsTab({ deployment: network, served: { blob: serveContent(shards) }, records });
  await joined.announce(await shards.shards());
  return withMirror(joined, network.mirrors);
}

let known: Promise<Awaited<ReturnType<typeof loadDeployment>>> | null = null;

/** One reading for the whole page; a failed one is tried again by the next who asks. */
async function deployment(): ReturnType<typeof loadDeployment> {
  known ??= loadDeployment();
  const loaded = await known;
  if (!loaded.ok) known = null;
  return loaded;
}

async function deployedLedger(): Promise<Ledger | null> {
  const network = await deployment();
  return network.ok ? ledgerOf(network.value) : null;
}

async function storedReceipts(records: RecordStore): Promise<readonly KeptReceipt[]> {
  const receipts = await listReceipts(records);
  return Promise.all(
    receipts.map(async (receipt) => keptReceipt(receiptId(receipt), receipt, paymentSeen(await records.get(`${PAYMENTS}${receiptId(receipt)}`)))),
  );
}

/** Needs no account and no network; for a check the chain is asked where one is known. */
export async function openReceiptDesk(): Promise<ReceiptDesk> {
  const ground = isPractice ? await practice() : null;
  const records = ground?.records ?? new IndexedDbRecordStore(new Database());
  const knownLedger = ground ? () => ground.ledgerSoFar() : deployedLedger;
  return {
    receipts: () =>
      storedReceipts(records).catch((thrown: unknown) => {
        if (thrown instanceof DOMException) return [];
        throw thrown;
      }),
    file: (receipt, form) => {
      const name = `prooftab-${receiptId(receipt).slice(2, 10)}`;
      return form === 'cbor'
        ? { name: `${name}.cbor`, type: 'application/cbor', bytes: encodeReceipt(receipt) }
        : { name: `${name}.json`, type: 'application/json', bytes: new TextEncoder().encode(receiptText(receipt)) };
    },
    async check(name, bytes) {
      const ledger = await knownLedger();
      const { meansToCheck } = await import('./compose-check.ts');
      const checked = await checkReceiptFile(bytes, { ...meansToCheck, ...(ledger && { ledger }) });
      return checked.ok ? ok(checkedFile(name, bytes.length, checked.value)) : checked;
    },
  };
}
