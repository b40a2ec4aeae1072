/** Which units cannot be claimed now. A chain without new blocks does not see leases end, so whoever looks brings the time. */
import type { TakenUnit } from '../consensus/ledger.ts';

/**
 * @param time seconds since 1970
 * @example
 * isTaken({ status: 'settled', claimant: '0x…' }, 7) // true
 */
export function isTaken(unit: TakenUnit, time: number): boolean {
  return unit.status !== 'claimed' || unit.until >= time;
}

/** How many of a task's units can be claimed, given those that the ledger says are not open. */
export function countOpen(units: number, taken: ReadonlyMap<number, TakenUnit>, time: number): number {
  return units - [...taken.values()].filter((unit) => isTaken(unit, time)).length;
}
