/** 32 bytes that stand for something in a vector: SHA-256 of its name. */
import { utf8, type Hex } from '../../src/protocol/bytes.ts';
import { sha256 } from '../../src/protocol/sha256.ts';

export function named(name: string): Hex {
  return sha256(utf8(name));
}
