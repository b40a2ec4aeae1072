/** The tree over a task's inputs: OpenZeppelin's StandardMerkleTree over `(uint32 unit, uint256 input)`, double-hashed leaves, sorted pairs. */
import { concatHex, encodeAbiParameters, keccak256 } from 'viem';
import type { Hex } from './bytes.ts';

/** Root that Terms carry. One unit alone is its own root, with an empty path. */
export function inputsRoot(inputs: readonly bigint[]): Hex {
  return nodesOf(inputs)[0] ?? raiseEmpty();
}

/** Siblings from a unit's leaf to the root, as `settle` takes them. */
export function inputPath(inputs: readonly bigint[], unit: number): Hex[] {
  if (!Number.isInteger(unit) || unit < 0 || unit >= inputs.length) throw new RangeError(`unit ${unit} of ${inputs.length}`);
  const nodes = nodesOf(inputs);
  const path: Hex[] = [];
  for (let at = nodes.findIndex((node, i) => i >= inputs.length - 1 && node === leafOf(unit, inputs[unit] ?? 0n)); at > 0; at = (at - 1) >> 1) {
    const sibling = nodes[at % 2 === 1 ? at + 1 : at - 1];
    if (sibling) path.push(sibling);
  }
  return path;
}

/** Whether `input` is the task's input for `unit`. */
export function verifyInputPath(root: Hex, unit: number, input: bigint, path: readonly Hex[]): boolean {
  return path.reduce((node, sibling) => pairOf(node, sibling), leafOf(unit, input)).toLowerCase() === root.toLowerCase();
}

function leafOf(unit: number, input: bigint): Hex {
  return keccak256(keccak256(encodeAbiParameters([{ type: 'uint32' }, { type: 'uint256' }], [unit, input])));
}

function pairOf(a: Hex, b: Hex): Hex {
  return keccak256(a < b ? concatHex([a, b]) : concatHex([b, a]));
}

/** A complete binary tree in an array, root first; leaves sorted by hash and laid from the end, as OpenZeppelin's library does. */
function nodesOf(inputs: readonly bigint[]): Hex[] {
  const leaves = inputs.map((input, unit) => leafOf(unit, input)).sort();
  const nodes: Hex[] = Array.from({ length: Math.max(0, 2 * leaves.length - 1) }, () => '0x');
  leaves.forEach((leaf, i) => (nodes[nodes.length - 1 - i] = leaf));
  for (let i = nodes.length - 1 - leaves.length; i >= 0; i--) nodes[i] = pairOf(nodes[2 * i + 1] ?? '0x', nodes[2 * i + 2] ?? '0x');
  return nodes;
}

function raiseEmpty(): never {
  throw new RangeError('a task has at least one unit');
}
