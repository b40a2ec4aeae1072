import { wtns } from 'snarkjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyModel } from '../../../fixtures/tiny-model.ts';
import { integerGraph } from '../../model/integer-graph.ts';
import { concatBytes } from '../../protocol/bytes.ts';
import { isDevelopmentKey, parseKey } from '../../protocol/groth16-key.ts';
import { sha256 } from '../../protocol/sha256.ts';
import { readSections } from './binary-file.ts';
import { nodeEnvironment } from '../bn254/node-threads.ts';
import { developmentSetup } from './development-setup.ts';
import { forge } from './forged-witness.ts';
import { inferRelation } from './infer-circuit.ts';
import { writeR1cs } from './r1cs-file.ts';
import { verificationKeyOf } from './verification-key.ts';
import { writeWitness } from './witness-file.ts';
import { readZkey } from './zkey-file.ts';

const compiled = integerGraph(tinyModel());
if (!compiled.ok) throw new Error(compiled.failure.detail);
const graph = compiled.value;
const relation = inferRelation(graph, 1);
let zkey: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  zkey = await developmentSetup(relation, nodeEnvironment);
});

describe('the files of a circuit', () => {
  it('are read by snarkjs, which finds the witness right, and a changed one wrong', async () => {
    const { witness } = forge(graph, { domain: 9n, rows: [[1, 2, 3, 4]], salts: [5n] });
    const r1cs = writeR1cs(relation);
    const silent = { info: () => {}, warn: () => {} };
    const check = (values: readonly bigint[]): Promise<boolean> =>
      wtns.check({ type: 'mem', data: r1cs }, { type: 'mem', data: writeWitness(values) }, silent);
    expect(await check(witness)).toBe(true);
    expect(await check(witness.with(40, witness[40] + 1n))).toBe(false);
  });

  it('give a verification key of 704 bytes that says it is a development key', () => {
    const key = verificationKeyOf(zkey)!;
    expect(parseKey(key).ok).toBe(true);
    expect(isDevelopmentKey(key)).toBe(true);
    expect(new TextDecoder().decode(zkey)).toContain('INSECURE development key: tau is public');
  });

  it('are the same every time', async () => {
    expect(sha256(await developmentSetup(inferRelation(graph, 1), nodeEnvironment))).toBe(sha256(zkey));
  });
});

describe('a proving key file', () => {
  const changed = (at: number, byte: number): Uint8Array => {
    const copy = zkey.slice();
    copy[at] = byte;
    return copy;
  };
  const start = (section: number): number => readSections(zkey, 'zkey')!.get(section)!.byteOffset;

  it('says how large its circuit is', () => {
    expect(readZkey(zkey)).toMatchObject({ wires: relation.wires, publics: 3 });
    expect(readZkey(zkey)!.domainSize).toBeGreaterThan(relation.constraints);
  });

  it.each([
    ['empty', () => new Uint8Array()],
    ['of another type', () => changed(0, 0)],
    ['cut short', () => zkey.slice(0, -1)],
    ['cut within a section header', () => zkey.slice(0, 20)],
    ['longer than its sections', () => concatBytes(zkey, new Uint8Array(1))],
    ['for another proof system', () => changed(start(1), 2)],
    ['over another base field', () => changed(start(2) + 4, 0)],
    ['over another scalar field', () => changed(start(2) + 40, 0)],
    ['for more wires than it has points', () => changed(start(2) + 73, 0xff)],
  ])('is refused when it is %s', (_, make) => {
    expect(readZkey(make())).toBeNull();
    expect(verificationKeyOf(make())).toBeNull();
  });

  it('is refused when a section is missing', () => {
    // The number of section 3 becomes 99.
    expect(readZkey(changed(start(3) - 12, 99))).toBeNull();
    expect(readZkey(changed(start(2) - 12, 99))).toBeNull();
  });
});
