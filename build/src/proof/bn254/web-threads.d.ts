/** The prover's environment in a browser: module workers, and shared memory where the page is cross-origin isolated. */
import type { ProverEnvironment } from './kernel-threads.ts';
export declare const webEnvironment: ProverEnvironment;
