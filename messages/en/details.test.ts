import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { detailText } from './details.ts';

it('puts codes into words, and shows anything else as it is', () => {
  expect(detailText('no-sponsor')).toBe('this network names no sponsor');
  expect(detailText('too-many-units')).toBe('this account holds as many units as the sponsor pays for: deliver one, or let a lease pass');
  expect(detailText('worker-silent')).toBe('no sign of life for minutes');
  expect(detailText('worker-not-loaded')).toBe('the worker could not be loaded');
  expect(detailText('not-canonical')).toBe('not the canonical encoding of its value');
  expect(detailText('out of memory')).toBe('out of memory');
});

/** A code without words would be shown as a code. */
it.each([
  ['src/app/compose.ts', ['no-sponsor']],
  ['src/app/compose-practice.ts', ['practice-digits-missing']],
  ['src/app/threads.ts', ['worker-silent', 'worker-not-loaded', 'message-unreadable', 'stopped']],
  ['src/app/deployment.ts', ['not-json', 'not-an-object']],
  ['src/consensus/evm/sponsor-wire.ts', ['request-unreadable', 'not-sponsored', 'not-hexadecimal', 'call-too-long', 'answer-unreadable']],
  ['src/consensus/evm/sponsored-sender.ts', ['not-sponsored', 'sponsored-call-failed', 'sponsor-silent']],
  ['src/marketplace/claim-task.ts', ['claim-expired']],
  ['src/marketplace/settle-unit.ts', ['settlement-not-seen']],
  ['src/protocol/cbor.ts', ['not-canonical']],
  ['devnet/sponsor.ts', ['not-the-call', 'too-many-units']],
])('has words for every code that %s gives', (file, codes) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  for (const code of codes) {
    expect(source).toContain(`'${code}'`);
    expect(detailText(code)).not.toBe(code);
  }
});
