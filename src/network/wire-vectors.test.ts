/** The wire's messages as the shared vectors hold them: what another implementation sends is read, and what we send is what it expects. */
import './libp2p/with-resolvers.ts';
import { streamPair } from '@libp2p/utils';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, toHex, type Hex } from '../protocol/bytes.ts';
import type { Result } from '../protocol/result.ts';
import type { WrappedKey } from '../protocol/wrapped-key.ts';
import { framedStream } from './libp2p/framed-stream.ts';
import type { KeyRequest } from './peer-network.ts';
import { Traffic } from './traffic.ts';
import {
  MAX_GOSSIP,
  decodeBlobAnswer,
  decodeBlobRequest,
  decodeHave,
  decodeKeyAnswer,
  decodeKeyRequest,
  encodeBlobAnswer,
  encodeBlobRequest,
  encodeHave,
  encodeKeyAnswer,
  encodeKeyRequest,
  haveTopic,
  type BlobHead,
  type BlobRequest,
  type Have,
  type Malformed,
  type Refusal,
} from './wire.ts';

type Message = 'blob-request' | 'blob-answer' | 'key-request' | 'key-answer' | 'have';

interface Coding {
  readonly decode: (bytes: Uint8Array) => Result<unknown, Malformed>;
  /** From the fields as JSON, where bytes are hexadecimal text. */
  readonly encode: (fields: unknown) => Uint8Array;
}

const codings: Readonly<Record<Message, Coding>> = {
  'blob-request': { decode: decodeBlobRequest, encode: (fields) => encodeBlobRequest(fields as BlobRequest) },
  'blob-answer': { decode: decodeBlobAnswer, encode: (fields) => encodeBlobAnswer(fields as BlobHead | Refusal) },
  'key-request': { decode: decodeKeyRequest, encode: (fields) => encodeKeyRequest(fields as KeyRequest) },
  'key-answer': { decode: decodeKeyAnswer, encode: (fields) => encodeKeyAnswer(keyAnswerOf(fields as Refusal | Record<'enc' | 'ct', Hex>)) },
  have: { decode: decodeHave, encode: (fields) => encodeHave(fields as Have) },
};

function keyAnswerOf(fields: Refusal | Readonly<Record<'enc' | 'ct', Hex>>): Refusal | WrappedKey {
  return 'code' in fields ? fields : { enc: fromHex(fields.enc), ct: fromHex(fields.ct) };
}

/** What was decoded, as the vectors write it: the type is implied by the decoder, and bytes are hexadecimal text. */
function fieldsOf(message: Message, decoded: unknown): unknown {
  const fields = Object.entries(decoded as object).map(([key, value]) => [key, value instanceof Uint8Array ? toHex(value) : (value as unknown)]);
  return { ...(message === 'have' && { t: 'prooftab/have/1' }), ...Object.fromEntries(fields) };
}

const vectors = JSON.parse(readFileSync(new URL('../../fixtures/vectors/wire.json', import.meta.url), 'utf8')) as {
  topics: { chain: number; topic: string }[];
  messages: { message: Message; fields: unknown; cbor: Hex; frame: Hex }[];
  refused: { message: Message; name: string; cbor: Hex }[];
};

describe('the wire, by the vectors,', () => {
  it.each(vectors.messages)('reads $message $fields', ({ message, fields, cbor }) => {
    const decoded = codings[message].decode(fromHex(cbor));
    expect(decoded.ok && fieldsOf(message, decoded.value)).toEqual(fields);
  });

  it.each(vectors.messages)('writes $message $fields', ({ message, fields, cbor }) => {
    expect(toHex(codings[message].encode(fields))).toBe(cbor);
  });

  it.each(vectors.refused)('refuses a $message with $name', ({ message, cbor }) => {
    expect(codings[message].decode(fromHex(cbor))).toEqual({ ok: false, failure: { kind: 'malformed' } });
  });

  it('names the topics of chains', () => {
    for (const { chain, topic } of vectors.topics) expect(haveTopic(chain)).toBe(topic);
  });

  it('puts each message into one frame, and reads the frames back', async () => {
    const [ours, theirs] = await streamPair();
    const arrived: Uint8Array[] = [];
    theirs.addEventListener('message', ({ data }) => arrived.push(data.subarray()));
    const frames = framedStream(ours, MAX_GOSSIP, new Traffic(() => undefined));
    for (const { cbor } of vectors.messages) await frames.write(fromHex(cbor));
    const expected = concatBytes(...vectors.messages.map(({ frame }) => fromHex(frame)));
    await expect.poll(() => toHex(concatBytes(...arrived))).toBe(toHex(expected));
    theirs.send(expected);
    for (const { cbor } of vectors.messages) expect(toHex(await frames.read(MAX_GOSSIP))).toBe(cbor);
  });
});
