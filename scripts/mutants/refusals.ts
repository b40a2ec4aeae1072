/** Finds each refusal of a TypeScript file: the `if` that guards a `return fail(…)`, a `refuse(…)` or a throw, and the losing half of `… ? ok(…) : fail(…)`. */
import ts from 'typescript';
import { numbered, oneLine, without, type Mutant } from './mutant.ts';

/** Calls that make a failure, by name. */
const REFUSING = /^(fails?|reject\w*|refuse\w*|broken|bad[A-Z]\w*|notA[A-Z]\w*)$/;
/** What a parser or a validator says instead of a value: nothing, no, or what is wrong. */
const REFUSALS = /^(null|false|'[^']*')$/;
/** What was thrown is put into words here; it was refused where it was thrown. */
const WORDS_OF_THROWN = / instanceof Error$/;

export function refusalMutants(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const add = (node: ts.Node, named: ts.Node, instead: string): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    mutants.push({ group: 'edges', file, check: oneLine(named.getText()), line, text: without(text, node.getStart(), node.end, instead) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIfStatement(node) && isRefusal(lastOf(node.thenStatement))) add(node.expression, node, 'false');
    else if (ts.isIfStatement(node) && node.elseStatement !== undefined && isRefusal(lastOf(node.elseStatement))) add(node.expression, node, 'true');
    else if (ts.isConditionalExpression(node) && WORDS_OF_THROWN.test(node.condition.getText())) return;
    else if (ts.isConditionalExpression(node) && isFailing(node.whenFalse)) add(node, node, `(${node.whenTrue.getText()})`);
    else if (ts.isConditionalExpression(node) && isFailing(node.whenTrue)) add(node, node, `(${node.whenFalse.getText()})`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return numbered(mutants);
}

function lastOf(statement: ts.Statement): ts.Statement | undefined {
  return ts.isBlock(statement) ? statement.statements.at(-1) : statement;
}

function isRefusal(statement: ts.Statement | undefined): boolean {
  if (statement === undefined) return false;
  if (ts.isThrowStatement(statement)) return true;
  // `refuse(…)` as a statement throws.
  if (ts.isExpressionStatement(statement)) return isFailing(statement.expression);
  return ts.isReturnStatement(statement) && statement.expression !== undefined && isFailing(statement.expression);
}

/** `fail(…)`, `await refuse(…)`, `null`, `'refused'`, `{ ok: false, … }` or `{ verdict: 'reject' }`. */
function isFailing(expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression) || ts.isAwaitExpression(expression)) return isFailing(expression.expression);
  if (ts.isCallExpression(expression)) {
    const called = ts.isPropertyAccessExpression(expression.expression) ? expression.expression.name : expression.expression;
    return ts.isIdentifier(called) && REFUSING.test(called.text);
  }
  if (REFUSALS.test(expression.getText())) return true;
  return (
    ts.isObjectLiteralExpression(expression) &&
    expression.properties.some(
      (property) =>
        ts.isPropertyAssignment(property) && (/^ok: false$/.test(property.getText()) || /^verdict: '(reject|ignore)'$/.test(property.getText())),
    )
  );
}
