/** A model's head: the record by which tasks and circuits name it. */
import type { ModelHead } from '../protocol/heads.ts';
import type { BlobId } from '../protocol/ids.ts';
import { ok, type Result } from '../protocol/result.ts';
import { sha256 } from '../protocol/sha256.ts';
import { graphHash, integerGraph } from './integer-graph.ts';
import { magnitude } from './interval.ts';
import type { ModelFailure } from './model-failure.ts';

/** Shapes leave the number of rows out: it is the task's to choose. */
export function modelHead(onnx: Uint8Array): Result<ModelHead, ModelFailure> {
  const graph = integerGraph(onnx);
  if (!graph.ok) return graph;
  const { inputName, inputs, inputBits, outputName, outputs, bounds } = graph.value;
  const largest = bounds.at(-1)!.reduce((most, wire) => Math.max(most, magnitude(wire)), 0);
  return ok({
    t: 'prooftab/model/1',
    onnx: sha256(onnx) as BlobId,
    graph: graphHash(graph.value),
    inputs: [{ name: inputName, shape: [inputs], bits: inputBits, signed: false }],
    outputs: [{ name: outputName, shape: [outputs], bits: Math.ceil(Math.log2(largest + 1)) + 1, signed: true }],
  });
}
