/** A unit's answers as the one word that is a public value (§4), written from the specification alone. */
import { toHex32 } from '../../src/protocol/field.ts';

export function answerVectors(): unknown {
  return [[0], [9], [7, 2, 1, 0], [0, 0, 0, 15], Array.from({ length: 62 }, (_, row) => (row * 7) % 10)].map((answers) => ({
    answers,
    word: toHex32(answers.reduce((word, answer, row) => word + BigInt(answer) * 16n ** BigInt(row), 0n)),
  }));
}
