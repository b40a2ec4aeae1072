export declare const nodeEnvironment: import("./kernel-threads.ts").ProverEnvironment;
