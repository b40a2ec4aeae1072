/** A receipt is worth what its check refuses: each changed field must be caught, and in the part that it belongs to. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../consensus/ledger.ts';
import { answersOf, partWords, receiptWords } from '../../messages/en/receipt-words.ts';
import { utf8 } from '../protocol/bytes.ts';
import { encodeCbor } from '../protocol/cbor.ts';
import { DEVELOPMENT_TRAPDOOR } from '../protocol/development-key.ts';
import { digestOf } from '../protocol/domain.ts';
import { SCALAR_ORDER, toHex32 } from '../protocol/field.ts';
import { encodeReceipt, type Receipt } from '../protocol/receipt.ts';
import { receiptToJson } from '../protocol/receipt-view.ts';
import { checkReceipt, checkReceiptFile, readReceipt } from './check-receipt.ts';
import type { ReceiptCheck } from './receipt-check/findings.ts';
import { forgedReceipt, OTHER_TRAPDOOR, pairingVerifier } from './receipt-check/forged-receipt.ts';
import { chainOf, deadChain } from './receipt-check/staged-chain.ts';

const verifier = pairingVerifier;

const forged = forgedReceipt();
const brokenParts = (check: ReceiptCheck) => partWords(check).flatMap(({ part, state }) => (state === 'broken' ? [part] : []));

describe('a receipt that holds', () => {
  let offline: ReceiptCheck;
  let asked: ReceiptCheck;
  beforeAll(async () => {
    offline = await checkReceipt(forged.receipt, { verifier });
    asked = await checkReceipt(forged.receipt, { verifier, ledger: chainOf(forged) });
  });

  it('holds offline, with the chain as a claim and the data set as a find', () => {
    expect(offline).toMatchObject({ holds: true, mathematics: { state: 'holds' }, chain: { state: 'claimed', why: 'not-asked' } });
    expect(offline.data).toMatchObject({ state: 'found', firstRow: 4, rows: 3, published: { state: 'not-asked' } });
    expect(receiptWords(offline).shows.join()).toContain('also found');
  });

  it('is proved by a chain that is asked, which also binds and dates the data set', () => {
    expect(asked).toMatchObject({
      holds: true,
      chain: { state: 'proved', paid: 40n },
      data: { state: 'bound', grade: 2, published: { state: 'by-owner' } },
    });
  });

  it('says in words what it shows, for whom, and about which rows', () => {
    const [first] = receiptWords(asked).shows;
    expect(first).toContain('rows 4–6 of data set');
    expect(first).toContain('answers 7, 2, 1;');
    expect(first).toContain('payable to 0x7777…7777 only');
    expect(receiptWords(asked).doesNotShow.join()).toContain('every row of its unit');
  });

  it('binds the data set offline where Terms and Details are brought along', async () => {
    const check = await checkReceipt(forged.receipt, { verifier, task: forged });
    expect(check.data).toMatchObject({ state: 'bound', grade: 2, published: { state: 'not-asked' } });
  });

  it('does not take Terms or Details that the subject is not the hash of', async () => {
    const otherTerms = { ...forged, terms: { ...forged.terms, price: 41n } };
    expect((await checkReceipt(forged.receipt, { verifier, task: otherTerms })).data.state).toBe('found');
    const otherDetails = { ...forged, details: { ...forged.details, grade: 0 as const } };
    expect((await checkReceipt(forged.receipt, { verifier, task: otherDetails })).data.state).toBe('found');
  });
});

/** Every leaf of a receipt, as a path and a receipt with that leaf changed. */
function changedLeaves(receipt: Receipt): readonly (readonly [path: string, changed: Receipt])[] {
  const walk = (value: unknown, path: string, rebuild: (changed: unknown) => unknown): (readonly [string, unknown])[] => {
    if (Array.isArray(value)) return value.flatMap((item: unknown, i) => walk(item, `${path}.${i}`, (changed) => rebuild(value.with(i, changed))));
    if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
      return Object.entries(value).flatMap(([key, item]) =>
        walk(item, path === '' ? key : `${path}.${key}`, (changed) => rebuild({ ...value, [key]: changed })),
      );
    return [[path, rebuild(other(value))]];
  };
  return walk(receipt, '', (changed) => changed)
    .filter(([path]) => !/(^|\.)t$/.test(path))
    .map(([path, changed]) => [path, changed as Receipt]);
}

