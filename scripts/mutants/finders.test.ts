/** A check that the finders overlook is a check that no run of the mutants ever doubts. */
import { describe, expect, it } from 'vitest';
import { mutantName } from './mutant.ts';
import { refusalMutants } from './refusals.ts';
import { revertMutants } from './reverts.ts';

describe('reverts', () => {
  const found = (body: string) => revertMutants('M.sol', body);

  it('takes out an if that reverts, whatever its condition holds', () => {
    const [mutant] = found('function f() { if (a(b(c)) > 1) revert Wrong(a(1)); g(); }');
    expect(mutant).toMatchObject({ check: 'if (a(b(c)) > 1) revert Wrong(a(1));', text: 'function f() { {} g(); }' });
  });

  it('takes out a braced revert and a require, and names lines', () => {
    expect(found('\nif (x) {\n  revert A();\n}\nrequire(y, "z");').map(({ check, line }) => [line, check])).toEqual([
      [2, 'if (x) { revert A(); }'],
      [5, 'require(y, "z");'],
    ]);
  });

  it('leaves other ifs and comments alone', () => {
    expect(found('if (x) return y;\n// if (x) revert A();\n')).toEqual([]);
  });

  it('tells equal checks apart', () => {
    expect(found('if (x) revert A(); if (x) revert A();').map(mutantName)).toEqual(['M.sol: if (x) revert A();', 'M.sol: if (x) revert A(); (2)']);
  });
});

describe('refusals', () => {
  const texts = (body: string) => refusalMutants('f.ts', body).map(({ text }) => text);

  it('makes a guard that refuses never true', () => {
    expect(texts("if (x > 1) return fail({ kind: 'y' });")).toEqual(["if (false) return fail({ kind: 'y' });"]);
    expect(texts('if (x) { note(); return reject(1); }')).toEqual(['if (false) { note(); return reject(1); }']);
    expect(texts('if (x) throw new NotThisRecord(1);')).toEqual(['if (false) throw new NotThisRecord(1);']);
  });

  it('takes the winning half of a conditional', () => {
    expect(texts('const r = x ? ok(1) : fail(2);')).toEqual(['const r = (ok(1));']);
    expect(texts('const r = x ? fail(2) : ok(1);')).toEqual(['const r = (ok(1));']);
  });

  it('sees an else that refuses and a failure written out', () => {
    expect(texts('if (x) f(); else return fail(1);')).toEqual(['if (true) f(); else return fail(1);']);
    expect(texts('if (x) return { ok: false, failure: 1 };')).toEqual(['if (false) return { ok: false, failure: 1 };']);
  });

  it('sees the other ways of saying no', () => {
    expect(texts("if (x) return null; if (y) return 'refused'; if (z) return { verdict: 'reject' }; if (w) return badTask('key');")).toHaveLength(4);
  });

  it('sees a refusal that is called and throws, a no, and a reason given as text', () => {
    expect(texts("if (x) refuse('no'); if (y) return false; if (z) return 'too deep';")).toHaveLength(3);
  });

  it('leaves what does not refuse', () => {
    expect(texts('if (x) return ok(1); const y = a ? 1 : 2; return fail(3);')).toEqual([]);
    expect(texts("const words = thrown instanceof Error ? thrown.message : 'not CBOR';")).toEqual([]);
  });
});
