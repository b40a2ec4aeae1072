/** The requester: registers its circuit, publishes what the circuit needs, keeps work on the market, and takes back what a closed task did not spend. */
import { startFaults, terminalWords } from '../messages/en/terminal.ts';
import type { Ledger, LedgerFailure, PostedTask } from '../src/consensus/ledger.ts';
import { postTask } from '../src/marketplace/post-task.ts';
import type { PublishedDataset } from '../src/marketplace/publish-dataset.ts';
import { publishedHeads } from '../src/marketplace/published-heads.ts';
import { countOpen } from '../src/marketplace/taken-unit.ts';
import { refundTask } from '../src/marketplace/refund-task.ts';
import { toHex, type Hex } from '../src/protocol/bytes.ts';
import { circuitId, type CircuitParts } from '../src/protocol/circuit.ts';
import { encodeHead, headId, type Artefacts, type Head, type ModelHead } from '../src/protocol/heads.ts';
import type { Address, TaskId } from '../src/protocol/ids.ts';
import type { Result } from '../src/protocol/result.ts';

/** How much work lies on the market. */
export interface Work {
  /** Units of one task; eight make a Merkle path of three. */
  readonly units: number;
  /** A new task is posted when fewer units than this are free. */
  readonly leastOpen: number;
}

export interface RequesterOptions {
  /** Sends as the requester. */
  readonly ledger: Ledger;
  readonly address: Address;
  readonly circuit: CircuitParts;
  /** 704 bytes. */
  readonly key: Uint8Array<ArrayBuffer>;
  readonly model: ModelHead;
  readonly artefacts: Artefacts;
  readonly dataset: PublishedDataset;
  readonly work?: Work;
  /** This device's time, seconds since 1970. */
  readonly now?: () => number;
  readonly tell: (line: string) => void;
}

export interface Requester {
  /** Looks at the market once: posts where work runs out, refunds what is over. */
  tend(): Promise<void>;
  /** Posts one more task now, over these shards or the next ones. */
  posts(shards?: readonly number[]): Promise<PostedTask>;
  stop(): Promise<void>;
}

const USUAL_WORK: Work = { units: 8, leastOpen: 8 };
/** 0.04 credits to the volunteer, in base units of 10⁻¹⁸. Here requester and owner are one household: nothing is paid for the data. */
const PRICE = 40_000_000_000_000_000n;
const OWNER_PRICE = 0n;
/** Seconds: long enough for a slow laptop's proof, short enough that a vanished tab does not hold a unit up. */
const LEASE = 300;
const OPEN_FOR = 24 * 60 * 60;
const TEXT = 'Read handwritten digits';
/** Leases and tasks end without an event. */
const LOOK_EVERY_MS = 30_000;

const deviceTime = () => Math.floor(Date.now() / 1000);

export async function startRequester(options: RequesterOptions): Promise<Requester> {
  await publishCircuit(options);
  const market = new Market(options);
  await market.tend();
  const look = () => {
    market.tend().catch((error: unknown) => options.tell(terminalWords.requester(error instanceof Error ? error.message : String(error))));
  };
  const unwatch = await options.ledger.watch((event) => {
    if (event.event === 'claimed' || event.event === 'settled') look();
  });
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    tend: () => market.tend(),
    posts: (shards) => market.post(shards),
    stop: async () => {
      clearInterval(timer);
      unwatch();
      await market.rest();
    },
  };
}

/** What is on the chain already is left alone, so that a second start costs nothing. */
async function publishCircuit({ ledger, address, circuit, key, model, artefacts }: RequesterOptions): Promise<void> {
  const known = valueOf(await ledger.read({ read: 'circuit', circuit: circuitId(circuit) }));
  if (known === null) {
    const registered = await ledger.send({ send: 'register', parts: circuit, key: toHex(key) });
    if (!registered.ok && registered.failure.kind === 'reverted' && registered.failure.error === 'DevelopmentKey')
      throw new Error(startFaults.developmentKeyRefused);
    valueOf(registered);
  }
  for (const head of [model, artefacts]) {
    const published = valueOf(await publishedHeads(ledger, head.t));
    const mine = published.some(({ id, publisher }) => id === headId(head) && publisher.toLowerCase() === address.toLowerCase());
    if (!mine) await publish(ledger, head);
  }
}