/** The least different value of the same form. */
function other(value: unknown): unknown {
  if (value instanceof Uint8Array) return value.map((byte, i) => (i === value.length - 1 ? byte ^ 1 : byte));
  if (value === '0x') return `0x${'00'.repeat(32)}`;
  if (typeof value === 'string' && value.startsWith('0x')) return value.slice(0, -1) + (Number.parseInt(value.slice(-1), 16) ^ 1).toString(16);
  if (typeof value === 'string') return `${value}x`;
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'number') return value + 1;
  return value !== true;
}

const PART_OF = [
  [/^(statement|proof)\./, 'mathematics'],
  [/^material\.(circuit|key|model)/, 'circuit'],
  [/^material\.(dataset|path)/, 'data'],
  [/^anchors\./, 'chain'],
] as const;

describe('a changed field', () => {
  it.each(changedLeaves(forged.receipt))('%s breaks the receipt in its own part', async (path, changed) => {
    const check = await checkReceipt(changed, { verifier, ledger: chainOf(forged) });
    expect(check.holds).toBe(false);
    expect(brokenParts(check)).toContain(PART_OF.find(([prefix]) => prefix.test(path))?.[1]);
  });

  it('covers every field that a receipt has', () => {
    expect(changedLeaves(forged.receipt).length).toBeGreaterThan(50);
  });

  it.each(changedLeaves(forged.receipt).filter(([path]) => /^(statement|proof|material\.(circuit|key|model|path))/.test(path)))(
    '%s breaks the receipt with no chain to ask',
    async (_path, changed) => {
      expect((await checkReceipt(changed, { verifier })).holds).toBe(false);
    },
  );
});

describe('mathematics', () => {
  const because = async (receipt: Receipt) => (await checkReceipt(receipt, { verifier })).mathematics;

  it('recomputes the digest even where a proof was made for a false one', async () => {
    expect(await because(forgedReceipt({ statement: { digest: 5n } }).receipt)).toEqual({ state: 'fails', because: 'digest' });
  });

  it('insists on the number of values that the circuit has', async () => {
    const values = [...forged.receipt.statement.values, 0n];
    expect(await because(forgedReceipt({ statement: { values, digest: digestOf(values) } }).receipt)).toEqual({
      state: 'fails',
      because: 'value-count',
    });
    expect(await because(forgedReceipt({ circuit: { values: 3 } }).receipt)).toEqual({ state: 'fails', because: 'value-count' });
    expect(await because({ ...forged.receipt, statement: { ...forged.receipt.statement, values: [] } })).toEqual({
      state: 'fails',
      because: 'value-count',
    });
  });

  it('insists on an input and answers, so that none are read out of nothing', async () => {
    const values = forged.receipt.statement.values.slice(0, 1);
    const { receipt } = forgedReceipt({ circuit: { values: 1 }, statement: { values } });
    const check = await checkReceipt(receipt, { verifier });
    expect(check).toMatchObject({ holds: false, circuit: { state: 'unknown' }, mathematics: { state: 'fails', because: 'value-count' } });
    expect(answersOf(check)).toEqual([]);
  });

  it('gives no answers where it fails, nor where the circuit is broken', async () => {
    const { statement } = forged.receipt;
    const changed = { ...forged.receipt, statement: { ...statement, values: [statement.values[0] ?? 0n, 1n] } };
    expect(answersOf(await checkReceipt(changed, { verifier }))).toEqual([]);
    expect(answersOf(await checkReceipt(forgedReceipt({ flags: 0 }).receipt, { verifier }))).toEqual([]);
  });

  it('refuses a value that equals another modulo r', async () => {
    const { statement } = forged.receipt;
    const values = [statement.values[0] ?? 0n, (statement.values[1] ?? 0n) + SCALAR_ORDER];
    expect(await because({ ...forged.receipt, statement: { ...statement, values } })).toEqual({ state: 'fails', because: 'value-range' });
  });

  it('knows one proof system', async () => {
    expect(await because({ ...forged.receipt, proof: { ...forged.receipt.proof, system: 2 } })).toEqual({ state: 'fails', because: 'system' });
  });

  it('refuses points that are off the curve before any pairing', async () => {
    const bytes = forged.receipt.proof.bytes.map(() => 1);
    expect(await because({ ...forged.receipt, proof: { system: 1, bytes } })).toEqual({ state: 'fails', because: 'proof' });
  });
});

