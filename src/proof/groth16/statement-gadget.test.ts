import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Hex } from '../../protocol/bytes.ts';
import { fromHex32 } from '../../protocol/field.ts';
import { ConstraintRecorder } from './constraint-recorder.ts';
import type { ConstraintSystem } from './constraint-system.ts';
import { brokenGuards } from './relation.ts';
import { constant } from './signal.ts';
import { statementGadget } from './statement-gadget.ts';
import { WitnessBuilder } from './witness-builder.ts';

interface SignalVector {
  readonly values: readonly Hex[];
  readonly domain: Hex;
  readonly digest: Hex;
  readonly fold: Hex;
}

const file = new URL('../../../fixtures/vectors/signals.json', import.meta.url);
/** Beyond sixteen values the digest is a chain, which no circuit of this version needs. */
const vectors = (JSON.parse(readFileSync(file, 'utf8')) as SignalVector[]).filter(({ values }) => values.length <= 16);

describe('the statement in the circuit', () => {
  it.each(vectors)('agrees with contract and TypeScript on digest and fold of $values.length values', (vector) => {
    const [domain, digest, fold] = [vector.domain, vector.digest, vector.fold].map(fromHex32) as [bigint, bigint, bigint];
    const values = vector.values.map(fromHex32);
    const write = (system: ConstraintSystem, claimed: readonly [bigint, bigint, bigint]): { readonly digest: bigint; readonly fold: bigint } => {
      const signals = { domain: system.public(claimed[0]), digest: system.public(claimed[1]), fold: system.public(claimed[2]) };
      return statementGadget(system, signals, values.map(constant));
    };
    const recorder = new ConstraintRecorder();
    expect(write(recorder, [domain, 0n, 0n])).toEqual({ digest, fold });
    const brokenBy = (...claimed: [bigint, bigint, bigint]): string[] => {
      const builder = new WitnessBuilder();
      write(builder, claimed);
      return brokenGuards(recorder.relation(), builder.values);
    };
    expect(brokenBy(domain, digest, fold)).toEqual([]);
    expect(brokenBy(domain + 1n, digest, fold)).toEqual(['fold']);
    expect(brokenBy(domain, digest + 1n, fold)).toEqual(['digest']);
  });

  it('costs 246 constraints for two values', () => {
    const recorder = new ConstraintRecorder();
    const signals = { domain: recorder.public(0n), digest: recorder.public(0n), fold: recorder.public(0n) };
    statementGadget(recorder, signals, [constant(1n), constant(2n)]);
    expect(recorder.relation().constraints).toBe(246);
  });

  it('takes public wires first', () => {
    const recorder = new ConstraintRecorder();
    recorder.private('salt', 1n);
    expect(() => recorder.public(0n)).toThrow('public wires come before private ones');
  });
});
