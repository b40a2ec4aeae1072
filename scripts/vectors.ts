/** The protocol's test vectors, by file name: made from fixed inputs, committed in fixtures/vectors, and read by TypeScript, circuit and contract tests. */
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, DhkemX25519HkdfSha256, HkdfSha256, type KemInterface } from '@hpke/core';
import { hashTypedData } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { concatBytes, fromHex, toHex, utf8, type Hex } from '../src/protocol/bytes.ts';
import { encodeCbor, type CborValue } from '../src/protocol/cbor.ts';
import { circuitId, type CircuitParts } from '../src/protocol/circuit.ts';
import { claimTypedData, encodeAuth, type ClaimMessage } from '../src/protocol/claim.ts';
import { developmentPoints, DEVELOPMENT_TRAPDOOR } from '../src/protocol/development-key.ts';
import { digestOf, foldOf, publicSignals } from '../src/protocol/domain.ts';
import { encodeEvidence } from '../src/protocol/evidence.ts';
import { SCALAR_ORDER, toHex32 } from '../src/protocol/field.ts';
import { encodeHead, headId, type Head } from '../src/protocol/heads.ts';
import type { BlobId, CircuitId, DatasetId, DetailsId, ModelId } from '../src/protocol/ids.ts';
import { inputPath, inputsRoot } from '../src/protocol/input-tree.ts';
import { poseidon } from '../src/protocol/poseidon.ts';
import { encodeReceipt, statementId, type Receipt, type Statement } from '../src/protocol/receipt.ts';
import { packRow, rowLeaf } from '../src/protocol/row-leaf.ts';
import { rowSalt } from '../src/protocol/row-salts.ts';
import { nodeOver, pathToRoot } from '../src/protocol/row-tree.ts';
import { sha256 } from '../src/protocol/sha256.ts';
import { deriveShardKey } from '../src/protocol/shard-key.ts';
import { shardId, shardNodes } from '../src/protocol/shard-tree.ts';
import { taskId, type Terms } from '../src/protocol/terms.ts';
import { u32Bytes } from '../src/protocol/u32.ts';
import { boxKeyHash } from '../src/protocol/wrapped-key.ts';
import { answerVectors } from './vectors/answers.ts';
import { graphVectors } from './vectors/graph.ts';
import { keyAndProofVectors } from './vectors/key-and-proof.ts';
import { named } from './vectors/named.ts';
import { receiptViewVector } from './vectors/receipt-view.ts';
import { shardListVectors } from './vectors/shard-list.ts';
import { sponsorVectors } from './vectors/sponsor.ts';
import { wireVectors } from './vectors/wire.ts';

const CHAIN = 31_337;
const MARKET: Hex = `0x${'a1'.repeat(20)}`;
const CLAIMANT_SECRET: Hex = `0x${'07'.repeat(32)}`;

const parts: CircuitParts = {
  system: 1,
  kind: 1,
  model: named('a model') as ModelId,
  relation: named('a relation'),
  key: named('a key'),
  values: 2,
  meter: [53_600, 437_000, 0, 3136, 8, 0],
  flags: 1,
};

const terms: Terms = {
  requester: `0x${'b2'.repeat(20)}`,
  circuit: circuitId(parts),
  inputs: named('inputs'),
  units: 8,
  price: 40_000_000_000_000_000n,
  owner: `0x${'c3'.repeat(20)}`,
  ownerPrice: 0n,
  gate: `0x${'00'.repeat(20)}`,
  judge: `0x${'d4'.repeat(20)}`,
  closes: 1_900_000_000,
  lease: 600,
  tariff: 0,
  details: named('details') as DetailsId,
};

function statementOf(values: readonly bigint[], circuit: CircuitId = circuitId(parts)): Statement {
  return {
    t: 'prooftab/statement/1',
    circuit,
    chain: CHAIN,
    contract: MARKET,
    subject: taskId(CHAIN, MARKET, terms),
    unit: 3,
    beneficiary: privateKeyToAccount(CLAIMANT_SECRET).address.toLowerCase() as Hex,
    values,
    digest: digestOf(values),
  };
}