describe('the circuit', () => {
  const circuitOf = async (options: Parameters<typeof forgedReceipt>[0]) =>
    (await checkReceipt(forgedReceipt(options).receipt, { verifier })).circuit;

  it('is INSECURE with a development key, in findings and in words, always', async () => {
    const check = await checkReceipt(forged.receipt, { verifier });
    expect(check.circuit).toMatchObject({ state: 'unknown', insecure: true });
    expect(receiptWords(check).assumes.join()).toContain('INSECURE');
    expect(partWords(check).find(({ part }) => part === 'circuit')).toMatchObject({ word: 'INSECURE' });
  });

  it('says that whoever made an unknown key could forge, and not so where the circuit is known', async () => {
    const { receipt } = forgedReceipt({ trapdoor: OTHER_TRAPDOOR, flags: 0 });
    const assumed = async (trusted: object) => receiptWords(await checkReceipt(receipt, { verifier, trusted })).assumes.join();
    expect(await assumed({})).toContain('Nothing here says who made this key');
    expect(await assumed({ listed: [receipt.statement.circuit] })).not.toContain('who made this key');
  });

  it('is INSECURE even where it is recompiled and listed', async () => {
    const { receipt } = forged;
    const trusted = { recompiled: [receipt.statement.circuit], listed: [receipt.statement.circuit] };
    const check = await checkReceipt(receipt, { verifier, trusted });
    expect(check.circuit).toMatchObject({ state: 'recompiled', insecure: true });
    expect(receiptWords(check).assumes.join()).toContain('INSECURE');
  });

  it('is broken where a development key is not marked as one', async () => {
    expect(await circuitOf({ flags: 0 })).toEqual({ state: 'broken', insecure: true, because: 'unmarked-development-key' });
  });

  it('is broken where a development key is used off the development chain, whatever the flag says', async () => {
    expect(await circuitOf({ chain: 1 })).toEqual({ state: 'broken', insecure: true, because: 'development-key' });
    expect(await circuitOf({ chain: 1, flags: 0 })).toMatchObject({ state: 'broken' });
  });

  it('is broken where a circuit that says it is INSECURE is used off the development chain, with whatever key', async () => {
    const elsewhere = await circuitOf({ trapdoor: OTHER_TRAPDOOR, flags: 1, chain: 1 });
    expect(elsewhere).toEqual({ state: 'broken', insecure: true, because: 'development-key' });
  });

  it('is unknown, and not INSECURE, with a key of its own', async () => {
    expect(await circuitOf({ trapdoor: OTHER_TRAPDOOR, flags: 0, chain: 1 })).toMatchObject({ state: 'unknown', insecure: false });
  });

  it('is listed or recompiled only where the one who checks says so', async () => {
    const { receipt } = forgedReceipt({ trapdoor: OTHER_TRAPDOOR, flags: 0 });
    const listed = await checkReceipt(receipt, { verifier, trusted: { listed: [receipt.statement.circuit] } });
    expect(listed.circuit).toMatchObject({ state: 'listed', insecure: false });
  });

  it.each([
    ['gamma = delta', { ...OTHER_TRAPDOOR, gamma: OTHER_TRAPDOOR.delta }],
    ['gamma = -delta', { ...OTHER_TRAPDOOR, gamma: SCALAR_ORDER - OTHER_TRAPDOOR.delta }],
    ['delta = generator', { ...OTHER_TRAPDOOR, delta: 1n }],
    ['delta = -generator', { ...OTHER_TRAPDOOR, delta: SCALAR_ORDER - 1n }],
  ])('is broken with a key where %s, though the equation holds', async (_name, trapdoor) => {
    const check = await checkReceipt(forgedReceipt({ trapdoor, flags: 0 }).receipt, { verifier });
    expect(check).toMatchObject({ holds: false, circuit: { state: 'broken', because: 'key' }, mathematics: { state: 'fails', because: 'key' } });
  });

  it('is broken with a key that its circuit does not name, though the equation holds under it: whoever made the key can prove anything', async () => {
    const { key } = forgedReceipt({ trapdoor: { ...OTHER_TRAPDOOR, alpha: 9n } }).receipt.material.circuit;
    const check = await checkReceipt(forgedReceipt({ trapdoor: OTHER_TRAPDOOR, flags: 0, circuit: { key } }).receipt, { verifier });
    expect(check).toMatchObject({ holds: false, mathematics: { state: 'holds' }, circuit: { state: 'broken', because: 'key-hash' } });
  });

  it('shows nothing in words where it is broken', async () => {
    const check = await checkReceipt(forgedReceipt({ flags: 0 }).receipt, { verifier });
    expect(receiptWords(check).shows).toEqual(['Nothing: this receipt does not hold.']);
  });

  it('treats the flag alone as INSECURE too', async () => {
    expect(await circuitOf({ trapdoor: OTHER_TRAPDOOR, flags: 1 })).toMatchObject({ insecure: true });
  });

  it('knows the development trapdoor by its points', () => {
    expect(forgedReceipt({ trapdoor: { ...DEVELOPMENT_TRAPDOOR } }).receipt.material.key).toBe(forged.receipt.material.key);
  });
});

