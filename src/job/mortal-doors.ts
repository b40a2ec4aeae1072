/** Doors of a tab that ends at a chosen call: killed before or after it took effect, or hanging in it until someone presses Stop. */
import type { JobDoors } from './job-context.ts';

/** Thrown where the tab died. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export interface Death {
  /** Which call, from 0, over all doors together. */
  readonly call: number;
  readonly when: 'before' | 'after' | 'hang';
  /** Called when a hanging call hangs. */
  readonly onHang?: () => void;
}

export interface MortalDoors {
  readonly doors: JobDoors;
  /** `door.method` of every call so far. */
  readonly calls: readonly string[];
}

const DOORS = ['ledger', 'signer', 'network', 'shards', 'records', 'executor', 'prover'] as const;

export function mortalDoors(doors: JobDoors, death: Death | null): MortalDoors {
  const calls: string[] = [];
  const watched = <Door extends object>(name: string, door: Door): Door =>
    new Proxy(door, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property, target);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]): Promise<unknown> => {
          const call = calls.push(`${name}.${String(property)}`) - 1;
          if (death && death.when !== 'hang' && (call > death.call || (call === death.call && death.when === 'before'))) throw new Killed();
          if (death?.when === 'hang' && call === death.call) {
            death.onHang?.();
            return new Promise(() => {});
          }
          const outcome: unknown = await Reflect.apply(member, target, given);
          if (call === death?.call) throw new Killed();
          return outcome;
        };
      },
    });
  const mortal = { ...doors };
  for (const name of DOORS) Object.assign(mortal, { [name]: watched(name, doors[name]) });
  return { doors: mortal, calls };
}
