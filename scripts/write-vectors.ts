/** Writes the protocol's test vectors to fixtures/vectors: `npx tsx scripts/write-vectors.ts`. A changed file is a changed protocol. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { vectors } from './vectors.ts';

const folder = new URL('../fixtures/vectors/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, content] of Object.entries(await vectors())) writeFileSync(new URL(name, folder), `${JSON.stringify(content, null, 2)}\n`);