describe('the data', () => {
  const dataOf = async (receipt: Receipt, task = forged) => (await checkReceipt(receipt, { verifier, task })).data;
  const withDataset = (changes: Partial<Receipt['material']['dataset']>): Receipt => ({
    ...forged.receipt,
    material: { ...forged.receipt.material, dataset: { ...forged.receipt.material.dataset, ...changes } },
  });

  it('is broken where the path points past the rows', async () => {
    expect(await dataOf(withDataset({ rows: 4 }))).toEqual({ state: 'broken', because: 'rows' });
  });

  it('is broken where the task names another data set', async () => {
    expect(await dataOf(withDataset({ owner: forged.terms.judge }))).toEqual({ state: 'broken', because: 'other-dataset' });
  });

  it('is only found, never bound, where a stranger publishes a head with a copied root', async () => {
    const copied = withDataset({ owner: forged.terms.judge });
    expect((await checkReceipt(copied, { verifier })).data).toMatchObject({ state: 'found', owner: forged.terms.judge });
  });

  it.each<[string, Partial<Receipt['material']['dataset']>]>([
    ['one level more', { depth: 4, rows: 16 }],
    ['one level more, and shards to match', { depth: 4, shardRows: 8, rows: 16 }],
    ['one level more, shards and narrower columns to match', { depth: 4, shardRows: 8, rows: 16, schema: [{ name: 'pixel', bits: 8, count: 392 }] }],
    ['one level less, and shards to match', { depth: 2, shardRows: 2 }],
    ['larger shards', { shardRows: 8 }],
  ])('is broken by a head with the same root and %s: nobody proved that many answers', async (_name, changes) => {
    const check = await checkReceipt(withDataset(changes), { verifier });
    expect(check).toMatchObject({ holds: false, mathematics: { state: 'holds' }, data: { state: 'broken', because: 'unit' } });
    expect(answersOf(check)).toEqual([]);
    expect(receiptWords(check).shows.join()).not.toContain('answers');
    expect(partWords(check).find(({ part }) => part === 'data')?.detail).toContain('more or fewer rows than the circuit proved');
  });

  it.each([5, 7, 8, 4_000_000_000])(
    'gives every answer that was proven, and no more, where a head that nobody vouches for counts %i rows',
    async (rows) => {
      const check = await checkReceipt(withDataset({ rows }), { verifier });
      expect(check.data).toMatchObject({ state: 'found', unitRows: 4 });
      expect(answersOf(check)).toEqual([7, 2, 1, 0]);
      expect(receiptWords(check).shows.join()).toContain('answers 7, 2, 1, 0 (one for each of the unit’s 4 rows, padding too)');
    },
  );

  it('leaves padding out where the head that the task names says which rows are padding', async () => {
    expect(answersOf(await checkReceipt(forged.receipt, { verifier, task: forged }))).toEqual([7, 2, 1]);
  });

  it.each<[string, Parameters<typeof forgedReceipt>[0]]>([
    ['reads three rows', { circuit: { meter: [0, 0, 0, 3 * 784, 64, 0] } }],
    ['reads no bytes into a model without inputs', { circuit: { meter: [0, 0, 0, 0, 64, 0] }, model: { inputs: [] } }],
    ['reads rows of another width than its model', { model: { inputs: [{ name: 'pixels', shape: [28, 27], bits: 8, signed: false }] } }],
  ])('is broken where the circuit %s', async (_name, options) => {
    const check = await checkReceipt(forgedReceipt(options).receipt, { verifier });
    expect(check).toMatchObject({ circuit: { state: 'unknown' }, data: { state: 'broken', because: 'unit' } });
  });

  it('counts a row of several inputs in every shape', async () => {
    const inputs = [
      { name: 'image', shape: [28, 14], bits: 8, signed: false },
      { name: 'more', shape: [196], bits: 16, signed: false },
    ];
    expect((await checkReceipt(forgedReceipt({ model: { inputs } }).receipt, { verifier })).data).toMatchObject({ state: 'found', unitRows: 4 });
  });

  it('is broken, and nothing is counted out, where a unit has more rows than answers fit one value', async () => {
    const rows = 2 ** 31;
    const one = { name: 'one', bits: 8 };
    const vast = forgedReceipt({
      statement: { values: [77n, 1n] },
      circuit: { meter: [0, 0, 0, rows, 64, 0] },
      model: { inputs: [{ ...one, shape: [1], signed: false }] },
      dataset: { schema: [{ ...one, count: 1 }], rows, depth: 31, shardRows: rows, root: toHex32(77n) },
    }).receipt;
    const whole = { ...vast, material: { ...vast.material, path: { index: 0, siblings: [] } } };
    expect(await checkReceipt(whole, { verifier })).toMatchObject({ holds: false, data: { state: 'broken', because: 'answers' } });
  });

  it('is broken where there are more answers than rows', async () => {
    const { receipt } = forgedReceipt({ answers: [7, 2, 1, 0, 5] });
    expect((await checkReceipt(receipt, { verifier })).data).toEqual({ state: 'broken', because: 'answers' });
  });

  it('is broken where the path is longer than the tree is deep, or its index lies outside', async () => {
    expect(await dataOf(withDataset({ depth: 0 }))).toEqual({ state: 'broken', because: 'path' });
    const { material } = forged.receipt;
    const outside = { ...forged.receipt, material: { ...material, path: { ...material.path, index: 3 } } };
    expect(await dataOf(outside)).toEqual({ state: 'broken', because: 'path' });
  });

  it('is broken where a sibling is spelled r higher', async () => {
    const { material } = forged.receipt;
    const siblings = material.path.siblings.map((sibling) => `0x${(BigInt(sibling) + SCALAR_ORDER).toString(16).padStart(64, '0')}` as const);
    expect(await dataOf({ ...forged.receipt, material: { ...material, path: { ...material.path, siblings } } })).toEqual({
      state: 'broken',
      because: 'path',
    });
  });

  it('says who published, and when nobody or somebody else did', async () => {
    const published = async (publisher: `0x${string}` | null) =>
      (await checkReceipt(forged.receipt, { verifier, ledger: chainOf(forged, { publisher }) })).data;
    expect(await published(null)).toMatchObject({ published: { state: 'unpublished' } });
    expect(await published(forged.terms.judge)).toMatchObject({ published: { state: 'by-another', publisher: forged.terms.judge } });
  });

  it('is only found where the chain has no Details for the task, or bytes that are none', async () => {
    for (const details of [null, '0xa0'] as const)
      expect((await checkReceipt(forged.receipt, { verifier, ledger: chainOf(forged, { details }) })).data.state).toBe('found');
  });

  it('is none for a kind that this program does not know, of which no words about a model are said', async () => {
    const check = await checkReceipt(forgedReceipt({ circuit: { kind: 5 } }).receipt, { verifier });
    expect(check).toMatchObject({ mathematics: { state: 'holds' }, data: { state: 'none' } });
    expect(answersOf(check)).toEqual([]);
    expect(receiptWords(check).shows.join()).toContain('kind 5, for which this program has no words, with 2 values; for task');
    expect(receiptWords(check).shows.join()).not.toMatch(/Model|answers/);
  });

  it('is broken where the task has no such unit, whatever the kind', async () => {
    for (const circuit of [{}, { kind: 5 }]) {
      const task = forgedReceipt({ circuit });
      const past = { subject: task.receipt.statement.subject, unit: task.terms.units };
      const { receipt } = forgedReceipt({ circuit, statement: past });
      expect((await checkReceipt(receipt, { verifier })).holds).toBe(true);
      expect(await checkReceipt(receipt, { verifier, task })).toMatchObject({ holds: false, data: { state: 'broken', because: 'no-such-unit' } });
    }
  });
});

