/** The thread that reads a person's own rows, so that a model which does not end takes no page with it. */
import { expose } from 'comlink';
import { createGraphReader } from '../src/execution/graph-reader.ts';

expose(createGraphReader());
