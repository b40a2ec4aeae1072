#!/usr/bin/env node
// The `prooftab` command for plain Node: lets it read TypeScript, then hands over.
import { register } from 'tsx/esm/api';

register();
await import('./prooftab.ts');