describe('the chain', () => {
  const chain = async (ledger: Ledger, receipt = forged.receipt) => (await checkReceipt(receipt, { verifier, ledger })).chain;
  const without = { ...forged.receipt, anchors: [] };

  it('is a claim where the chain does not answer or is another one', async () => {
    expect(await chain(deadChain)).toMatchObject({ state: 'claimed', why: 'unreachable' });
    const elsewhere = forgedReceipt({ chain: 5 });
    expect(await chain(chainOf(elsewhere), elsewhere.receipt)).toMatchObject({ state: 'claimed', why: 'other-chain' });
  });

  it('is a claim where the chain shows a payment and not the terms that it was made under', async () => {
    for (const terms of [null, { ...forged.terms, price: 41n }])
      expect(await chain(chainOf(forged, { terms }))).toMatchObject({ state: 'claimed', why: 'unreachable' });
  });

  it('is broken where the chain never settled the unit', async () => {
    expect(await chain(chainOf(forged, { settlement: null }))).toEqual({ state: 'broken', because: 'not-settled' });
  });

  it.each([
    ['another account', { beneficiary: forged.terms.judge }],
    ['other answers', { values: [1n, 2n] }],
    ['fewer answers', { values: forged.receipt.statement.values.slice(0, 1) }],
  ])('is broken where it was settled for %s', async (_name, settlement) => {
    expect(await chain(chainOf(forged, { settlement }))).toEqual({ state: 'broken', because: 'other-settlement' });
  });

  it('is broken, also where nobody is asked, where the file names two places for one settlement', async () => {
    const [anchor] = forged.receipt.anchors;
    if (anchor === undefined) throw new Error('the receipt has no anchor');
    const twice = (second: typeof anchor) => checkReceipt({ ...forged.receipt, anchors: [anchor, second] }, { verifier });
    expect((await twice({ ...anchor, block: 42 })).chain).toEqual({ state: 'broken', because: 'two-places' });
    expect((await twice({ ...anchor })).chain).toMatchObject({ state: 'claimed' });
  });

  it('is absent where neither file nor chain speaks of it, and proved where only the chain does', async () => {
    expect(await chain(chainOf(forged, { settlement: null }), without)).toEqual({ state: 'absent' });
    expect((await checkReceipt(without, { verifier })).chain).toEqual({ state: 'absent' });
    expect(await chain(chainOf(forged), without)).toMatchObject({ state: 'proved' });
  });
});

