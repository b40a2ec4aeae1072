/** `/prooftab/key/1`: a claimant asks a custodian for the key of its shard; the answer is wrapped to the claimant, or a refusal. */
import type { Connection, Libp2p } from '@libp2p/interface';
import type { WrappedKey } from '../../protocol/wrapped-key.ts';
import type { KeyRequest, Served } from '../peer-network.ts';
import { RateLimit } from '../rate-limit.ts';
import type { Traffic } from '../traffic.ts';
import { KEY_PROTOCOL, MAX_MESSAGE, decodeKeyAnswer, decodeKeyRequest, encodeKeyAnswer, encodeKeyRequest } from '../wire.ts';
import type { Refusal } from '../wire.ts';
import { asError, framedStream, leave } from './framed-stream.ts';

/** The custodian may have to read the chain before it answers. */
const ANSWER_DEADLINE_MS = 30_000;
const OPEN_DEADLINE_MS = 10_000;

export type KeyOf = NonNullable<Served['key']>;

export async function serveKeys(node: Libp2p, keyOf: KeyOf, traffic: Traffic, now: () => number = Date.now): Promise<void> {
  const rate = new RateLimit(1, 1000, now);
  await node.handle(
    KEY_PROTOCOL,
    async (stream, connection) => {
      const frames = framedStream(stream, MAX_MESSAGE, traffic);
      const from = connection.remotePeer.toString();
      try {
        const request = decodeKeyRequest(await frames.read(MAX_MESSAGE));
        await frames.write(encodeKeyAnswer(rate.admits(from) ? await answer(request, keyOf, from) : { code: 'busy', retryAfter: 1 }));
        leave(frames);
      } catch (error) {
        frames.abort(asError(error));
      }
    },
    { maxInboundStreams: 2, runOnLimitedConnection: false },
  );
}

async function answer(request: ReturnType<typeof decodeKeyRequest>, keyOf: KeyOf, from: string): Promise<WrappedKey | Refusal> {
  if (!request.ok) return { code: 'bad-request' };
  const answered = await keyOf(request.value, from);
  return answered.ok ? answered.value : answered.failure;
}

/** Null when the custodian is gone, silent, or sends what is neither a key nor a refusal. */
export async function askForKey(connection: Connection, request: KeyRequest, traffic: Traffic): Promise<WrappedKey | Refusal | null> {
  try {
    const stream = await connection.newStream(KEY_PROTOCOL, { signal: AbortSignal.timeout(OPEN_DEADLINE_MS) });
    const frames = framedStream(stream, MAX_MESSAGE, traffic, ANSWER_DEADLINE_MS);
    try {
      await frames.write(encodeKeyRequest(request));
      const reply = decodeKeyAnswer(await frames.read(MAX_MESSAGE));
      leave(frames);
      return reply.ok ? reply.value : null;
    } catch (error) {
      frames.abort(asError(error));
      return null;
    }
  } catch {
    return null;
  }
}