/** Every file of fixtures/vectors, ready to be written as JSON. Integers are 32-byte hexadecimal, so that Solidity reads them too. */
export async function vectors(): Promise<Record<string, unknown>> {
  return {
    'cbor.json': cborVectors(),
    'poseidon.json': [1, 2, 3, 5, 16].map((count) => {
      const inputs = Array.from({ length: count }, (_, i) => BigInt(i + 1));
      return { inputs: inputs.map(toHex32), hash: toHex32(poseidon(inputs)) };
    }),
    'ids.json': {
      chain: CHAIN,
      market: MARKET,
      parts,
      circuit: circuitId(parts),
      terms: { ...terms, price: toHex32(terms.price), ownerPrice: toHex32(terms.ownerPrice) },
      task: taskId(CHAIN, MARKET, terms),
    },
    'heads.json': heads().map((head) => ({ head, cbor: toHex(encodeHead(head)), id: headId(head), kind: named(head.t) })),
    'signals.json': [1, 2, 5, 16, 20].map((count) =>
      signalVector(Array.from({ length: count }, (_, i) => (BigInt(named(`value ${i}`)) * 7n) % SCALAR_ORDER)),
    ),
    'inputs.json': [1, 2, 5, 8].map(inputVector),
    'rows.json': rowVector(),
    'shard-tree.json': [0, 1, 1024, 1025, 3136 + 28, 262_144, 262_145, 700_000].map((size) => {
      const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31 + 7) & 255);
      return { size, rule: 'byte i is (31 i + 7) mod 256', nodes: shardNodes(bytes), id: shardId(bytes) };
    }),
    'sealed-shard.json': await sealVector(),
    'wrapped-key.json': await wrapVector(new DhkemX25519HkdfSha256()),
    'wrapped-key-p256.json': await wrapVector(new DhkemP256HkdfSha256()),
    'claim.json': await claimVector(),
    'development-key.json': {
      points: toHex(developmentPoints()),
      sha256: sha256(developmentPoints()),
      scalars: Object.fromEntries(Object.entries(DEVELOPMENT_TRAPDOOR).map(([name, scalar]: [string, bigint]) => [name, toHex32(scalar)])),
    },
    'receipt.json': receiptVector(),
    'receipt-view.json': receiptViewVector(),
    'key-and-proof.json': keyAndProofVectors(),
    'graph.json': graphVectors(),
    'shard-list.json': shardListVectors(),
    'answers.json': answerVectors(),
    'wire.json': wireVectors(),
    'sponsor.json': sponsorVectors(),
  };
}

function cborVectors(): unknown {
  const accepted: [string, CborValue][] = [
    ['keys sort by their encoding, shorter first', { b: 1, aa: 2, a: 3 }],
    ['the largest integer', 2n ** 64n - 1n],
    ['the smallest integer', -(2n ** 63n)],
    ['bytes', new Uint8Array([1, 2, 3])],
    ['nesting', { list: [1, [true, 'text'], { deep: new Uint8Array() }] }],
  ];
  return {
    accepted: accepted.map(([name, value]) => ({ name, cbor: toHex(encodeCbor(value)) })),
    refused: [
      { name: 'an integer that is not shortest', cbor: '0x1900ff' },
      { name: 'an indefinite list', cbor: '0x9fff' },
      { name: 'the same key twice', cbor: '0xa2616101616102' },
      { name: 'unsorted keys', cbor: '0xa2616201616101' },
      { name: 'bytes after the end', cbor: '0x0100' },
      { name: 'a float', cbor: '0xfb3ff0000000000000' },
      { name: 'a float that is whole', cbor: '0xf93c00' },
      { name: 'a tag', cbor: '0xc101' },
      { name: 'null', cbor: '0xf6' },
      { name: 'undefined', cbor: '0xf7' },
      { name: 'a key that is not text', cbor: '0xa10102' },
      { name: 'an integer below -2^63', cbor: '0x3bffffffffffffffff' },
      { name: 'nothing', cbor: '0x' },
      { name: 'too deep', cbor: `0x${'81'.repeat(5000)}00` },
    ],
  };
}

