/** The prover on circuits drawn at random, by snarkjs's verifier, and on keys and witnesses that are damaged or are no keys. */
import { groth16 } from 'snarkjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concatBytes } from '../../protocol/bytes.ts';
import { SCALAR_ORDER } from '../../protocol/field.ts';
import { keyToSnarkjs } from '../../protocol/groth16-key.ts';
import type { Arithmetic } from '../bn254/kernel.ts';
import { compileKernel } from '../bn254/kernel.ts';
import { KernelMemory } from '../bn254/kernel-memory.ts';
import { threadsOver } from '../bn254/kernel-threads.ts';
import { nodeEnvironment } from '../bn254/node-threads.ts';
import { openMultiplier, type Multiplier } from '../bn254/open-multiplier.ts';
import { readSections, writeSections, type Section } from './binary-file.ts';
import { bytesSource, type ByteSource } from './byte-source.ts';
import { setupWith } from './development-setup.ts';
import { loadKey } from './loaded-key.ts';
import { openCircuit } from './open-circuit.ts';
import { openProver } from './open-prover.ts';
import { prove } from './prove.ts';
import { openProvingKey } from './proving-key.ts';
import { randomCircuit } from './random-circuit.ts';
import { writeR1cs } from './r1cs-file.ts';
import { readWitness } from './witness-file-reader.ts';
import { witnessBytes, witnessFile, writeWitness } from './witness-file.ts';

const alone = { ...nodeEnvironment, sharesMemory: false };
let multiplier: Multiplier;

beforeAll(async () => {
  multiplier = await openMultiplier(nodeEnvironment);
});
afterAll(() => multiplier.close());

/** As a file on disk: nothing is read beyond its end. */
function strictSource(bytes: Uint8Array): ByteSource {
  const source = bytesSource(bytes);
  return {
    ...source,
    read(offset, length) {
      if (offset + length > bytes.length) throw new RangeError('read beyond the end');
      return source.read(offset, length);
    },
  };
}

/** The proof for a fixed blinding, which nobody else may ever know. */
async function provenBy(zkey: Uint8Array, witness: Uint8Array, arithmetic: Arithmetic, threads: number) {
  const file = await openProvingKey(bytesSource(zkey));
  if (!file.ok) throw new Error(file.failure.kind);
  const shared = threads > 0;
  const memory = new KernelMemory(shared);
  const ports = Array.from({ length: threads }, () => nodeEnvironment.openThread());
  const opened = await threadsOver(memory, await compileKernel(arithmetic, shared), ports);
  const key = await loadKey(file.value, memory, opened, () => undefined);
  if (!key.ok) throw new Error(key.failure.kind);
  let next = 5n;
  const proven = await prove(
    key.value,
    witness,
    () => (next = next ** 3n % SCALAR_ORDER),
    () => undefined,
  );
  key.value.threads.end();
  if (!proven.ok) throw new Error(proven.failure.kind);
  return proven.value;
}

describe('proofs', () => {
  it.each(Array.from({ length: 20 }, (_, tens) => tens))('of circuits drawn at random hold: %i · 10 to 10 more', async (tens) => {
    for (let seed = 10 * tens; seed < 10 * (tens + 1); seed++) {
      const { relation, witness } = randomCircuit(seed);
      const zkey = await setupWith(multiplier, relation);
      const prover = await openProver(bytesSource(zkey), alone, { arithmetic: seed % 2 === 0 ? 'fused' : 'integer' });
      if (!prover.ok) throw new Error(prover.failure.kind);
      const proven = await prover.value.prove(witnessBytes(witness));
      prover.value.close();
      if (!proven.ok) throw new Error(`seed ${seed}: ${proven.failure.kind}`);
      const { proof, publicSignals } = proven.value;
      expect(publicSignals).toEqual(witness.slice(1, relation.publics + 1).map(String));
      expect(await groth16.verify(keyToSnarkjs(prover.value.file.verificationKey), publicSignals, proof), `seed ${seed}`).toBe(true);
    }
  });

  it('are the same to the bit with either arithmetic, on any number of threads, shared memory or not', async () => {
    const { relation, witness } = randomCircuit(7);
    const zkey = await setupWith(multiplier, relation);
    const [first, ...others] = await Promise.all([
      provenBy(zkey, witnessBytes(witness), 'fused', 0),
      provenBy(zkey, witnessBytes(witness), 'integer', 0),
      provenBy(zkey, witnessBytes(witness), 'fused', 1),
      provenBy(zkey, witnessBytes(witness), 'integer', 3),
    ]);
    for (const other of others) expect(other.proof).toEqual(first.proof);
  });

  it('differ each time: nobody learns from two that they are of one witness', async () => {
    const { relation, witness } = randomCircuit(7);
    const prover = await openProver(bytesSource(await setupWith(multiplier, relation)), alone);
    if (!prover.ok) throw new Error(prover.failure.kind);
    const [one, two] = await Promise.all([prover.value.prove(witnessBytes(witness)), prover.value.prove(witnessBytes(witness))]);
    if (!one.ok || !two.ok) throw new Error('no proof');
    for (const point of ['pi_a', 'pi_b', 'pi_c'] as const) expect(one.value.proof[point]).not.toEqual(two.value.proof[point]);
  });
});

