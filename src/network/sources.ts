/** Tries one source after another until the content is whole: cut links resume, false bytes are dropped and their sender is denied. */
import { fail, ok } from '../protocol/result.ts';
import type { Result } from '../protocol/result.ts';
import type { Assembly } from './assembly.ts';
import type { Fetched, NetworkFailure, Peer } from './peer-network.ts';

/**
 * How one attempt at one source ended. `cut`: the link or the peer went away. `refused`: it answered, but will not serve.
 * `restart`: its size differs from an earlier source's.
 */
export type Pulled = 'complete' | 'cut' | 'not-found' | 'refused' | 'too-large' | 'mismatch' | 'restart';

export interface Source {
  readonly peer: Peer;
  /** Adds chunks from where the assembly stands; tells of each that was accepted whether the link that brought it is direct. */
  pull(assembly: Assembly, onChunk: (direct: boolean) => void): Promise<Pulled>;
}

export interface Sources {
  /** The next source worth asking, or null when there is none; with `patient` it may wait for one to appear. */
  next(asked: ReadonlySet<Peer>, patient: boolean): Promise<Source | null>;
  deny(peer: Peer): Promise<void>;
}

/** A link that keeps breaking after some progress is tried again this often before the next source is. */
const MAX_RESUMES = 3;

export async function fetchFromSources(
  assembly: Assembly,
  sources: Sources,
  onProgress?: (received: number, from: Peer) => void,
): Promise<Result<Fetched, NetworkFailure>> {
  const asked = new Set<Peer>();
  /** Sources of a blob that was put together from several and came out wrong: each is tried again by itself, to see which lies. */
  const alone: Source[] = [];
  const contributors = new Map<Peer, Source>();
  /** Whether each chunk that is in the assembly came over a direct link. */
  let direct = true;
  let liar: Peer | null = null;
  let tooLarge = false;

  function startAfresh(): void {
    assembly.reset();
    direct = true;
  }

  for (;;) {
    const again = alone.shift();
    const source = again ?? (await sources.next(asked, !tooLarge));
    if (source === null) break;
    if (again !== undefined) {
      startAfresh();
      contributors.clear();
    }
    asked.add(source.peer);
    const before = assembly.received;
    const onChunk = (straight: boolean): void => {
      direct &&= straight;
      onProgress?.(assembly.received, source.peer);
    };
    const pulled = await pullWithResumes(source, assembly, startAfresh, onChunk);
    if (assembly.received > before || pulled === 'complete') contributors.set(source.peer, source);
    if (pulled === 'too-large') tooLarge = true;
    if (pulled === 'complete') {
      const bytes = assembly.finish();
      if (bytes !== null) return ok({ bytes, from: source.peer, direct });
      liar = source.peer;
      startAfresh();
      if (contributors.size > 1) alone.push(...contributors.values());
      else await sources.deny(source.peer);
      contributors.clear();
    }
    if (pulled === 'mismatch') {
      liar = source.peer;
      await sources.deny(source.peer);
    }
  }
  if (liar !== null) return fail({ kind: 'mismatch', from: liar });
  if (tooLarge) return fail({ kind: 'too-large', limit: assembly.limit });
  return fail({ kind: 'not-found', asked: [...asked] });
}

async function pullWithResumes(source: Source, assembly: Assembly, startAfresh: () => void, onChunk: (direct: boolean) => void): Promise<Pulled> {
  let restarted = false;
  for (let resumes = 0; ; resumes++) {
    const before = assembly.received;
    const pulled = await source.pull(assembly, onChunk);
    if (pulled === 'restart' && !restarted) {
      restarted = true;
      startAfresh();
      continue;
    }
    const worthResuming = pulled === 'cut' && assembly.received > before && resumes < MAX_RESUMES;
    if (!worthResuming) return pulled;
  }
}
