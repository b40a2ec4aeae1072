import type { ProverEnvironment } from './kernel-threads.ts';
export declare const nodeEnvironment: ProverEnvironment;
