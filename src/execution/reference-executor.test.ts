import { executorSuite } from './executor-suite.ts';
import { createReferenceExecutor } from './reference-executor.ts';

executorSuite('the reference executor', 'reference', createReferenceExecutor);