describe('a receipt for another circuit than the task asks for', () => {
  // A real settlement, copied whole; circuit, key and proof are of whoever copies, and nothing in them says INSECURE.
  const copied = forgedReceipt({ trapdoor: OTHER_TRAPDOOR, flags: 0, statement: { subject: forged.receipt.statement.subject } }).receipt;
  const behind = { terms: forged.terms, details: forged.details };
  const otherCircuit = { state: 'broken', because: 'other-circuit' };

  it('adds up in itself, so that only the task can contradict it', async () => {
    const check = await checkReceipt(copied, { verifier });
    expect(check).toMatchObject({ holds: true, mathematics: { state: 'holds' }, circuit: { state: 'unknown', insecure: false } });
    expect(check.chain).toMatchObject({ state: 'claimed' });
  });

  it.each([
    ['as it is', {}],
    ['with nobody having published its Details', { details: null }],
  ])('is not proved by the chain that settled the task (%s): circuit and chain are broken, and nothing is shown', async (_name, changes) => {
    const check = await checkReceipt(copied, { verifier, ledger: chainOf({ ...behind, receipt: copied }, changes) });
    expect(check).toMatchObject({ holds: false, circuit: otherCircuit, chain: otherCircuit });
    expect(receiptWords(check).shows).toEqual(['Nothing: this receipt does not hold.']);
    expect(partWords(check).find(({ part }) => part === 'chain')?.detail).toContain('another circuit');
  });

  it('is broken offline too, by a task that whoever checks brings along, with its Details or without', async () => {
    for (const task of [behind, { ...behind, details: null }])
      expect(await checkReceipt(copied, { verifier, task })).toMatchObject({ holds: false, circuit: otherCircuit });
  });

  it('is broken whatever kind the circuit says it is', async () => {
    const { receipt } = forgedReceipt({
      trapdoor: OTHER_TRAPDOOR,
      flags: 0,
      circuit: { kind: 5 },
      statement: { subject: forged.receipt.statement.subject },
    });
    expect(await checkReceipt(receipt, { verifier, task: behind })).toMatchObject({ holds: false, circuit: otherCircuit });
  });

  it('is told from the task’s own circuit whatever the case of its hexadecimal text', async () => {
    const terms = { ...forged.terms, circuit: forged.terms.circuit.toUpperCase().replace('0X', '0x') as typeof forged.terms.circuit };
    expect(await checkReceipt(forged.receipt, { verifier, task: { ...behind, terms } })).toMatchObject({ holds: true, data: { state: 'bound' } });
  });
});

