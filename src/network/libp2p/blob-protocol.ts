/** `/prooftab/blob/1`: bulk bytes over one direct link, in chunks that the reader grants credit for, from any chunk on. */
import type { Connection, Libp2p } from '@libp2p/interface';
import type { Hex } from '../../protocol/bytes.ts';
import type { BlobId, ShardId } from '../../protocol/ids.ts';
import { shardNodes } from '../../protocol/shard-tree.ts';
import type { Assembly } from '../assembly.ts';
import type { Served } from '../peer-network.ts';
import type { Pulled } from '../sources.ts';
import type { Traffic } from '../traffic.ts';
import {
  BLOB_PROTOCOL,
  CHUNK,
  CREDIT,
  MAX_MESSAGE,
  MAX_NODES,
  decodeBlobAnswer,
  decodeBlobRequest,
  encodeBlobAnswer,
  encodeBlobRequest,
} from '../wire.ts';
import type { Refusal } from '../wire.ts';
import { isDirect } from './direct-link.ts';
import { asError, framedStream, leave } from './framed-stream.ts';
import type { FramedStream } from './framed-stream.ts';

/** Chunks that the reader acknowledges together. */
const ACKNOWLEDGED = CREDIT / 2;
/** Transfers served at once, to all peers: each may hold the whole content in memory. */
const MAX_UPLOADS = 32;
const BUSY: Refusal = { code: 'busy', retryAfter: 5 };

export type BlobOf = NonNullable<Served['blob']>;

/** Serves content to whoever asks over a direct link. */
export async function serveBlobs(node: Libp2p, blobOf: BlobOf, traffic: Traffic): Promise<void> {
  let uploads = 0;
  await node.handle(
    BLOB_PROTOCOL,
    async (stream, connection) => {
      const frames = framedStream(stream, MAX_MESSAGE, traffic);
      uploads++;
      try {
        if (!isDirect(connection)) throw new Error('bulk is served over direct links only');
        await serveOne(frames, uploads > MAX_UPLOADS ? null : blobOf);
        leave(frames);
      } catch (error) {
        frames.abort(asError(error));
      } finally {
        uploads--;
      }
    },
    { maxInboundStreams: 8, runOnLimitedConnection: false },
  );
}

/** `blobOf` is null while this peer is busy. */
async function serveOne(frames: FramedStream, blobOf: BlobOf | null): Promise<void> {
  const request = decodeBlobRequest(await frames.read(MAX_MESSAGE));
  const refuse = (refusal: Refusal): Promise<void> => frames.write(encodeBlobAnswer(refusal));
  if (!request.ok) return refuse({ code: 'bad-request' });
  if (blobOf === null) return refuse(BUSY);
  const { id, offset } = request.value;
  const held = await heldUnder(id, blobOf);
  if (held === null) return refuse({ code: 'not-found' });
  const { bytes, nodes } = held;
  if (offset > 0 && offset >= bytes.length) return refuse({ code: 'bad-request' });
  await frames.write(encodeBlobAnswer({ size: bytes.length, nodes }));
  let credit = CREDIT;
  for (let at = offset; at < bytes.length; at += CHUNK) {
    if (credit === 0) credit += granted(await frames.read(1));
    await frames.write(bytes.subarray(at, at + CHUNK));
    credit--;
  }
}

/** The request names a hash and not its kind: a shard's tree is looked up first, then a blob. */
async function heldUnder(id: Hex, blobOf: BlobOf): Promise<{ readonly bytes: Uint8Array; readonly nodes: readonly Hex[] } | null> {
  const shard = await blobOf({ kind: 'shard', id: id as ShardId });
  if (shard !== null && shard.length <= MAX_NODES * CHUNK) return { bytes: shard, nodes: shardNodes(shard) };
  const blob = await blobOf({ kind: 'blob', id: id as BlobId });
  return blob === null ? null : { bytes: blob, nodes: [] };
}

function granted(frame: Uint8Array): number {
  if (frame[0] !== ACKNOWLEDGED) throw new Error('not an acknowledgement');
  return ACKNOWLEDGED;
}

/**
 * Reads content from the chunk where the assembly stands to its end. Never over a link with relay limits; what is told of each
 * chunk is read from the link all the same, so that it stays true if that is ever allowed.
 */
export async function pullBlob(connection: Connection, assembly: Assembly, traffic: Traffic, onChunk: (direct: boolean) => void): Promise<Pulled> {
  if (!isDirect(connection)) return 'refused';
  let frames: FramedStream | null = null;
  try {
    const stream = await connection.newStream(BLOB_PROTOCOL, { signal: AbortSignal.timeout(OPEN_DEADLINE_MS) });
    frames = framedStream(stream, CHUNK, traffic);
    const pulled = await pullFrames(frames, assembly, () => {
      onChunk(isDirect(connection));
    });
    if (pulled === 'complete' || pulled === 'not-found') leave(frames);
    else frames.abort(new Error(`blob ${pulled}`));
    return pulled;
  } catch (error) {
    frames?.abort(asError(error));
    return 'cut';
  }
}

const OPEN_DEADLINE_MS = 10_000;

async function pullFrames(frames: FramedStream, assembly: Assembly, onChunk: () => void): Promise<Pulled> {
  await frames.write(encodeBlobRequest({ id: assembly.content.id, offset: assembly.received }));
  const answer = decodeBlobAnswer(await frames.read(MAX_MESSAGE));
  if (!answer.ok) return 'refused';
  if ('code' in answer.value) return answer.value.code === 'not-found' ? 'not-found' : 'refused';
  const verdict = assembly.begin(answer.value);
  if (verdict !== 'accepted') return verdict;
  for (let unacknowledged = 1; !assembly.whole; unacknowledged++) {
    if (!assembly.accept(await frames.read(CHUNK))) return 'mismatch';
    onChunk();
    if (unacknowledged === ACKNOWLEDGED && !assembly.whole) {
      unacknowledged = 0;
      await frames.write(ACKNOWLEDGEMENT);
    }
  }
  return 'complete';
}

const ACKNOWLEDGEMENT = new Uint8Array([ACKNOWLEDGED]);
