/** Fetches public blobs from HTTP mirrors first and from peers when no mirror has them. Sealed shards never go through a mirror. */
import { fail, ok } from '../protocol/result.ts';
import type { Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import type { BlobId } from '../protocol/ids.ts';
import type { Fetched, NetworkFailure, Peer, PeerNetwork } from './peer-network.ts';

/** Milliseconds of silence after which a mirror counts as gone. */
const SILENCE_MS = 15_000;

/**
 * A decorator over any network: `bases` are URLs that serve `<base>/<64 hex digits>`.
 * Which blobs a browser asks a mirror for tells its operator nothing that the chain does not: models and keys are public. A shard's
 * name would tell which unit this address works on, so shards are left to peers.
 */
export function withMirror(network: PeerNetwork, bases: readonly string[], request: typeof fetch = (...args) => fetch(...args)): PeerNetwork {
  return {
    fetch: async (content, size, onProgress) => {
      let mirrors: NetworkFailure | null = null;
      for (const base of content.kind === 'blob' ? bases : []) {
        const fetched = await fromMirror(base, content.id as BlobId, size, request, onProgress);
        if (fetched.ok) return fetched;
        mirrors = fetched.failure.kind === 'not-found' ? mirrors : fetched.failure;
      }
      const fetched = await network.fetch(content, size, onProgress);
      // Peers that simply lack it do not hide that a mirror sent false bytes.
      return !fetched.ok && fetched.failure.kind === 'not-found' && mirrors !== null ? fail(mirrors) : fetched;
    },
    requestKey: (key) => network.requestKey(key),
    announce: (held) => network.announce(held),
    state: () => network.state(),
    watch: (listener) => network.watch(listener),
    close: () => network.close(),
  };
}

async function fromMirror(
  base: string,
  id: BlobId,
  limit: number,
  request: typeof fetch,
  onProgress?: (received: number, from: Peer) => void,
): Promise<Result<Fetched, NetworkFailure>> {
  const missing = fail({ kind: 'not-found' as const, asked: [base] });
  const silence = new AbortController();
  let timer = setTimeout(abort, SILENCE_MS);
  function abort(): void {
    silence.abort(new Error(`${base} is silent`));
  }
  try {
    const response = await request(`${base.replace(/\/$/, '')}/${id.slice(2)}`, {
      signal: silence.signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    if (!response.ok || response.body === null) return missing;
    const parts: Uint8Array[] = [];
    let received = 0;
    for await (const part of partsOf(response.body)) {
      clearTimeout(timer);
      timer = setTimeout(abort, SILENCE_MS);
      received += part.length;
      if (received > limit) return fail({ kind: 'too-large', limit });
      parts.push(part);
      onProgress?.(received, base);
    }
    const bytes = new Uint8Array(received);
    let offset = 0;
    for (const part of parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return sha256(bytes) === id ? ok({ bytes, from: base, direct: false }) : fail({ kind: 'mismatch', from: base });
  } catch {
    // Offline, refused, cut or silent: peers may still have it.
    return missing;
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}

/** Safari's streams are not async iterables. */
async function* partsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