async function publish(ledger: Ledger, head: Head): Promise<void> {
  valueOf(await ledger.send({ send: 'publish', kind: head.t, head: toHex(encodeHead(head)) }));
}

class Market {
  readonly #options: RequesterOptions;
  /** Tasks that are over and paid back, or spent. */
  readonly #finished = new Set<TaskId>();
  #turn: Promise<unknown> = Promise.resolve();
  #resting = false;

  constructor(options: RequesterOptions) {
    this.#options = options;
  }

  tend(): Promise<void> {
    return this.#inTurn(() => this.#tendNow());
  }

  post(shards?: readonly number[]): Promise<PostedTask> {
    return this.#inTurn(() => this.#postNow(shards));
  }

  async rest(): Promise<void> {
    this.#resting = true;
    await this.#turn;
  }

  /** One at a time: two looks at once would both find too little work and both post. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #tendNow(): Promise<void> {
    if (this.#resting) return;
    const { ledger, work = USUAL_WORK, now = deviceTime } = this.#options;
    const time = Math.max(now(), valueOf(await ledger.read({ read: 'clock' })).time);
    let open = 0;
    for (const task of await this.#mine()) {
      if (task.terms.closes < time) await this.#refund(task);
      else if (task.terms.closes >= time + task.terms.lease) open += await this.#openUnits(task, time);
    }
    if (open < work.leastOpen) await this.#postNow();
  }

  async #mine(): Promise<readonly PostedTask[]> {
    const { ledger, address } = this.#options;
    const tasks = valueOf(await ledger.read({ read: 'tasks' }));
    return tasks.filter(({ id, terms }) => terms.requester.toLowerCase() === address.toLowerCase() && !this.#finished.has(id));
  }

  async #openUnits({ id, terms }: PostedTask, time: number): Promise<number> {
    const taken = valueOf(await this.#options.ledger.read({ read: 'units', task: id }));
    if ([...taken.values()].filter(({ status }) => status === 'settled').length === terms.units) this.#finished.add(id);
    return countOpen(terms.units, taken, time);
  }

  async #refund(task: PostedTask): Promise<void> {
    const refunded = await refundTask(this.#options.ledger, task);
    // A pending unit or a chain that lags behind this device: asked again at the next look. Anything else will not change.
    const again = !refunded.ok && ['pending', 'not-closed', 'chain-down'].includes(refunded.failure.kind);
    if (!again) this.#finished.add(task.id);
  }

  async #postNow(shards?: readonly number[]): Promise<PostedTask> {
    const { ledger, address, circuit, dataset, now = deviceTime } = this.#options;
    const time = Math.max(now(), valueOf(await ledger.read({ read: 'clock' })).time);
    const nonce: Hex = toHex(crypto.getRandomValues(new Uint8Array(16)));
    const posted = await postTask(ledger, {
      requester: address,
      circuit: circuitId(circuit),
      dataset,
      shards: shards ?? (await this.#nextShards()),
      grade: 2,
      text: TEXT,
      nonce,
      price: PRICE,
      ownerPrice: OWNER_PRICE,
      closes: time + OPEN_FOR,
      lease: LEASE,
    });
    return valueOf(posted);
  }

  /** Task after task goes through the whole dataset, and then begins again. */
  async #nextShards(): Promise<readonly number[]> {
    const { ledger, dataset, work = USUAL_WORK } = this.#options;
    const before = valueOf(await ledger.read({ read: 'tasks' })).reduce((units, { terms }) => units + terms.units, 0);
    return Array.from({ length: work.units }, (_, unit) => (before + unit) % dataset.list.shards.length);
  }
}

function valueOf<Value, Failure extends LedgerFailure | { readonly kind: string }>(result: Result<Value, Failure>): Value {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.failure));
}
