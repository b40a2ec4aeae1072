/** The network door: find peers, fetch bytes by hash from them over direct links, ask a custodian for a key, and serve in return. */
import type { WrappedKey } from '../protocol/wrapped-key.ts';
import type { Hex } from '../protocol/bytes.ts';
import type { ShardId, TaskId } from '../protocol/ids.ts';
import type { Result } from '../protocol/result.ts';
import type { Content } from '../storage/shard-store.ts';

/** A libp2p peer id as text. */
export type Peer = string;

export interface Fetched {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly from: Peer;
  /** True when no link that brought the bytes has a relay's limits: they went straight from peer to peer. A mirror is no peer. */
  readonly direct: boolean;
}

export interface Link {
  readonly peer: Peer;
  readonly direct: boolean;
  readonly role: 'relay' | 'custodian' | 'volunteer';
  /** Round trip in milliseconds, or null before it was measured. */
  readonly roundTrip: number | null;
}

export interface NetworkState {
  readonly self: Peer;
  readonly relay: 'connecting' | 'up' | 'down';
  readonly links: readonly Link[];
  readonly bytesIn: number;
  readonly bytesOut: number;
}

export type NetworkFailure =
  /** No peer that can be reached holds it; `asked` were tried. */
  | { readonly kind: 'not-found'; readonly asked: readonly Peer[] }
  /** The custodian does not answer. It alone can grant the key. */
  | { readonly kind: 'custodian-unreachable' }
  /** The custodian answered with a refusal: its protocol code. */
  | { readonly kind: 'refused'; readonly code: WireError; readonly retryAfter?: number }
  /** Every source sent bytes that do not match the hash. */
  | { readonly kind: 'mismatch'; readonly from: Peer }
  | { readonly kind: 'too-large'; readonly limit: number };

export type WireError = 'bad-request' | 'not-found' | 'not-claimant' | 'not-granted' | 'budget-spent' | 'busy' | 'too-large' | 'unsupported-version';

export interface KeyRequest {
  readonly task: TaskId;
  readonly unit: number;
  /** The raw HPKE public key; the chain holds its SHA-256. */
  readonly boxKey: Hex;
}

/** What this peer offers to others. Either may be absent. */
export interface Served {
  /** Bytes for a hash, or null when not held. */
  readonly blob?: (content: Content) => Promise<Uint8Array | null>;
  /** A custodian's answer to a key request. */
  readonly key?: (request: KeyRequest, from: Peer) => Promise<Result<WrappedKey, { readonly code: WireError; readonly retryAfter?: number }>>;
}

export interface PeerNetwork {
  /** Tries peers that announced the content first, then others, then custodians; resumes by offset; checks each chunk. */
  fetch(content: Content, size: number, onProgress?: (received: number, from: Peer) => void): Promise<Result<Fetched, NetworkFailure>>;
  requestKey(request: KeyRequest): Promise<Result<WrappedKey, NetworkFailure>>;
  /** Tells peers which sealed shards are held here. */
  announce(held: readonly ShardId[]): Promise<void>;
  state(): Promise<NetworkState>;
  /** Calls back whenever the state changes; resolves to a function that stops. */
  watch(listener: (state: NetworkState) => void): Promise<() => void>;
  close(): Promise<void>;
}
