/** Finds each check of a Solidity file: `if (…) revert …;` and `require(…);`. */
import { numbered, oneLine, without, type Mutant } from './mutant.ts';

export function revertMutants(file: string, text: string): readonly Mutant[] {
  const starts = [...text.matchAll(/\b(?:if|require)\s*\(/g)].map(({ index }) => index);
  const checks = starts.flatMap((start) => {
    const end = checkEnd(text, start);
    return end === null || isInComment(text, start) ? [] : [{ start, end }];
  });
  return numbered(
    checks.map(({ start, end }) => ({
      group: 'contracts',
      file,
      check: oneLine(text.slice(start, end)),
      line: text.slice(0, start).split('\n').length,
      text: without(text, start, end, '{}'),
    })),
  );
}

/** Where the statement ends, or null if it is an `if` that does something other than revert. */
function checkEnd(text: string, start: number): number | null {
  const close = matchingParenthesis(text, text.indexOf('(', start));
  if (text.startsWith('require', start)) return text.indexOf(';', close) + 1;
  const rest = text.slice(close + 1);
  const reverts = /^\s*(?:\{\s*)?revert\b/.exec(rest);
  if (reverts === null) return null;
  const end = close + 1 + rest.indexOf(';') + 1;
  return reverts[0].includes('{') ? text.indexOf('}', end) + 1 : end;
}

function matchingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return i;
  }
  throw new Error(`a parenthesis is never closed, from "${text.slice(open, open + 40)}"`);
}

function isInComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return /\/\/|^\s*\*/.test(line);
}