describe('a prover', () => {
  const { relation, witness } = randomCircuit(9);
  let zkey: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    zkey = await setupWith(multiplier, relation);
  });
  const at = (section: number) => readSections(zkey, 'zkey')!.get(section)!.byteOffset;
  const changed = (offset: number, ...bytes: readonly number[]) => {
    const copy = zkey.slice();
    copy.set(bytes, offset);
    return copy;
  };
  /** The key with other bytes in one section, and sections after it. */
  const withSection = (section: number, content: Uint8Array, ...more: readonly Section[]) =>
    writeSections('zkey', 1, [
      ...[...readSections(zkey, 'zkey')!].map(([number, own]) => ({ number, bytes: number === section ? content : own })),
      ...more,
    ]);
  const header = (length: number, ...start: readonly number[]) => {
    const bytes = readSections(zkey, 'zkey')!.get(2)!.slice(0, length);
    bytes.set(start);
    return bytes;
  };
  const opened = async (bytes: Uint8Array) => {
    const prover = await openProver(strictSource(bytes), alone);
    if (!prover.ok) return prover.failure;
    const proven = await prover.value.prove(witnessBytes(witness));
    prover.value.close();
    return proven.ok ? 'a proof' : proven.failure;
  };

  it('proves with the key as it is', async () => {
    expect(await opened(zkey)).toBe('a proof');
  });

  it.each<[string, () => Uint8Array, object]>([
    ['nothing', () => new Uint8Array(), { kind: 'not-a-key' }],
    ['another kind of file', () => changed(0, 0x77), { kind: 'not-a-key' }],
    ['a key cut short', () => zkey.slice(0, -1), { kind: 'truncated-key', section: 0 }],
    ['a key cut within its first section header', () => zkey.slice(0, 20), { kind: 'truncated-key', section: 0 }],
    ['a key that claims more sections than there are', () => changed(8, 200), { kind: 'truncated-key', section: 0 }],
    ['a key without its points', () => changed(at(5) - 12, 99), { kind: 'truncated-key', section: 5 }],
    ['a key without coefficients', () => changed(at(4) - 12, 99), { kind: 'truncated-key', section: 4 }],
    ['a key with more entries than bytes', () => changed(at(4), 0xff, 0xff), { kind: 'truncated-key', section: 4 }],
    ['an entry for a wire that there is none of', () => changed(at(4) + 4 + 8, 0xff, 0xff), { kind: 'truncated-key', section: 4 }],
    ['an entry of a third matrix', () => changed(at(4) + 4, 2), { kind: 'truncated-key', section: 4 }],
    ['a domain that is no power of two', () => changed(at(2) + 80, 3), { kind: 'truncated-key', section: 2 }],
    ['a file of five bytes', () => zkey.slice(0, 5), { kind: 'not-a-key' }],
    ['a key without a header to speak of', () => withSection(2, header(2)), { kind: 'truncated-key', section: 2 }],
    ['a key without the rest of its header', () => withSection(2, header(80)), { kind: 'truncated-key', section: 2 }],
    ['a key without the last point of its header', () => withSection(2, header(600)), { kind: 'truncated-key', section: 2 }],
    ['a key over fields of 31 bytes', () => withSection(2, header(80, 31)), { kind: 'other-curve', curve: 'unknown' }],
    ['a key over another field of 48 bytes', () => withSection(2, header(80, 48)), { kind: 'other-curve', curve: 'unknown' }],
    [
      'a key with more sections than there are kinds of',
      () => withSection(1, zkey.slice(at(1), at(1) + 4), ...Array.from({ length: 60 }, (_, i) => ({ number: 100 + i, bytes: new Uint8Array(0) }))),
      { kind: 'truncated-key', section: 0 },
    ],
    ['a key for PLONK', () => changed(at(1), 2), { kind: 'other-system', system: 'plonk' }],
    ['a key for fflonk', () => changed(at(1), 10), { kind: 'other-system', system: 'fflonk' }],
    ['a key for a system to come', () => changed(at(1), 77), { kind: 'other-system', system: 'unknown' }],
    ['a key over another base field', () => changed(at(2) + 4, 0), { kind: 'other-curve', curve: 'unknown' }],
    ['a key over another scalar field', () => changed(at(2) + 40, 0), { kind: 'other-curve', curve: 'unknown' }],
    [
      'a key on BLS12-381',
      () =>
        changed(
          at(2),
          48,
          0,
          0,
          0,
          0xab,
          0xaa,
          0xff,
          0xff,
          0xff,
          0xff,
          0xfe,
          0xb9,
          0xff,
          0xff,
          0x53,
          0xb1,
          0xfe,
          0xff,
          0xab,
          0x1e,
          0x24,
          0xf6,
          0xb0,
          0xf6,
          0xa0,
          0xd2,
          0x30,
          0x67,
          0xbf,
          0x12,
          0x85,
          0xf3,
          0x84,
          0x4b,
          0x77,
          0x64,
        ),
      { kind: 'other-curve', curve: 'bls12-381' },
    ],
    ['a key for 2^25 constraints', () => changed(at(2) + 80, 0, 0, 0, 2), { kind: 'oversized-key', log: 25 }],
    ['a key with a damaged point', () => changed(at(9) + 40, 1, 2, 3), { kind: 'proof-rejected' }],
    ['a key whose points were exchanged', () => changed(at(8), ...zkey.slice(at(8) + 64, at(8) + 128)), { kind: 'proof-rejected' }],
  ])('refuses %s', async (_, make, failure) => {
    expect(await opened(make())).toEqual(failure);
  });

  it('takes a witness that lies anywhere in memory', async () => {
    const prover = await openProver(bytesSource(concatBytes(new Uint8Array(1), zkey).subarray(1)), alone);
    if (!prover.ok) throw new Error(prover.failure.kind);
    expect((await prover.value.prove(concatBytes(new Uint8Array(3), witnessBytes(witness)).subarray(3))).ok).toBe(true);
  });

  it('refuses a witness of another circuit', async () => {
    const prover = await openProver(bytesSource(zkey), alone);
    if (!prover.ok) throw new Error(prover.failure.kind);
    const refused = { ok: false, failure: { kind: 'witness-size', wires: relation.wires, given: relation.wires - 1 } };
    expect(await prover.value.prove(witnessBytes(witness).slice(32))).toEqual(refused);
  });

  it('hands out no proof for a witness that breaks a constraint, and proves the next one', async () => {
    const prover = await openProver(bytesSource(zkey), alone);
    if (!prover.ok) throw new Error(prover.failure.kind);
    // The first wire that a constraint made is wrong now.
    const wrong = witness.with(-1, 5n).map((value, wire) => (wire > relation.publics + 6 ? value + 1n : value));
    expect(await prover.value.prove(witnessBytes(wrong))).toEqual({ ok: false, failure: { kind: 'proof-rejected' } });
    expect((await prover.value.prove(witnessBytes(witness))).ok).toBe(true);
  });

  it('leaves nothing of a witness in its memory', async () => {
    const memories: WebAssembly.Memory[] = [];
    const { Memory } = WebAssembly;
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        super(descriptor);
        memories.push(this);
      }
    };
    try {
      const prover = await openProver(bytesSource(zkey), alone);
      if (!prover.ok) throw new Error(prover.failure.kind);
      const secret = witness.findIndex((value, wire) => wire > relation.publics && value > 2n ** 100n);
      expect((await prover.value.prove(witnessBytes(witness))).ok).toBe(true);
      const [memory] = memories;
      const needle = Buffer.from(witnessBytes([witness[secret]]));
      expect(Buffer.from(memory.buffer).includes(needle)).toBe(false);
    } finally {
      WebAssembly.Memory = Memory;
    }
  });

  it('takes a witness before its whole key is in, and proves when the rest has come', async () => {
    const whole = bytesSource(zkey);
    const header = await openProvingKey(whole);
    if (!header.ok) throw new Error(header.failure.kind);
    const last = header.value.places.h;
    let come = () => {};
    const rest = new Promise<void>((resolve) => (come = resolve));
    const slow: ByteSource = {
      ...whole,
      read: (offset, length) => (offset === last.offset ? rest.then(() => whole.read(offset, length)) : whole.read(offset, length)),
    };
    const prover = await openProver(slow, nodeEnvironment);
    if (!prover.ok) throw new Error(prover.failure.kind);
    const stages: string[] = [];
    const proving = prover.value.prove(witnessBytes(witness), (stage) => stages.push(stage));
    come();
    await prover.value.loaded;
    expect((await proving).ok).toBe(true);
    expect(stages.at(-1)).toBe('check');
    prover.value.close();
  });

  it('rejects a proof whose key cannot be read to its end', async () => {
    const whole = bytesSource(zkey);
    const header = await openProvingKey(whole);
    if (!header.ok) throw new Error(header.failure.kind);
    const last = header.value.places.c;
    const broken: ByteSource = {
      ...whole,
      read: (offset, length) => (offset === last.offset ? Promise.reject(new Error('the disk went away')) : whole.read(offset, length)),
    };
    const prover = await openProver(broken, nodeEnvironment);
    if (!prover.ok) throw new Error(prover.failure.kind);
    await expect(prover.value.prove(witnessBytes(witness))).rejects.toThrow('the disk went away');
    await expect(prover.value.loaded).rejects.toThrow('the disk went away');
    prover.value.close();
  });

  it('stops when it is told to, wherever it is, and rejects', async () => {
    const stop = new AbortController();
    const opening = openProver(bytesSource(zkey), nodeEnvironment, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(opening).rejects.toThrow();
    const prover = await openProver(bytesSource(zkey), nodeEnvironment);
    if (!prover.ok) throw new Error(prover.failure.kind);
    const proving = prover.value.prove(witnessBytes(witness));
    prover.value.close();
    await expect(proving).rejects.toThrow('the prover was closed');
  });
});

