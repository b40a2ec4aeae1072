import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { startFaults, terminalWords } from './terminal.ts';

it('says which part had to take another port', () => {
  expect(terminalWords.portTaken('relay', 9090, 40123)).toBe('port 9090 is taken: the relay uses 40123');
});

it('says with the address that the keys are development keys', () => {
  expect(terminalWords.ready(7.249)).toBe('ready in 7.2 s. Development keys: anyone could forge these proofs, and the credits are worth nothing.');
});

it('says what another chain needs', () => {
  expect(startFaults.noPayer(1)).toBe(
    'Chain 1 is not the embedded one: set PROOFTAB_KEY to the private key (0x and 64 digits) of an account with coins there.',
  );
  expect(startFaults.developmentKeyRefused).toBe(
    'The registry refuses this circuit: its key is a development key, whose secret is public, so anyone could forge proofs and take the escrow. On any chain but the embedded one (id 31337) a circuit needs a key from a ceremony.',
  );
});

it('says so where a part ended without a word', () => {
  expect(startFaults.partEnded('relay.ts', '')).toBe('relay.ts did not start: it said nothing');
  expect(startFaults.chainEnded('Error: no such option')).toBe('anvil ended before it was ready: Error: no such option');
});

it('holds every line that the network and the demonstration print', () => {
  const folder = new URL('../../devnet/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const sources = [...files.map((file) => new URL(file, folder)), new URL('../../scripts/demo.ts', import.meta.url)];
  const literal = sources.flatMap((source) => readFileSync(source, 'utf8').match(/(?:tell|console\.(?:log|error))\((?:'|`[^$]|"|\(\) =>).*/g) ?? []);
  expect(sources.length).toBeGreaterThan(20);
  expect(literal).toEqual([]);
});
