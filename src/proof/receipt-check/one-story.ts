/** Whether a receipt's JSON view says what the receipt in it says, everywhere that it repeats it, and says each thing once. */
import type { ReceiptView } from '../../protocol/receipt-view.ts';

/** @param text JSON that parses */
export function tellsOneStory(text: string, view: ReceiptView): boolean {
  return isSameJson(JSON.parse(text), view) && keysInText(text) === keysIn(view);
}

/** Equal whatever the order of keys and the case of hexadecimal text. */
function isSameJson(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b || (a.startsWith('0x') && a.toLowerCase() === b.toLowerCase());
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isSameJson(value, right.get(key)))
  );
}

/** Of a key that stands twice in an object the parser keeps the last, where a person may read the first: so keys are counted in the text. */
function keysInText(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items: readonly unknown[] = Object.values(value);
  return items.reduce<number>((sum, item) => sum + keysIn(item), Array.isArray(value) ? 0 : items.length);
}
