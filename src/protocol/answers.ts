/** Answers of a classifier as one public value: the arg-max of each row in 4 bits, row 0 lowest. */

const BITS = 4n;
const CLASSES = 16;
/** 62 rows of 4 bits stay below 2^248, hence below r. */
const MAX_ROWS = 62;

/** Whether the answers of so many rows, among so many classes, fit one value. */
export function answersFit(rows: number, classes: number): boolean {
  return rows <= MAX_ROWS && classes <= CLASSES;
}

/**
 * @throws RangeError on an answer outside 0 … 15, or on more than 62 rows
 * @example
 * packAnswers([7, 2, 1, 0]) // 295n
 */
export function packAnswers(answers: readonly number[]): bigint {
  if (answers.length > MAX_ROWS) throw new RangeError(`at most ${MAX_ROWS} answers fit one value`);
  return answers.reduceRight((word, answer) => {
    if (!Number.isInteger(answer) || answer < 0 || answer >= CLASSES)
      throw new RangeError(`an answer lies between 0 and ${CLASSES - 1}, not ${answer}`);
    return (word << BITS) | BigInt(answer);
  }, 0n);
}

/**
 * @example
 * unpackAnswers(295n, 4) // [7, 2, 1, 0]
 */
export function unpackAnswers(word: bigint, rows: number): number[] {
  return Array.from({ length: rows }, (_, row) => Number((word >> (BITS * BigInt(row))) & 15n));
}
