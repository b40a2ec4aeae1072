import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { circuitId, type CircuitParts } from './circuit.ts';
import { digestOf, domainOf, foldOf, publicSignals } from './domain.ts';
import { SCALAR_ORDER, fromHex32, toHex32 } from './field.ts';
import type { CircuitId } from './ids.ts';
import type { Statement } from './receipt.ts';
import { statementId } from './receipt.ts';
import { taskId, type Terms } from './terms.ts';
import type { Hex } from './bytes.ts';

interface SignalVector {
  chain: number;
  contract: Hex;
  subject: Hex;
  unit: number;
  beneficiary: Hex;
  circuit: CircuitId;
  values: Hex[];
  domain: Hex;
  digest: Hex;
  fold: Hex;
  foldAtTen: Hex;
  statementId: Hex;
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/vectors/${name}`, import.meta.url), 'utf8'));
const vectors = read('signals.json') as SignalVector[];

function statementOf({ chain, contract, subject, unit, beneficiary, circuit, values, digest }: SignalVector): Statement {
  return {
    t: 'prooftab/statement/1',
    chain,
    contract,
    subject,
    unit,
    beneficiary,
    circuit,
    values: values.map(fromHex32),
    digest: fromHex32(digest),
  };
}

describe('the three public signals', () => {
  it.each(vectors)('agree with the vectors for $values.length values', (vector) => {
    const statement = statementOf(vector);
    expect(publicSignals(statement).map(toHex32)).toEqual([vector.domain, vector.digest, vector.fold]);
    expect(toHex32(digestOf(statement.values))).toBe(vector.digest);
    expect(toHex32(foldOf(statement.values, 10n))).toBe(vector.foldAtTen);
    expect(statementId(statement)).toBe(vector.statementId);
  });

  it('change, with the receipt id, whenever anything in the statement changes', () => {
    const statement = statementOf(vectors[1]);
    const flip = (hex: Hex): Hex => `0x${(hex[2] === '0' ? '1' : '0') + hex.slice(3)}`;
    const changed: Statement[] = [
      { ...statement, chain: statement.chain + 1 },
      { ...statement, contract: flip(statement.contract) },
      { ...statement, subject: flip(statement.subject) },
      { ...statement, unit: statement.unit + 1 },
      { ...statement, beneficiary: flip(statement.beneficiary) },
      { ...statement, circuit: flip(statement.circuit) as CircuitId },
      { ...statement, digest: statement.digest + 1n },
      { ...statement, values: [statement.values[0], statement.values[1] + 1n] },
      { ...statement, values: [...statement.values, 0n] },
    ];
    for (const other of changed) {
      expect(domainOf(other)).not.toBe(domainOf(statement));
      expect(statementId(other)).not.toBe(statementId(statement));
    }
  });

  it('would be forgeable if the domain did not hash the digest: values can then be solved for afterwards', () => {
    const claimed = [7n, 9n];
    const domain = 12345678901234567890n;
    const wanted = foldOf(claimed, domain);
    const chosenLate = 8n;
    const inverse = power(domain, SCALAR_ORDER - 2n);
    const solved = ((((wanted * inverse - chosenLate) % SCALAR_ORDER) + SCALAR_ORDER) * inverse) % SCALAR_ORDER;
    expect(foldOf([chosenLate, solved], domain)).toBe(wanted);
    expect(digestOf([chosenLate, solved])).not.toBe(digestOf(claimed));
  });

  it('are refused for values outside the field', () => {
    const statement = statementOf(vectors[1]);
    expect(() => publicSignals({ ...statement, values: [SCALAR_ORDER, 1n] })).toThrow(RangeError);
    expect(() => publicSignals({ ...statement, digest: SCALAR_ORDER })).toThrow(RangeError);
    expect(() => digestOf([SCALAR_ORDER])).toThrow(RangeError);
    expect(() => digestOf([])).toThrow(RangeError);
  });

  it('tell 16 values from the chain of 17', () => {
    const values = Array.from({ length: 17 }, (_, i) => BigInt(i));
    expect(digestOf(values)).not.toBe(digestOf(values.slice(0, 16)));
    expect(digestOf([...values, 0n])).not.toBe(digestOf(values));
  });
});

describe('ids that contracts recompute', () => {
  it('agree with the vectors, and change with every field', () => {
    const ids = read('ids.json') as {
      chain: number;
      market: Hex;
      parts: CircuitParts;
      circuit: Hex;
      terms: Omit<Terms, 'price' | 'ownerPrice'> & { price: Hex; ownerPrice: Hex };
      task: Hex;
    };
    const terms: Terms = { ...ids.terms, price: BigInt(ids.terms.price), ownerPrice: BigInt(ids.terms.ownerPrice) };
    expect(circuitId(ids.parts)).toBe(ids.circuit);
    expect(taskId(ids.chain, ids.market, terms)).toBe(ids.task);
    expect(taskId(1, ids.market, terms)).not.toBe(ids.task);
    expect(taskId(ids.chain, ids.market, { ...terms, price: terms.price + 1n })).not.toBe(ids.task);
    expect(circuitId({ ...ids.parts, flags: 0 })).not.toBe(ids.circuit);
    expect(circuitId({ ...ids.parts, meter: [1, 2, 3, 4, 5, 6] })).not.toBe(ids.circuit);
  });
});

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % SCALAR_ORDER, left = exponent; left > 0n; left >>= 1n, square = (square * square) % SCALAR_ORDER)
    if (left & 1n) result = (result * square) % SCALAR_ORDER;
  return result;
}
