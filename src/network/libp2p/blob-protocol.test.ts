import type { Connection, Libp2p, Stream } from '@libp2p/interface';
import { lpStream } from '@libp2p/utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeCbor } from '../../protocol/cbor.ts';
import type { BlobId } from '../../protocol/ids.ts';
import { sha256 } from '../../protocol/sha256.ts';
import { shardId, shardNodes } from '../../protocol/shard-tree.ts';
import { Assembly } from '../assembly.ts';
import { sampleBytes, serving } from '../peer-network-suite.ts';
import { Traffic } from '../traffic.ts';
import { BLOB_PROTOCOL, CHUNK, decodeBlobAnswer, decodeBlobRequest, encodeBlobAnswer, encodeBlobRequest } from '../wire.ts';
import { pullBlob, serveBlobs } from './blob-protocol.ts';
import type { BlobOf } from './blob-protocol.ts';
import type { MeshNode } from './gossip-service.ts';
import { createMemoryNode } from './libp2p-suite.ts';

const shardBytes = sampleBytes(3 * CHUNK + 100, 1);
const shard = { kind: 'shard', id: shardId(shardBytes) } as const;
const blobBytes = sampleBytes(12 * CHUNK, 2);
const blob = { kind: 'blob', id: sha256(blobBytes) as BlobId } as const;
const traffic = new Traffic(() => undefined);
const blobOf = serving([shard, shardBytes], [blob, blobBytes]).blob as BlobOf;

