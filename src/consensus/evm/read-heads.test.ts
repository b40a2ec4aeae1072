import { readFileSync } from 'node:fs';
import { decodeFunctionData } from 'viem';
import { expect, it } from 'vitest';
import type { Hex } from '../../protocol/bytes.ts';
import type { Head } from '../../protocol/heads.ts';
import { registryAbi } from './abi.ts';
import { callOf } from './call.ts';
import { kindHash } from './read-heads.ts';

const vectors = JSON.parse(readFileSync(new URL('../../../fixtures/vectors/heads.json', import.meta.url), 'utf8')) as {
  head: Head;
  cbor: Hex;
  kind: Hex;
}[];
const nowhere = { market: `0x${'00'.repeat(20)}`, registry: `0x${'00'.repeat(20)}` } as const;

it.each(vectors)('$head.t is published, and looked for, under the kind of the vectors', ({ head, cbor, kind }) => {
  expect(kindHash(head.t)).toBe(kind);
  const { data } = callOf({ send: 'publish', kind: head.t, head: cbor }, nowhere);
  expect(decodeFunctionData({ abi: registryAbi, data })).toMatchObject({ functionName: 'publish', args: [kind, cbor] });
});
