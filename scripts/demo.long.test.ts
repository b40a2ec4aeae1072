/** The demo's one object is read by programs: exactly these fields, true ones, on a stdout that holds nothing else. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

interface Demo {
  readonly units: readonly { readonly receiptFile: string }[];
}

it('pays three units, each with a receipt that holds, and prints one object', { timeout: 480_000 }, async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'demo', '--', '--tasks', '3', '--json']);
  const demo = JSON.parse(stdout) as Demo;
  const positive = between(0, Infinity);
  const unit = {
    claimToPaidSeconds: positive,
    proveSeconds: positive,
    gasSettle: between(200_000, 303_001),
    constraints: between(50_000, 65_536),
    receiptFile: expect.stringMatching(/\.json$/) as unknown,
  };
  expect(demo).toStrictEqual({
    readySeconds: positive,
    paid: 3,
    units: [unit, unit, unit],
    tamperedRejected: true,
    transport: 'webrtc',
    privateBytesSent: 0,
  });
  const receipts = await Promise.all(demo.units.map(({ receiptFile }) => readFile(receiptFile, 'utf8')));
  expect(new Set(receipts).size).toBe(3);
});

/** @returns a matcher for numbers strictly between */
const between = (low: number, high: number): unknown => expect.toSatisfy((value: number) => value > low && value < high);
