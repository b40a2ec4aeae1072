export declare const webEnvironment: import("./kernel-threads.ts").ProverEnvironment;
