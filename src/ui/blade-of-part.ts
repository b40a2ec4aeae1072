/** How the seal draws what a check found. */
import type { PartView } from '../app/receipt-check.ts';
import type { BladeState } from './seal-geometry.ts';

export const blades: Readonly<Record<PartView['state'], BladeState>> = { holds: 'shut', broken: 'broken', unknown: 'skipped' };