function heads(): Head[] {
  return [
    {
      t: 'prooftab/model/1',
      onnx: named('onnx') as BlobId,
      graph: named('graph'),
      inputs: [{ name: 'pixels', shape: [784], bits: 8, signed: false }],
      outputs: [{ name: 'logits', shape: [10], bits: 24, signed: true }],
    },
    {
      t: 'prooftab/dataset/1',
      schema: [{ name: 'pixels', bits: 8, count: 784 }],
      salt: named('salt'),
      rows: 255,
      depth: 8,
      shardRows: 4,
      root: toHex32(BigInt(named('root')) >> 8n),
      root2: '0x',
      shards: named('shards') as BlobId,
      owner: terms.owner,
    },
    {
      t: 'prooftab/inputs/1',
      root: named('inputs'),
      units: [
        { shard: 0, input: toHex32(7n) },
        { shard: 63, input: toHex32(8n) },
      ],
    },
    {
      t: 'prooftab/details/1',
      dataset: named('dataset') as DatasetId,
      grade: 2,
      grant: '0x',
      round: '0x',
      text: 'Classify handwritten digits',
      nonce: `0x${'05'.repeat(16)}`,
    },
    {
      t: 'prooftab/artefacts/1',
      circuit: circuitId(parts),
      model: parts.model,
      provingKey: named('proving key') as BlobId,
      provingKeyBytes: 38_000_000,
      relation: named('relation file') as BlobId,
      relationBytes: 60_000_000,
      onnxBytes: 111_000,
    },
  ];
}

function signalVector(values: readonly bigint[]): unknown {
  const statement = statementOf(values);
  const [domain, digest, fold] = publicSignals(statement);
  return {
    chain: statement.chain,
    contract: statement.contract,
    subject: statement.subject,
    unit: statement.unit,
    beneficiary: statement.beneficiary,
    circuit: statement.circuit,
    values: values.map(toHex32),
    domain: toHex32(domain),
    digest: toHex32(digest),
    fold: toHex32(fold),
    foldAtTen: toHex32(foldOf(values, 10n)),
    statementId: statementId(statement),
  };
}

function inputVector(units: number): unknown {
  const inputs = Array.from({ length: units }, (_, unit) => BigInt(named(`input ${unit}`)) >> 8n);
  return { inputs: inputs.map(toHex32), root: inputsRoot(inputs), paths: inputs.map((_, unit) => inputPath(inputs, unit)) };
}

function rowVector(): unknown {
  const ownerSecret = new Uint8Array(32).fill(1);
  const datasetSalt = new Uint8Array(32).fill(2);
  const key = deriveShardKey(ownerSecret, datasetSalt, 5);
  const rows = Array.from({ length: 4 }, (_, row) => Uint8Array.from({ length: 784 }, (_, i) => (i * 13 + row * 101) & 255));
  const salts = rows.map((_, i) => rowSalt(key, datasetSalt, 20 + i));
  const leaves = rows.map((row, i) => rowLeaf(salts[i] ?? 0n, packRow(row, 8)));
  const siblings = pathToRoot(leaves, 2, 2);
  return {
    rule: 'value i of row k is (13 i + 101 k) mod 256; shard 5 of 4 rows',
    ownerSecret: toHex(ownerSecret),
    datasetSalt: toHex(datasetSalt),
    shardKey: toHex(key),
    salts: salts.map(toHex32),
    words: packRow(rows[0] ?? [], 8).map(toHex32),
    leaves: leaves.map(toHex32),
    node: toHex32(nodeOver(leaves)),
    pathOfLeaf2: siblings.map(toHex32),
  };
}

