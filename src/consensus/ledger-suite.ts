/** What every ledger promises, run against each implementation. */
import { concat, slice, type LocalAccount } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../protocol/bytes.ts';
import { circuitId } from '../protocol/circuit.ts';
import { claimTypedData, encodeAuth } from '../protocol/claim.ts';
import type { Address, CircuitId, TaskId } from '../protocol/ids.ts';
import { sha256 } from '../protocol/sha256.ts';
import { taskId, type Terms } from '../protocol/terms.ts';
import type { Result } from '../protocol/result.ts';
import type { Ledger, LedgerAction, LedgerAnswers, LedgerEvent, LedgerFailure, LedgerQuery } from './ledger.ts';
import { stagedAnswers, stagedBoxKey, stagedDelivery, stagedInputs, stagedKey, stagedParts, stagedTerms } from './staged-task.ts';

/** A running ledger and the people who use it. Nobody but the requester holds tokens; nobody holds coins. */
export interface OpenedLedger {
  as(account: LocalAccount): Ledger;
  /** Lets time pass, in seconds. */
  advance(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Anvil's first account; these keys are public. */
export const requester = privateKeyToAccount('0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80');
export const volunteer = privateKeyToAccount(`0x${'07'.repeat(32)}`);
export const stranger = privateKeyToAccount(`0x${'08'.repeat(32)}`);

export async function answered<Value>(result: Promise<Result<Value, LedgerFailure>>): Promise<Value> {
  const settled = await result;
  if (!settled.ok) throw new Error(JSON.stringify(settled.failure));
  return settled.value;
}

export function ledgerSuite(name: string, open: () => Promise<OpenedLedger>): void {
  describe(name, () => {
    let world: OpenedLedger;
    let clock: LedgerAnswers['clock'];
    const read = <Query extends LedgerQuery>(query: Query): Promise<LedgerAnswers[Query['read']]> => answered(world.as(stranger).read(query));
    const send = (account: LocalAccount, action: LedgerAction) => world.as(account).send(action);
    const refusal = async (account: LocalAccount, action: LedgerAction): Promise<LedgerFailure | null> => {
      const sent = await send(account, action);
      return sent.ok ? null : sent.failure;
    };
    const reverted = (error: string, ...args: string[]): LedgerFailure => ({ kind: 'reverted', error, args });
    const posted = async (changes: Partial<Terms> = {}): Promise<{ terms: Terms; task: TaskId }> => {
      clock = await read({ read: 'clock' });
      const terms = stagedTerms(clock, requester.address, changes);
      await answered(send(requester, { send: 'post', terms }));
      return { terms, task: taskId(clock.chainId, clock.market, terms) };
    };
    /** Undefined where it is open. */
    const unitOf = async (task: TaskId, unit: number) => (await read({ read: 'units', task })).get(unit);
    const claimOf = (terms: Terms, unit: number, claimant: Address): LedgerAction => ({
      send: 'claim',
      terms,
      unit,
      boxKey: stagedBoxKey,
      claimant,
      auth: '0x',
    });

    beforeAll(async () => {
      world = await open();
      await answered(send(requester, { send: 'register', parts: stagedParts, key: stagedKey }));
    });
    afterAll(() => world.close());

    it('says which chain and contracts it speaks of, and what time it is there', async () => {
      clock = await read({ read: 'clock' });
      expect(clock.chainId).toBe(31337);
      expect(clock.time).toBeGreaterThan(1_600_000_000);
      expect(new Set([clock.market, clock.registry, clock.token]).size).toBe(3);
    });

    it('gives a registered circuit back with its key, and null for one it does not know', async () => {
      expect(await read({ read: 'circuit', circuit: circuitId(stagedParts) })).toEqual({ parts: stagedParts, key: stagedKey });
      expect(await read({ read: 'circuit', circuit: sha256(utf8('nothing')) as CircuitId })).toBeNull();
    });

    it('refuses a key that is not the one its circuit names', async () => {
      const failure = await refusal(requester, { send: 'register', parts: { ...stagedParts, key: sha256(utf8('another')) }, key: stagedKey });
      expect(failure).toEqual(reverted('BadKey'));
    });

    it('refuses a development key that is not flagged', async () => {
      expect(await refusal(requester, { send: 'register', parts: { ...stagedParts, flags: 0 }, key: stagedKey })).toEqual(reverted('DevelopmentKey'));
    });

    it('keeps published heads by kind, oldest first, under the hash of their bytes', async () => {
      const heads = ['one', 'two'].map(utf8);
      for (const head of heads) await answered(send(requester, { send: 'publish', kind: 'prooftab/model/1', head: toHex(head) }));
      await answered(send(stranger, { send: 'publish', kind: 'prooftab/dataset/1', head: toHex(utf8('three')) }));
      const found = await read({ read: 'heads', kind: 'prooftab/model/1' });
      expect(found.map(({ id, bytes }) => [id, bytes])).toEqual(heads.map((head) => [sha256(head), toHex(head)]));
      expect(found[0]?.publisher.toLowerCase()).toBe(requester.address.toLowerCase());
      expect(await read({ read: 'heads', kind: 'prooftab/inputs/1' })).toEqual([]);
    });

    it('posts a task under the id that anyone computes, with every unit open and the price held', async () => {
      const before = await read({ read: 'balance', of: requester.address });
      const { terms, task } = await posted({ ownerPrice: 5n });
      expect(await read({ read: 'task', task })).toEqual({ id: task, terms });
      expect((await read({ read: 'tasks' })).at(-1)).toEqual({ id: task, terms });
      expect(await read({ read: 'units', task })).toEqual(new Map());
      expect(await read({ read: 'balance', of: requester.address })).toBe(before - 8n * (terms.price + 5n));
      expect(await read({ read: 'task', task: sha256(utf8('nothing')) as TaskId })).toBeNull();
    });

    it('refuses terms that cannot be kept', async () => {
      clock = await read({ read: 'clock' });
      const refused = (changes: Partial<Terms>) => refusal(requester, { send: 'post', terms: stagedTerms(clock, requester.address, changes) });
      const impossible: readonly Partial<Terms>[] = [
        { requester: stranger.address },
        { units: 0 },
        { closes: clock.time - 60 },
        { lease: 0 },
        { lease: 601 },
        { tariff: 1 },
        { owner: `0x${'00'.repeat(20)}`, ownerPrice: 1n },
        { owner: clock.market, ownerPrice: 1n },
      ];
      for (const changes of impossible) {
        expect(await refused(changes), JSON.stringify(Object.keys(changes))).toEqual(reverted('BadTerms'));
      }
      expect(await refused({ circuit: sha256(utf8('nothing')) as CircuitId })).toEqual(reverted('UnknownCircuit'));
      expect(await refused({ judge: stranger.address })).toEqual(reverted('ModuleNotAllowed', stranger.address));
      expect(await refused({ gate: stranger.address })).toEqual(reverted('ModuleNotAllowed', stranger.address));
      const { terms } = await posted();
      expect(await refusal(requester, { send: 'post', terms })).toEqual(reverted('BadTerms'));
    });

    it('names the token in the way when a requester has too little', async () => {
      clock = await read({ read: 'clock' });
      const terms = stagedTerms(clock, stranger.address);
      expect(await refusal(stranger, { send: 'post', terms })).toMatchObject({ kind: 'reverted', error: 'ERC20InsufficientBalance' });
    });

    it('lets one account hold a unit until its lease is over, and then the next', async () => {
      const { terms, task } = await posted();
      await answered(send(volunteer, claimOf(terms, 3, volunteer.address)));
      const unit = await unitOf(task, 3);
      if (unit?.status !== 'claimed') throw new Error(`the unit is ${unit?.status}`);
      expect(unit).toMatchObject({ claimant: volunteer.address, boxKey: stagedBoxKey });
      expect(await refusal(stranger, claimOf(terms, 3, stranger.address))).toEqual(reverted('NotOpen', String(unit.until)));
      await world.advance(601);
      expect(await unitOf(task, 3)).toBeUndefined();
      await answered(send(stranger, claimOf(terms, 3, stranger.address)));
      expect(await unitOf(task, 3)).toMatchObject({ status: 'claimed', claimant: stranger.address });
    });

    it('takes no more room for a task that says it has four thousand million units, which costs nothing to post, than for its claims', async () => {
      const { terms, task } = await posted({ units: 2 ** 32 - 1, price: 0n });
      expect(await read({ read: 'units', task })).toEqual(new Map());
      await answered(send(volunteer, claimOf(terms, 2 ** 32 - 2, volunteer.address)));
      expect([...(await read({ read: 'units', task })).keys()]).toEqual([2 ** 32 - 2]);
    });

    it('refuses claims on what is not there, and leases that would outlive the task', async () => {
      const { terms } = await posted({ closes: clock.time + 900 });
      expect(await refusal(volunteer, claimOf({ ...terms, price: 1n }, 0, volunteer.address))).toEqual(reverted('UnknownTask'));
      expect(await refusal(volunteer, claimOf(terms, 8, volunteer.address))).toEqual(reverted('UnknownTask'));
      await world.advance(400);
      expect(await refusal(volunteer, claimOf(terms, 0, volunteer.address))).toEqual(reverted('NotOpen', String(terms.closes)));
    });

    it('takes a claim from anyone who brings its signature, and from nobody else', async () => {
      const { terms, task } = await posted();
      const expires = clock.time + 300;
      const claim = { chainId: clock.chainId, market: clock.market, task, unit: 2, boxKey: stagedBoxKey, claimant: volunteer.address, expires };
      const signature = await volunteer.signTypedData(claimTypedData(claim));
      const signed = (auth: `0x${string}`, unit = 2): LedgerAction => ({
        send: 'claim',
        terms,
        unit,
        boxKey: stagedBoxKey,
        claimant: volunteer.address,
        auth,
      });
      for (const auth of [
        '0x',
        '0x00',
        encodeAuth(expires + 1, signature),
        encodeAuth(expires, await stranger.signTypedData(claimTypedData(claim))),
        encodeAuth(expires, `0x${'00'.repeat(65)}`),
      ] as const) {
        expect(await refusal(stranger, signed(auth))).toEqual(reverted('BadAuth'));
      }
      const auth = encodeAuth(expires, signature);
      const withOne = (at: number): `0x${string}` => concat([slice(auth, 0, at), '0x01', ...(at === 255 ? [] : [slice(auth, at + 1)])]);
      // The offsets of signature and evidence, the signature's length, its padding, and the evidence's length.
      for (const at of [62, 94, 126, 193, 223, 255]) {
        expect(await refusal(stranger, signed(withOne(at)))).toEqual(reverted('BadAuth'));
      }
      expect(await refusal(stranger, signed(auth, 5))).toEqual(reverted('BadAuth'));
      // What follows the evidence is not read.
      await answered(send(stranger, signed(concat([auth, '0xff']))));
      expect(await unitOf(task, 2)).toMatchObject({ status: 'claimed', claimant: volunteer.address });
      await world.advance(601);
      expect(await refusal(stranger, signed(encodeAuth(expires, signature)))).toEqual(reverted('BadAuth'));
    });

    it('pays the claimant for a delivery that holds, once, whoever sends it', async () => {
      const { terms, task } = await posted({ ownerPrice: 7n });
      const [before, owed] = await Promise.all([read({ read: 'balance', of: volunteer.address }), read({ read: 'balance', of: terms.owner })]);
      expect(await read({ read: 'settlement', task, unit: 3 })).toBeNull();
      await answered(send(volunteer, claimOf(terms, 3, volunteer.address)));
      const delivery = stagedDelivery(clock, terms, 3, volunteer.address);
      const sent = await answered(send(stranger, delivery));
      expect(await read({ read: 'balance', of: volunteer.address })).toBe(before + terms.price);
      expect(await read({ read: 'balance', of: terms.owner })).toBe(owed + 7n);
      const settlement = await read({ read: 'settlement', task, unit: 3 });
      expect(settlement).toMatchObject({
        beneficiary: volunteer.address,
        paid: terms.price,
        values: delivery.values,
        at: { tx: sent.tx, block: sent.block },
      });
      expect(Math.abs((settlement?.time ?? 0) - clock.time)).toBeLessThan(60);
      expect(await unitOf(task, 3)).toEqual({ status: 'settled', claimant: volunteer.address });
      expect(await refusal(stranger, delivery)).toEqual(reverted('AlreadySettled'));
      expect(await refusal(stranger, claimOf(terms, 3, stranger.address))).toEqual(reverted('AlreadySettled'));
    });

    it('pays nobody for a proof that is copied, changed, late, or about something else', async () => {
      const { terms } = await posted();
      expect(await refusal(volunteer, stagedDelivery(clock, terms, 3, volunteer.address))).toEqual(reverted('LeaseExpired'));
      await answered(send(volunteer, claimOf(terms, 3, volunteer.address)));
      const good = stagedDelivery(clock, terms, 3, volunteer.address);
      expect(await refusal(stranger, stagedDelivery(clock, terms, 3, stranger.address))).toEqual(reverted('ProofRejected'));
      expect(await refusal(volunteer, { ...good, values: [stagedInputs[3] ?? 0n, stagedAnswers + 1n] })).toEqual(reverted('ProofRejected'));
      expect(await refusal(volunteer, { ...good, values: [stagedInputs[4] ?? 0n, stagedAnswers] })).toEqual(reverted('WrongInput'));
      expect(await refusal(volunteer, { ...good, values: [...good.values, 0n] })).toEqual(reverted('WrongValueCount'));
      expect(await refusal(volunteer, { ...good, values: [] })).toEqual(reverted('WrongValueCount'));
      expect(await refusal(volunteer, { ...good, values: [stagedInputs[3] ?? 0n, 2n ** 255n] })).toEqual(reverted('InputTooLarge'));
      expect(await refusal(volunteer, { ...good, path: [] })).toEqual(reverted('WrongInput'));
      expect(await refusal(volunteer, { ...good, evidence: '0x' })).toEqual(reverted('ProofRejected'));
      expect(await refusal(volunteer, { ...good, terms: { ...terms, price: 1n } })).toEqual(reverted('UnknownTask'));
      await world.advance(601);
      expect(await refusal(volunteer, good)).toEqual(reverted('LeaseExpired'));
    });

    it('returns what was not earned after the task closes, once', async () => {
      const { terms } = await posted();
      await answered(send(volunteer, claimOf(terms, 0, volunteer.address)));
      await answered(send(volunteer, stagedDelivery(clock, terms, 0, volunteer.address)));
      expect(await refusal(stranger, { send: 'refund', terms })).toEqual(reverted('NotOpen', String(terms.closes)));
      await world.advance(7_300);
      const before = await read({ read: 'balance', of: requester.address });
      await answered(send(stranger, { send: 'refund', terms }));
      expect(await read({ read: 'balance', of: requester.address })).toBe(before + 7n * terms.price);
      expect(await refusal(stranger, { send: 'refund', terms })).toEqual(reverted('UnknownTask'));
    });

    it('tells watchers what happens from now on, in order, until they stop', async () => {
      await posted();
      const seen: LedgerEvent[] = [];
      let told: () => void = () => undefined;
      const events = (count: number) =>
        new Promise<void>((resolve) => {
          told = () => {
            if (seen.length >= count) resolve();
          };
          told();
        });
      const stop = await world.as(stranger).watch((event) => {
        seen.push(event);
        told();
      });
      const { terms, task } = await posted();
      await answered(send(volunteer, claimOf(terms, 1, volunteer.address)));
      const { tx } = await answered(send(volunteer, stagedDelivery(clock, terms, 1, volunteer.address)));
      await events(3);
      expect(seen.map(({ event }) => event)).toEqual(['posted', 'claimed', 'settled']);
      expect(seen[0]).toMatchObject({ task, terms });
      expect(seen[1]).toMatchObject({ task, unit: 1, claimant: volunteer.address, boxKey: stagedBoxKey });
      expect(seen[2]).toMatchObject({
        task,
        unit: 1,
        beneficiary: volunteer.address,
        paid: terms.price,
        values: [stagedInputs[1], stagedAnswers],
        at: { tx },
      });
      stop();
      const later: LedgerEvent[] = [];
      const stopLater = await world.as(stranger).watch((event) => {
        later.push(event);
        told();
      });
      const arrived = new Promise<void>((resolve) => (told = resolve));
      await posted();
      await arrived;
      expect([seen.length, later.length]).toEqual([3, 1]);
      stopLater();
    });
  });
}
