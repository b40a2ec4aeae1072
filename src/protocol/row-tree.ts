/** The Poseidon tree over a dataset's rows: fixed depth, Poseidon(2) nodes; what is absent is 0, whose preimage nobody knows. */
import { poseidon } from './poseidon.ts';

/**
 * Node over an aligned run of leaves.
 * @param leaves a power of two of them
 */
export function nodeOver(leaves: readonly bigint[]): bigint {
  if (leaves.length === 0 || !Number.isInteger(Math.log2(leaves.length))) throw new RangeError(`${leaves.length} leaves are not a power of two`);
  let level = leaves;
  while (level.length > 1) level = levelAbove(level);
  return level[0] ?? 0n;
}

/**
 * Siblings of node `index` up to the root, `depthAbove` of them.
 * @param nodes the level that holds the node, up to 2^depthAbove wide; absent ones count as 0
 */
export function pathToRoot(nodes: readonly bigint[], index: number, depthAbove: number): bigint[] {
  if (nodes.length > 2 ** depthAbove || index < 0 || index >= 2 ** depthAbove)
    throw new RangeError(`node ${index} of ${nodes.length} does not lie under ${depthAbove} levels`);
  const path: bigint[] = [];
  let level: readonly bigint[] = [...nodes, ...Array.from({ length: 2 ** depthAbove - nodes.length }, () => 0n)];
  for (let at = index; path.length < depthAbove; at >>= 1) {
    path.push(level[at ^ 1] ?? 0n);
    level = levelAbove(level);
  }
  return path;
}

/** The root that a node, its index in its level, and its siblings lead to. */
export function rootFrom(node: bigint, index: number, siblings: readonly bigint[]): bigint {
  return siblings.reduce((below, sibling, level) => (((index >> level) & 1) === 0 ? poseidon([below, sibling]) : poseidon([sibling, below])), node);
}

function levelAbove(level: readonly bigint[]): bigint[] {
  return Array.from({ length: level.length / 2 }, (_, i) => poseidon([level[2 * i] ?? 0n, level[2 * i + 1] ?? 0n]));
}