describe('a receipt file', () => {
  const json = (changes: object = {}) => utf8(JSON.stringify({ ...receiptToJson(forged.receipt), ...changes }, null, 2));

  it('is read from CBOR and from its JSON view', () => {
    expect(readReceipt(encodeReceipt(forged.receipt))).toEqual({ ok: true, value: forged.receipt });
    expect(readReceipt(json())).toEqual({ ok: true, value: forged.receipt });
  });

  it('is refused when it is no receipt, and says what was met', () => {
    expect(readReceipt(utf8('{"hello": 1}'))).toMatchObject({ ok: false, failure: { kind: 'not-a-receipt' } });
    expect(readReceipt(utf8('{ not json'))).toMatchObject({ ok: false, failure: { kind: 'not-a-receipt' } });
    expect(readReceipt(new Uint8Array([0xa1, 0x61]))).toMatchObject({ ok: false, failure: { kind: 'not-a-receipt' } });
    expect(readReceipt(new Uint8Array(1_048_577))).toMatchObject({ ok: false, failure: { kind: 'too-large' } });
  });

  it('is refused when bytes follow it', () => {
    expect(readReceipt(new Uint8Array([...encodeReceipt(forged.receipt), 0]))).toMatchObject({ ok: false });
  });

  it.each([
    ['id', { id: `0x${'00'.repeat(32)}` }],
    ['snarkjs part', { snarkjs: null }],
    ['unknown field', { note: 'paid twice' }],
    [
      'statement, its digest spelt with a leading zero,',
      { statement: { ...(receiptToJson(forged.receipt).statement as object), digest: `0${forged.receipt.statement.digest}` } },
    ],
  ])('does not hold when its %s tells another story', async (_name, changes) => {
    const check = await checkReceiptFile(json(changes), { verifier });
    expect(check).toMatchObject({ ok: true, value: { holds: false, twoStories: true, mathematics: { state: 'holds' } } });
    expect(check.ok && receiptWords(check.value).shows.join()).toContain('Nothing');
  });

  it.each<[string, (text: string) => string]>([
    ['a statement', (text) => text.replace('"statement":', '"statement": {"unit": 99}, "statement":')],
    ['its answers', (text) => text.replace('"values":', '"values": ["1", "295"], "values":')],
    ['a key in other letters', (text) => text.replace('"unit":', String.raw`"uni\u0074" : 99, "unit":`)],
  ])('does not hold when %s stands in it twice: a person may read the first, and a parser takes the last', async (_name, edit) => {
    const text = JSON.stringify(receiptToJson(forged.receipt));
    expect(edit(text)).not.toBe(text);
    expect(await checkReceiptFile(utf8(edit(text)), { verifier })).toMatchObject({ ok: true, value: { holds: false, twoStories: true } });
  });

  it('holds with names that look like keys', async () => {
    const named = forgedReceipt({ dataset: { schema: [{ name: 'a":b\\', bits: 8, count: 784 }] } }).receipt;
    expect(await checkReceiptFile(utf8(JSON.stringify(receiptToJson(named))), { verifier })).toMatchObject({ ok: true, value: { holds: true } });
  });

  it('does not write on the screen of whoever checks it', () => {
    const erase = '\u001b[2K\rreceipt.cbor: holds.\n\u202e\u2028\u0085';
    for (const file of [encodeCbor({ [erase]: 1 }), encodeCbor({ ['long'.repeat(10_000)]: 1 }), utf8(`{${erase}`), utf8(`{"t": ${erase}}`)]) {
      const read = readReceipt(file);
      if (read.ok || read.failure.kind !== 'not-a-receipt') throw new Error('it was read as a receipt');
      expect(read.failure.detail).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(read.failure.detail.length).toBeLessThan(300);
    }
  });

  it('holds whatever the order of its keys and the case of its hexadecimal text', async () => {
    const shuffled = Object.fromEntries(
      Object.entries({ ...receiptToJson(forged.receipt), id: receiptToJson(forged.receipt).id.toUpperCase().replace('0X', '0x') }).reverse(),
    );
    expect(await checkReceiptFile(utf8(JSON.stringify(shuffled)), { verifier })).toMatchObject({ ok: true, value: { holds: true } });
  });

  it('fails in mathematics where one answer was changed by hand', async () => {
    const view = receiptToJson(forged.receipt) as { statement: object };
    const statement = { ...view.statement, values: [String(forged.receipt.statement.values[0]), '5'] };
    expect(await checkReceiptFile(json({ statement }), { verifier })).toMatchObject({
      ok: true,
      value: { holds: false, mathematics: { state: 'fails', because: 'digest' } },
    });
  });

  it('is refused, unchecked, when it cannot be read', async () => {
    expect(await checkReceiptFile(utf8('{}'), { verifier })).toMatchObject({ ok: false, failure: { kind: 'not-a-receipt' } });
  });
});
