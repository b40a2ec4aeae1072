/** Keeping work on the market: another task is posted where open units run low, and what a closed one did not spend is taken back. */
import type { Ledger, LedgerFailure, PostedTask } from '../consensus/ledger.ts';
import { toHex, type Hex } from '../protocol/bytes.ts';
import type { Address, CircuitId, TaskId } from '../protocol/ids.ts';
import { ok, type Result } from '../protocol/result.ts';
import { sameHex } from '../protocol/same-hex.ts';
import { postTask, type PostFailure } from './post-task.ts';
import type { PublishedDataset } from './publish-dataset.ts';
import { refundTask } from './refund-task.ts';
import { countOpen } from './taken-unit.ts';

/** How much work lies on the market. */
export interface WorkKept {
  /** Units of one task; eight make a Merkle path of three. */
  readonly units: number;
  /** A new task is posted when fewer units than this are free. */
  readonly leastOpen: number;
}

export interface KeepOptions {
  /** Sends as the requester. */
  readonly ledger: Ledger;
  readonly address: Address;
  readonly circuit: CircuitId;
  readonly dataset: PublishedDataset;
  readonly work?: WorkKept;
  /** What everyone reads of these tasks. */
  readonly text: string;
  /** This device's time, seconds since 1970. */
  readonly now?: () => number;
  /** A look at the market came to nothing. The next one tries again. */
  readonly onTrouble: (failure: PostFailure) => void;
}

export interface WorkKeeper {
  /** Looks at the market once: posts where work runs out, refunds what is over. */
  tend(): Promise<Result<void, PostFailure>>;
  /** Posts one more task now, over these shards or the next ones. */
  post(shards?: readonly number[]): Promise<Result<PostedTask, PostFailure>>;
  stop(): Promise<void>;
}

const USUAL_WORK: WorkKept = { units: 8, leastOpen: 8 };
/** 0.04 credits to the volunteer, in base units of 10⁻¹⁸. Here requester and owner are one household: nothing is paid for the data. */
const PRICE = 40_000_000_000_000_000n;
const OWNER_PRICE = 0n;
/** Seconds: long enough for a slow laptop's proof, short enough that a vanished tab does not hold a unit up. */
const LEASE = 300;
const OPEN_FOR = 24 * 60 * 60;
/** Leases and tasks end without an event. */
const LOOK_EVERY_MS = 30_000;

const deviceTime = () => Math.floor(Date.now() / 1000);

/** Fails where the first look does: whoever starts learns at once that nothing was posted. */
export async function keepWork(options: KeepOptions): Promise<Result<WorkKeeper, PostFailure>> {
  const market = new Market(options);
  const first = await market.tend();
  if (!first.ok) return first;
  const look = async (): Promise<void> => {
    const tended = await market.tend();
    if (!tended.ok) options.onTrouble(tended.failure);
  };
  const unwatch = await options.ledger.watch((event) => {
    if (event.event === 'claimed' || event.event === 'settled') void look();
  });
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  return ok({
    tend: () => market.tend(),
    post: (shards) => market.post(shards),
    stop: async () => {
      clearInterval(timer);
      unwatch();
      await market.rest();
    },
  });
}

class Market {
  readonly #options: KeepOptions;
  /** Tasks that are over and paid back, or spent. */
  readonly #finished = new Set<TaskId>();
  #turn: Promise<unknown> = Promise.resolve();
  #resting = false;

  constructor(options: KeepOptions) {
    this.#options = options;
  }

  tend(): Promise<Result<void, PostFailure>> {
    return this.#inTurn(() => this.#tendNow());
  }

  post(shards?: readonly number[]): Promise<Result<PostedTask, PostFailure>> {
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

  async #tendNow(): Promise<Result<void, PostFailure>> {
    if (this.#resting) return ok(undefined);
    const { work = USUAL_WORK } = this.#options;
    const [time, tasks] = [await this.#time(), await this.#mine()];
    if (!time.ok) return time;
    if (!tasks.ok) return tasks;
    let open = 0;
    for (const task of tasks.value) {
      if (task.terms.closes < time.value) await this.#refund(task);
      else if (task.terms.closes >= time.value + task.terms.lease) {
        const free = await this.#openUnits(task, time.value);
        if (!free.ok) return free;
        open += free.value;
      }
    }
    if (open >= work.leastOpen) return ok(undefined);
    const posted = await this.#postNow();
    return posted.ok ? ok(undefined) : posted;
  }

  /** The chain's or this device's, whichever is later: a chain without new blocks does not see time pass. */
  async #time(): Promise<Result<number, LedgerFailure>> {
    const { ledger, now = deviceTime } = this.#options;
    const clock = await ledger.read({ read: 'clock' });
    return clock.ok ? ok(Math.max(now(), clock.value.time)) : clock;
  }

  async #mine(): Promise<Result<readonly PostedTask[], LedgerFailure>> {
    const { ledger, address } = this.#options;
    const tasks = await ledger.read({ read: 'tasks' });
    if (!tasks.ok) return tasks;
    return ok(tasks.value.filter(({ id, terms }) => sameHex(terms.requester, address) && !this.#finished.has(id)));
  }

  async #openUnits({ id, terms }: PostedTask, time: number): Promise<Result<number, LedgerFailure>> {
    const taken = await this.#options.ledger.read({ read: 'units', task: id });
    if (!taken.ok) return taken;
    if ([...taken.value.values()].filter(({ status }) => status === 'settled').length === terms.units) this.#finished.add(id);
    return ok(countOpen(terms.units, taken.value, time));
  }

  async #refund(task: PostedTask): Promise<void> {
    const refunded = await refundTask(this.#options.ledger, task);
    // A pending unit or a chain that lags behind this device: asked again at the next look. Anything else will not change.
    const again = !refunded.ok && ['pending', 'not-closed', 'chain-down'].includes(refunded.failure.kind);
    if (!again) this.#finished.add(task.id);
  }

  async #postNow(shards?: readonly number[]): Promise<Result<PostedTask, PostFailure>> {
    const { ledger, address, circuit, dataset, text } = this.#options;
    const time = await this.#time();
    if (!time.ok) return time;
    const chosen = shards ? ok(shards) : await this.#nextShards();
    if (!chosen.ok) return chosen;
    const nonce: Hex = toHex(crypto.getRandomValues(new Uint8Array(16)));
    return postTask(ledger, {
      requester: address,
      circuit,
      dataset,
      shards: chosen.value,
      grade: 2,
      text,
      nonce,
      price: PRICE,
      ownerPrice: OWNER_PRICE,
      closes: time.value + OPEN_FOR,
      lease: LEASE,
    });
  }

  /** Task after task goes through the whole dataset, and then begins again. */
  async #nextShards(): Promise<Result<readonly number[], LedgerFailure>> {
    const { ledger, dataset, work = USUAL_WORK } = this.#options;
    const tasks = await ledger.read({ read: 'tasks' });
    if (!tasks.ok) return tasks;
    const before = tasks.value.reduce((units, { terms }) => units + terms.units, 0);
    return ok(Array.from({ length: work.units }, (_, unit) => (before + unit) % dataset.list.shards.length));
  }
}
