/** Which engine of a device runs a model: the first that is present and exact, for as long as it stays so. */
import type { IntegerGraph } from '../model/integer-graph.ts';
import type { Hex } from '../protocol/bytes.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import { checkedRun, type Batch, type RunFailure } from './checked-run.ts';
import type { Engine, Session } from './engine.ts';
import { selfTestRows } from './self-test-rows.ts';

/** A model that was read: its graph is what the file of this id means. */
export interface ReadModel {
  readonly id: Hex;
  readonly onnx: Uint8Array<ArrayBuffer>;
  readonly graph: IntegerGraph;
}

export interface ExactRun {
  readonly engine: Engine;
  readonly outputs: Int32Array<ArrayBuffer>;
}

interface OpenSession {
  readonly model: Hex;
  readonly engine: Engine;
  readonly session: Session;
}

export class EngineChoice {
  readonly #engines: readonly Engine[];
  /** Engines that passed a self-test and were wrong or broke down later: no self-test can vouch for them. */
  readonly #leftOut = new Set<Engine>();
  /** The session of the last model stays open: a volunteer's next unit usually asks for the same one. */
  #open: OpenSession | null = null;

  /** @param engines in order of preference */
  constructor(engines: readonly Engine[]) {
    this.#engines = engines;
  }

  /** Fails, in words, only when every engine was tried. */
  async run(model: ReadModel, batch: Batch): Promise<Result<ExactRun, string>> {
    const reasons: string[] = [];
    for (let open = await this.#opened(model, reasons); open !== null; open = await this.#opened(model, reasons)) {
      const outputs = await checkedRun(open.session, model.graph, batch);
      if (outputs.ok) return ok({ engine: open.engine, outputs: outputs.value });
      reasons.push(reason(open.engine, outputs.failure));
      this.#leftOut.add(open.engine);
      await this.#close();
    }
    // A tab may live for days: one bad hour of its device must not cost it every unit after this one.
    this.#leftOut.clear();
    return fail(`no engine of this device computes the model exactly${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}`);
  }

  async #opened(model: ReadModel, reasons: string[]): Promise<OpenSession | null> {
    if (this.#open?.model === model.id) return this.#open;
    await this.#close();
    for (const engine of this.#engines.filter((each) => !this.#leftOut.has(each))) {
      const session = await opened(engine, model.onnx, reasons);
      if (session === null) continue;
      const tested = await checkedRun(session, model.graph, selfTestRows(model.graph.inputs));
      if (tested.ok) return (this.#open = { model: model.id, engine, session });
      reasons.push(reason(engine, tested.failure));
      await closed(session);
    }
    return null;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    if (open !== null) await closed(open.session);
  }
}

async function opened(engine: Engine, onnx: Uint8Array<ArrayBuffer>, reasons: string[]): Promise<Session | null> {
  try {
    return await engine.open(onnx);
  } catch (thrown) {
    reasons.push(reason(engine, { kind: 'broken', detail: thrown instanceof Error ? thrown.message : String(thrown) }));
    return null;
  }
}

/** A session that cannot even be closed is on a device that is gone, and what it held with it. */
async function closed(session: Session): Promise<void> {
  await session.close().catch(() => undefined);
}

function reason({ name }: Engine, failure: RunFailure): string {
  return `${name}: ${failure.kind === 'broken' ? failure.detail : 'not exact'}`;
}
