/** The market's rules in memory: the same refusals, under the same names and in the same order, as contracts/Market.sol. */
import { hashTypedData, recoverAddress, size, slice } from 'viem';
import type { Hex } from '../protocol/bytes.ts';
import { claimTypedData, encodeAuth } from '../protocol/claim.ts';
import type { Address, TaskId } from '../protocol/ids.ts';
import { verifyInputPath } from '../protocol/input-tree.ts';
import { ok, type Result } from '../protocol/result.ts';
import { taskId, type Terms } from '../protocol/terms.ts';
import type { LedgerAction, LedgerFailure } from './ledger.ts';
import { judge } from './memory-registry.ts';
import { balanceOf, moveTokens, refuse, type MemoryState, type MemoryTask, type MemoryTransaction } from './memory-state.ts';
import { sameHex } from '../protocol/same-hex.ts';

type Done = Result<void, LedgerFailure>;
type Action<Name extends LedgerAction['send']> = Extract<LedgerAction, { readonly send: Name }>;

const MAX_LEASE = 600;
const NOBODY: Address = '0x0000000000000000000000000000000000000000';

export function post(state: MemoryState, tx: MemoryTransaction, { terms }: Action<'post'>): Done {
  if (!sameHex(terms.requester, tx.sender)) return refuse('BadTerms');
  if (terms.units === 0) return refuse('BadTerms');
  if (terms.closes <= state.now()) return refuse('BadTerms');
  if (terms.lease === 0 || terms.lease > MAX_LEASE) return refuse('BadTerms');
  if (terms.tariff !== 0) return refuse('BadTerms');
  if (terms.ownerPrice !== 0n && sameHex(terms.owner, NOBODY)) return refuse('BadTerms');
  if (sameHex(terms.owner, state.market)) return refuse('BadTerms');
  if (!sameHex(terms.judge, state.registry)) return refuse('ModuleNotAllowed', terms.judge);
  if (!sameHex(terms.gate, NOBODY)) return refuse('ModuleNotAllowed', terms.gate);
  if (!state.circuits.has(terms.circuit.toLowerCase())) return refuse('UnknownCircuit');
  const { id, task } = find(state, terms);
  if (task !== undefined) return refuse('BadTerms');
  const escrow = costOf(terms) * BigInt(terms.units);
  const held = balanceOf(state, tx.sender);
  if (held < escrow) return refuse('ERC20InsufficientBalance', tx.sender, held, escrow);

  moveTokens(state, tx.sender, state.market, escrow);
  state.tasks.set(id, { terms, closed: false, units: new Map() });
  tx.events.push({ event: 'posted', task: id, terms, at: tx.at });
  return ok(undefined);
}

export async function claim(state: MemoryState, tx: MemoryTransaction, { terms, unit, boxKey, claimant, auth }: Action<'claim'>): Promise<Done> {
  const { id, task } = find(state, terms);
  if (task === undefined || task.closed || unit >= terms.units) return refuse('UnknownTask');
  const before = task.units.get(unit);
  if (before?.settlement) return refuse('AlreadySettled');
  if (before !== undefined && state.now() <= before.until) return refuse('NotOpen', before.until);
  const until = state.now() + terms.lease;
  if (until > terms.closes) return refuse('NotOpen', terms.closes);
  if (!(await isAuthorised(state, tx, { task: id, unit, boxKey, claimant, auth }))) return refuse('BadAuth');

  task.units.set(unit, { claimant, until, boxKey, settlement: null });
  tx.events.push({ event: 'claimed', task: id, unit, claimant, until, boxKey, at: tx.at });
  return ok(undefined);
}

export async function settle(state: MemoryState, tx: MemoryTransaction, { terms, unit, values, path, evidence }: Action<'settle'>): Promise<Done> {
  const { id, task } = find(state, terms);
  if (task === undefined || task.closed) return refuse('UnknownTask');
  const held = task.units.get(unit);
  if (held?.settlement) return refuse('AlreadySettled');
  if (held === undefined || state.now() > held.until) return refuse('LeaseExpired');
  const input = values[0];
  if (input === undefined) return refuse('WrongValueCount');
  if (!verifyInputPath(terms.inputs, unit, input, path)) return refuse('WrongInput');
  const beneficiary = held.claimant;
  const about = { circuit: terms.circuit, chain: state.chainId, contract: state.market, subject: id, unit, beneficiary, values };
  const accepted = await judge(state, about, evidence);
  if (!accepted.ok) return accepted;

  moveTokens(state, state.market, beneficiary, terms.price);
  moveTokens(state, state.market, terms.owner, terms.ownerPrice);
  const settlement = { beneficiary, paid: terms.price, values, at: tx.at, time: state.now() };
  task.units.set(unit, { ...held, settlement });
  tx.events.push({ event: 'settled', task: id, unit, beneficiary, paid: terms.price, values, at: tx.at });
  return ok(undefined);
}

export function refund(state: MemoryState, tx: MemoryTransaction, { terms }: Action<'refund'>): Done {
  const { id, task } = find(state, terms);
  if (task === undefined || task.closed) return refuse('UnknownTask');
  if (state.now() <= terms.closes) return refuse('NotOpen', terms.closes);
  const settled = [...task.units.values()].filter(({ settlement }) => settlement !== null).length;
  const amount = costOf(terms) * BigInt(terms.units - settled);
  task.closed = true;
  moveTokens(state, state.market, terms.requester, amount);
  tx.events.push({ event: 'refunded', task: id, amount, at: tx.at });
  return ok(undefined);
}

function find(state: MemoryState, terms: Terms): { readonly id: TaskId; readonly task: MemoryTask | undefined } {
  const id = taskId(state.chainId, state.market, terms);
  return { id, task: state.tasks.get(id) };
}

function costOf(terms: Terms): bigint {
  return terms.price + terms.ownerPrice;
}

interface ClaimToCheck {
  readonly task: TaskId;
  readonly unit: number;
  readonly boxKey: Hex;
  readonly claimant: Address;
  readonly auth: Hex;
}

async function isAuthorised(state: MemoryState, tx: MemoryTransaction, claim: ClaimToCheck): Promise<boolean> {
  if (claim.auth === '0x') return sameHex(claim.claimant, tx.sender);
  if (size(claim.auth) < 256) return false;
  const expires = BigInt(slice(claim.auth, 0, 32));
  if (expires >= 1n << 40n || expires < BigInt(state.now())) return false;
  const signature = slice(claim.auth, 128, 193);
  const length = BigInt(slice(claim.auth, 224, 256));
  if (length > BigInt(size(claim.auth) - 256)) return false;
  // The canonical encoding alone, up to the gate's evidence; what follows that is not read.
  if (!sameHex(slice(encodeAuth(Number(expires), signature), 0, 224), slice(claim.auth, 0, 224))) return false;
  const { task, unit, boxKey, claimant } = claim;
  const typed = claimTypedData({ chainId: state.chainId, market: state.market, task, unit, boxKey, claimant, expires: Number(expires) });
  try {
    return sameHex(await recoverAddress({ hash: hashTypedData(typed), signature }), claimant);
  } catch {
    // No public key has this signature.
    return false;
  }
}
