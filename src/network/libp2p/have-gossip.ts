/** Announcements of who holds which sealed shards: judged before they are forwarded, remembered until they expire, repeated for newcomers. */
import { TopicValidatorResult } from '@libp2p/gossipsub';
import type { GossipSub, Message } from '@libp2p/gossipsub';
import type { ShardId } from '../../protocol/ids.ts';
import type { DenyList } from '../deny-list.ts';
import type { Peer } from '../peer-network.ts';
import { RateLimit } from '../rate-limit.ts';
import type { Traffic } from '../traffic.ts';
import { MAX_GOSSIP, MAX_HAVE_IDS, decodeHave, encodeHave } from '../wire.ts';
import type { Have } from '../wire.ts';

/** `reject` also lowers the score of whoever passed the message on; `ignore` only drops it. */
export type HaveVerdict = { readonly verdict: 'accept'; readonly have: Have } | { readonly verdict: 'reject' | 'ignore' };

/** Seconds by which an announcement's time may differ from ours, either way. */
const MAX_CLOCK_SKEW = 120;
/** Messages that one author may send in a minute. */
const PER_MINUTE = 10;
/** Malformed messages by one author, who signed them, before it is denied for good. */
const STRIKES = 3;

/** Judges announcements for one topic; a relay needs only this. */
export class HaveJudge {
  readonly #denied: DenyList;
  readonly #now: () => number;
  readonly #rate: RateLimit;
  readonly #strikes: RateLimit;

  /** `now` in milliseconds since 1970. */
  constructor(denied: DenyList, now: () => number = Date.now) {
    this.#denied = denied;
    this.#now = now;
    this.#rate = new RateLimit(PER_MINUTE, 60_000, now);
    this.#strikes = new RateLimit(STRIKES - 1, 3_600_000, now);
  }