/** Written from the specification alone, with the nonce that {@link sealShard} draws at random held still. */
async function sealVector(): Promise<unknown> {
  const key = fromHex(named('shard key'));
  const datasetSalt = fromHex(named('salt'));
  const index = 5;
  const nonce = new Uint8Array(12).fill(0x0c);
  const rows = Uint8Array.from({ length: 40 }, (_, i) => i * 6);
  const secret = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: concatBytes(datasetSalt, u32Bytes(index)) },
    secret,
    rows,
  );
  return {
    key: toHex(key),
    datasetSalt: toHex(datasetSalt),
    index,
    rows: toHex(rows),
    sealed: toHex(concatBytes(nonce, new Uint8Array(ciphertext))),
  };
}

/** As above: HPKE with the sender's ephemeral key derived from a fixed text, as RFC 9180's own vectors do. */
async function wrapVector(kem: KemInterface): Promise<unknown> {
  const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });
  const box = await suite.kem.deriveKeyPair(fromHex(named('box')));
  const boxPublic = new Uint8Array(await suite.kem.serializePublicKey(box.publicKey));
  const boxSecret = new Uint8Array(await suite.kem.serializePrivateKey(box.privateKey));
  const [task, unit, shard, shardKey] = [taskId(CHAIN, MARKET, terms), 3, named('shard'), named('shard key')];
  const claimant = privateKeyToAccount(CLAIMANT_SECRET).address.toLowerCase() as Hex;
  const sender = await suite.createSenderContext({
    recipientPublicKey: box.publicKey,
    ekm: await suite.kem.deriveKeyPair(fromHex(named('ephemeral'))),
    info: concatBytes(utf8('prooftab/key/1'), fromHex(task), u32Bytes(unit), fromHex(claimant)),
  });
  const ct = await sender.seal(fromHex(shardKey), fromHex(shard));
  return {
    task,
    unit,
    claimant,
    shard,
    shardKey,
    boxSecret: toHex(boxSecret),
    boxPublic: toHex(boxPublic),
    boxKey: boxKeyHash(boxPublic),
    enc: toHex(new Uint8Array(sender.enc)),
    ct: toHex(new Uint8Array(ct)),
  };
}

async function claimVector(): Promise<unknown> {
  const account = privateKeyToAccount(CLAIMANT_SECRET);
  const claim: ClaimMessage = {
    chainId: CHAIN,
    market: MARKET,
    task: taskId(CHAIN, MARKET, terms),
    unit: 3,
    boxKey: named('box key'),
    claimant: account.address.toLowerCase() as Hex,
    expires: 1_800_000_600,
  };
  const typed = claimTypedData(claim);
  const signature = await account.signTypedData(typed);
  return { claim, secret: CLAIMANT_SECRET, digest: hashTypedData(typed), signature, auth: encodeAuth(claim.expires, signature) };
}

function receiptVector(): unknown {
  const [model, dataset] = heads();
  if (model?.t !== 'prooftab/model/1' || dataset?.t !== 'prooftab/dataset/1') throw new TypeError('the first two heads are a model and a dataset');
  const statement = statementOf([12n, 295n]);
  const receipt: Receipt = {
    t: 'prooftab/receipt/1',
    statement,
    proof: { system: 1, bytes: new Uint8Array(256).fill(9) },
    material: {
      circuit: parts,
      key: toHex(concatBytes(developmentPoints(), new Uint8Array(256))),
      dataset,
      path: { index: 1, siblings: [toHex32(3n), toHex32(4n)] },
      model,
    },
    anchors: [{ chain: CHAIN, contract: MARKET, tx: named('tx'), log: 0, block: 17, time: 1_800_000_000 }],
  };
  return {
    note: 'the form alone: this proof proves nothing',
    cbor: toHex(encodeReceipt(receipt)),
    id: statementId(statement),
    evidence: encodeEvidence(statement.digest, receipt.proof.bytes),
  };
}