describe('blob protocol', () => {
  let server: MeshNode;
  let client: MeshNode;
  let link: Connection;
  beforeEach(async () => {
    [server, client] = await Promise.all([createMemoryNode(), createMemoryNode()]);
  });
  afterEach(async () => {
    await Promise.all([server.stop(), client.stop()]);
  });

  async function connect(): Promise<void> {
    link = await client.dial(server.getMultiaddrs());
  }
  async function pull(assembly: Assembly): Promise<string> {
    return pullBlob(link, assembly, traffic, () => undefined);
  }
  /** A peer that speaks the protocol in its own way from the request on. */
  async function rogue(answer: (frames: ReturnType<typeof lpStream<Stream>>, offset: number, stream: Stream) => Promise<void>): Promise<void> {
    await server.handle(BLOB_PROTOCOL, async (stream) => {
      const frames = lpStream(stream);
      const request = decodeBlobRequest((await frames.read()).subarray());
      await answer(frames, request.ok ? request.value.offset : -1, stream).catch(() => undefined);
    });
    await connect();
  }

  it('carries more than the credit window, and resumes at an offset', async () => {
    await serveBlobs(server, blobOf, traffic);
    await connect();
    const assembly = new Assembly(blob, blobBytes.length);
    assembly.begin({ size: blobBytes.length, nodes: [] });
    for (let at = 0; at < 5 * CHUNK; at += CHUNK) assembly.accept(blobBytes.subarray(at, at + CHUNK));
    expect(await pull(assembly)).toBe('complete');
    expect(sha256(assembly.finish() ?? new Uint8Array())).toBe(blob.id);
  });

  it('sends no more than eight chunks to a reader that acknowledges nothing', async () => {
    await serveBlobs(server, blobOf, traffic);
    await connect();
    const stream = await link.newStream(BLOB_PROTOCOL);
    const frames = lpStream(stream);
    await frames.write(encodeBlobRequest({ id: blob.id, offset: 0 }));
    await frames.read();
    for (let i = 0; i < 8; i++) await frames.read();
    // A server that waits for an acknowledgement reads this instead and hangs up; one that does not wait has sent a ninth chunk.
    await frames.write(new Uint8Array([0]));
    await expect(frames.read()).rejects.toThrow();
  });

  it('keeps the chunks before a cut, so that a second pull fetches only the rest', async () => {
    const offsets: number[] = [];
    await rogue(async (frames, offset, stream) => {
      offsets.push(offset);
      await frames.write(encodeBlobAnswer({ size: shardBytes.length, nodes: shardNodes(shardBytes) }));
      await frames.write(shardBytes.subarray(offset, offset + CHUNK));
      await frames.write(shardBytes.subarray(offset + CHUNK, offset + 2 * CHUNK));
      if (offset === 0) await stream.close();
    });
    const assembly = new Assembly(shard, shardBytes.length);
    expect(await pull(assembly)).toBe('cut');
    expect(assembly.received).toBe(2 * CHUNK);
    expect(await pull(assembly)).toBe('complete');
    expect(offsets).toEqual([0, 2 * CHUNK]);
  });

  it('refuses a corrupted chunk as it arrives', async () => {
    await rogue(async (frames) => {
      await frames.write(encodeBlobAnswer({ size: shardBytes.length, nodes: shardNodes(shardBytes) }));
      await frames.write(shardBytes.subarray(0, CHUNK));
      await frames.write(sampleBytes(CHUNK, 99));
    });
    const assembly = new Assembly(shard, shardBytes.length);
    expect(await pull(assembly)).toBe('mismatch');
    expect(assembly.received).toBe(CHUNK);
  });

  it('refuses a frame longer than a chunk, before it is read into memory', async () => {
    await rogue(async (frames) => {
      await frames.write(encodeBlobAnswer({ size: blobBytes.length, nodes: [] }));
      await frames.write(blobBytes.subarray(0, CHUNK + 1));
    });
    expect(await pull(new Assembly(blob, blobBytes.length))).toBe('cut');
  });

  it('does not take an answer that is no answer', async () => {
    await rogue(async (frames) => {
      await frames.write(encodeCbor({ size: -1, nodes: [] }));
    });
    expect(await pull(new Assembly(blob, blobBytes.length))).toBe('refused');
  });

  it('answers a malformed request, an unknown hash and an offset past the end by their codes', async () => {
    await serveBlobs(server, blobOf, traffic);
    await connect();
    const ask = async (request: Uint8Array): Promise<unknown> => {
      const frames = lpStream(await link.newStream(BLOB_PROTOCOL));
      await frames.write(request);
      const answer = decodeBlobAnswer((await frames.read()).subarray());
      return answer.ok && answer.value;
    };
    expect(await ask(Uint8Array.from([...encodeBlobRequest({ id: blob.id, offset: 0 }), 0]))).toEqual({ code: 'bad-request' });
    expect(await ask(encodeBlobRequest({ id: `0x${'00'.repeat(32)}`, offset: 0 }))).toEqual({ code: 'not-found' });
    expect(await ask(encodeBlobRequest({ id: blob.id, offset: 12 * CHUNK }))).toEqual({ code: 'bad-request' });
  });

  it('tells of each chunk whether the link that brought it is direct, as the link says and not as it was when it was asked', async () => {
    await serveBlobs(server, blobOf, traffic);
    await connect();
    let asked = 0;
    const turnsOutLimited = {
      get limits() {
        return asked++ === 0 ? undefined : { bytes: 1n << 20n };
      },
      newStream: (...given: Parameters<Connection['newStream']>) => link.newStream(...given),
    };
    for (const [connection, direct] of [
      [link, true],
      [turnsOutLimited as object as Connection, false],
    ] as const) {
      const told: boolean[] = [];
      expect(await pullBlob(connection, new Assembly(shard, shardBytes.length), traffic, (straight) => told.push(straight))).toBe('complete');
      expect(told).toEqual([direct, direct, direct, direct]);
    }
  });

  it('moves no bulk over a link with relay limits, from either side', async () => {
    const limited = { limits: { bytes: 1n << 20n }, newStream: () => Promise.reject(new Error('not to be opened')) };
    expect(await pullBlob(limited as object as Connection, new Assembly(blob, blobBytes.length), traffic, () => undefined)).toBe('refused');
    const served: unknown[] = [];
    const throughRelays: Pick<Libp2p, 'handle'> = {
      handle: (protocol, handler) =>
        server.handle(protocol, (stream, connection) =>
          handler(stream, Object.create(connection, { limits: { value: { bytes: 1n << 20n } } }) as Connection),
        ),
    };
    await serveBlobs(throughRelays as Libp2p, async (content) => (served.push(content), blobOf(content)), traffic);
    await connect();
    expect(await pull(new Assembly(blob, blobBytes.length))).toBe('cut');
    expect(served).toEqual([]);
  });

  it('serves 32 readers at once, and tells the next that it is busy', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let waiting = 0;
    let full = (): void => undefined;
    const isFull = new Promise<void>((resolve) => (full = resolve));
    const slow: BlobOf = async (content) => {
      if (content.kind === 'shard' && ++waiting === 32) full();
      await held;
      return blobOf(content);
    };
    await serveBlobs(server, slow, traffic);
    const readers = await Promise.all(Array.from({ length: 5 }, () => createMemoryNode()));
    const links = await Promise.all(readers.map((reader) => reader.dial(server.getMultiaddrs())));
    const from = (at: Connection) => pullBlob(at, new Assembly(blob, blobBytes.length), traffic, () => undefined);
    const pulls = links.slice(0, 4).flatMap((at) => Array.from({ length: 8 }, () => from(at)));
    await isFull;
    const frames = lpStream(await links[4].newStream(BLOB_PROTOCOL));
    await frames.write(encodeBlobRequest({ id: blob.id, offset: 0 }));
    expect(decodeBlobAnswer((await frames.read()).subarray())).toEqual({ ok: true, value: { code: 'busy', retryAfter: 5 } });
    expect(await from(links[4])).toBe('refused');
    letGo();
    expect(new Set(await Promise.all(pulls))).toEqual(new Set(['complete']));
    expect(await from(links[4])).toBe('complete');
    for (const reader of readers) await reader.stop();
  });

  it('says that a peer lacks the content', async () => {
    await serveBlobs(server, blobOf, traffic);
    await connect();
    const absent = { kind: 'blob', id: `0x${'00'.repeat(32)}` as BlobId } as const;
    expect(await pull(new Assembly(absent, blobBytes.length))).toBe('not-found');
  });

  it('hangs up on an acknowledgement of more than one byte', async () => {
    await serveBlobs(server, blobOf, traffic);
    await connect();
    const frames = lpStream(await link.newStream(BLOB_PROTOCOL));
    await frames.write(encodeBlobRequest({ id: blob.id, offset: 0 }));
    for (let i = 0; i < 9; i++) await frames.read();
    await frames.write(new Uint8Array([4, 0]));
    await expect(frames.read()).rejects.toThrow();
  });
});