  /** The author is authenticated: gossip checks the signature first. */
  judge(author: Peer, data: Uint8Array): HaveVerdict {
    if (this.#denied.has(author)) return { verdict: 'ignore' };
    if (data.length > MAX_GOSSIP) return this.#malformed(author);
    if (!this.#rate.admits(author)) return { verdict: 'ignore' };
    const have = decodeHave(data);
    if (!have.ok) return this.#malformed(author);
    const now = Math.floor(this.#now() / 1000);
    const { time, until } = have.value;
    if (Math.abs(time - now) > MAX_CLOCK_SKEW || until < now) return { verdict: 'ignore' };
    return { verdict: 'accept', have: have.value };
  }

  #malformed(author: Peer): HaveVerdict {
    if (!this.#strikes.admits(author)) void this.#denied.add(author);
    return { verdict: 'reject' };
  }
}

/** Lets only well-formed, fresh announcements through on a topic, and hands each to `onHave`. */
export function guardTopic(gossip: GossipSub, topic: string, judge: HaveJudge, onHave: (author: Peer, have: Have) => void = () => undefined): void {
  gossip.topicValidators.set(topic, (_forwarder, message) => {
    const author = authorOf(message);
    if (author === null) return TopicValidatorResult.Reject;
    const judged = judge.judge(author, message.data);
    if (judged.verdict === 'accept') {
      onHave(author, judged.have);
      return TopicValidatorResult.Accept;
    }
    return judged.verdict === 'reject' ? TopicValidatorResult.Reject : TopicValidatorResult.Ignore;
  });
  gossip.subscribe(topic);
}

function authorOf(message: Message): Peer | null {
  return message.type === 'signed' ? message.from.toString() : null;
}

/** Seconds that an announcement counts for; and the longest that we believe of others. */
const LIFETIME = 90;
const REPEAT_MS = 30_000;
/** Of the ten that others accept of us in a minute we use nine, so that clocks may differ a little. */
const OWN_PER_MINUTE = 9;
/** Peers remembered at once; the longest silent are forgotten first. */
const MAX_PEERS = 1024;
/** Announcements of one peer are merged up to this many shards. */
const MAX_IDS_PER_PEER = 1024;

interface Announced {
  readonly ids: Set<ShardId>;
  /** Seconds since 1970. */
  until: number;
}

export interface HaveGossipOptions {
  readonly gossip: GossipSub;
  readonly topic: string;
  readonly self: Peer;
  readonly denied: DenyList;
  readonly traffic: Traffic;
  /** Whether to be known by announcements even while nothing is held: others then keep a direct link to this peer. */
  readonly presence: boolean;
  /** Someone announced something. */
  readonly onChange: () => void;
  readonly now?: () => number;
}

export class HaveGossip {
  readonly #options: HaveGossipOptions;
  readonly #now: () => number;
  readonly #announced = new Map<Peer, Announced>();
  readonly #own: RateLimit;
  readonly #timer: ReturnType<typeof setInterval>;
  #held: readonly ShardId[] = [];
  /** Where the next message starts in the list of what is held. */
  #turn = 0;
  #pending: ReturnType<typeof setTimeout> | null = null;
  readonly #onSubscription = (
    event: CustomEvent<{ readonly subscriptions: readonly { readonly topic: string; readonly subscribe: boolean }[] }>,
  ): void => {
    if (event.detail.subscriptions.some(({ topic, subscribe }) => subscribe && topic === this.#options.topic)) this.#soon();
  };

  constructor(options: HaveGossipOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#own = new RateLimit(OWN_PER_MINUTE, 60_000, this.#now);
    guardTopic(options.gossip, options.topic, new HaveJudge(options.denied, this.#now), (author, have) => {
      this.#remember(author, have);
    });
    options.gossip.addEventListener('subscription-change', this.#onSubscription);
    this.#timer = setInterval(() => {
      this.#soon();
    }, REPEAT_MS);
  }

  /** Peers that say they hold a shard, latest announcement first. */
  holders(id: ShardId): readonly Peer[] {
    return this.#live()
      .filter(([, { ids }]) => ids.has(id))
      .map(([peer]) => peer);
  }

  /** Every peer whose announcement still counts. */
  peers(): readonly Peer[] {
    return this.#live().map(([peer]) => peer);
  }

  async announce(held: readonly ShardId[]): Promise<void> {
    this.#held = [...held];
    this.#turn = 0;
    await this.#publish();
  }

  close(): void {
    clearInterval(this.#timer);
    if (this.#pending !== null) clearTimeout(this.#pending);
    this.#options.gossip.removeEventListener('subscription-change', this.#onSubscription);
    this.#options.gossip.unsubscribe(this.#options.topic);
  }

  #live(): readonly (readonly [Peer, Announced])[] {
    const now = Math.floor(this.#now() / 1000);
    return [...this.#announced].filter(([peer, { until }]) => until >= now && !this.#options.denied.has(peer)).reverse();
  }

  #remember(author: Peer, { ids, until }: Have): void {
    if (author === this.#options.self) return;
    this.#options.traffic.received(32 * ids.length);
    const known = this.#announced.get(author);
    const now = Math.floor(this.#now() / 1000);
    const isNew = known === undefined || known.until < now;
    const merged = new Set([...ids, ...(isNew ? [] : known.ids)].slice(0, MAX_IDS_PER_PEER));
    this.#announced.delete(author);
    this.#announced.set(author, { ids: merged, until: Math.min(until, now + LIFETIME) });
    for (const oldest of this.#announced.keys()) {
      if (this.#announced.size <= MAX_PEERS) break;
      this.#announced.delete(oldest);
    }
    // A newcomer has not heard what we said before it came.
    if (isNew) this.#soon();
    this.#options.onChange();
  }

  /** Gathers the events of one moment into one message. */
  #soon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = null;
      this.#publish().catch(() => undefined);
    }, 300);
  }

  /** One message with the next 64 shards; more are announced in turn, as the rate allows. */
  async #publish(): Promise<void> {
    const { gossip, topic, self, presence, traffic } = this.#options;
    if (this.#held.length === 0 && !presence) return;
    if (!this.#own.admits(self)) return;
    const time = Math.floor(this.#now() / 1000);
    if (this.#turn >= this.#held.length) this.#turn = 0;
    const ids = this.#held.slice(this.#turn, this.#turn + MAX_HAVE_IDS);
    this.#turn += ids.length;
    const message = encodeHave({ ids, until: time + LIFETIME, time });
    await gossip.publish(topic, message);
    traffic.sent(message.length);
    if (this.#turn < this.#held.length) this.#soon();
  }
}