describe('a circuit', () => {
  it('names the first constraint that a witness breaks, if it is given the relation', async () => {
    const { relation, witness } = randomCircuit(9);
    const circuit = await openCircuit(bytesSource(await setupWith(multiplier, relation)), alone, {});
    if (!circuit.ok) throw new Error(circuit.failure.kind);
    const r1cs = bytesSource(writeR1cs(relation));
    const given = (values: readonly bigint[]) => ({ witness: bytesSource(writeWitness(values)) });
    const wrong = witness.map((value, wire) => (wire <= relation.publics ? value : value === 0n ? 1n : value - 1n));
    expect(await circuit.value.prove(given(wrong), r1cs)).toMatchObject({
      failure: { kind: 'unsatisfied', constraint: expect.any(Number) as number },
    });
    expect(await circuit.value.prove(given(wrong))).toEqual({ ok: false, failure: { kind: 'proof-rejected' } });
    expect(await circuit.value.prove(given(witness), r1cs)).toMatchObject({ ok: true });
  });
});

describe('a witness file', () => {
  const good = witnessFile(witnessBytes([1n, 2n, 3n]));
  const changed = (offset: number, ...bytes: readonly number[]) => {
    const copy = good.slice();
    copy.set(bytes, offset);
    return copy;
  };
  const [header, values] = [1, 2].map((section) => readSections(good, 'wtns')!.get(section)!.byteOffset);

  it('gives its values', async () => {
    expect(await readWitness(bytesSource(good))).toEqual({ ok: true, value: witnessBytes([1n, 2n, 3n]) });
  });

  it.each<[string, () => Uint8Array, object]>([
    ['is none', () => new Uint8Array(40), { kind: 'not-a-witness' }],
    ['is cut short', () => good.slice(0, -1), { kind: 'truncated-witness' }],
    ['has no values', () => changed(values - 12, 9), { kind: 'truncated-witness' }],
    ['has fewer values than it says', () => changed(header + 36, 4), { kind: 'truncated-witness' }],
    ['is of another field', () => changed(header + 4, 9), { kind: 'witness-of-other-curve' }],
    [
      'has half a header',
      () =>
        writeSections('wtns', 2, [
          { number: 1, bytes: good.slice(header, header + 20) },
          { number: 2, bytes: good.slice(values) },
        ]),
      { kind: 'truncated-witness' },
    ],
    ['has five bytes', () => good.slice(0, 5), { kind: 'not-a-witness' }],
    ['is of a larger field', () => changed(header, 48), { kind: 'witness-of-other-curve' }],
    ['holds a value that is no element', () => changed(values + 64, ...witnessBytes([SCALAR_ORDER])), { kind: 'oversized-value', wire: 2 }],
    ['holds the largest number there is', () => changed(values + 32, ...new Uint8Array(32).fill(255)), { kind: 'oversized-value', wire: 1 }],
    ['does not start with 1', () => changed(values, 2), { kind: 'no-constant' }],
    ['is followed by something', () => concatBytes(good.slice(0, 8), new Uint8Array([3, 0, 0, 0]), good.slice(12)), { kind: 'truncated-witness' }],
  ])('is refused when it %s', async (_, make, failure) => {
    expect(await readWitness(strictSource(make()))).toEqual({ ok: false, failure });
  });
});
