// A thread of the prover in Node, from the sources: lets it read TypeScript, then hands over.
import { register } from 'tsx/esm/api';

register();
await import('./kernel-node.ts');
