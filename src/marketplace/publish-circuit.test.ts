import { describe, expect, it } from 'vitest';
import { fromHex } from '../protocol/bytes.ts';
import { MemoryShardStore } from '../storage/memory-shard-store.ts';
import { publishCircuit } from './publish-circuit.ts';
import { OWNER, REQUESTER, expectOk, stageMarket } from './staged-market.ts';
import { StubLedger } from './stub-ledger.ts';

async function files() {
  const { parts, key, model, artefacts } = await stageMarket(new MemoryShardStore());
  return { circuit: parts, key: fromHex(key), model, artefacts };
}

describe('publishCircuit', () => {
  it('registers the circuit, publishes its heads, and sends nothing the second time', async () => {
    const ledger = new StubLedger();
    ledger.sender = REQUESTER;
    expectOk(await publishCircuit(ledger, REQUESTER, await files()));
    expectOk(await publishCircuit(ledger, REQUESTER, await files()));
    expect(ledger.sentActions.map(({ send }) => send)).toEqual(['register', 'publish', 'publish']);
  });

  it('publishes heads that only somebody else published: a requester is believed before strangers', async () => {
    const ledger = new StubLedger();
    ledger.sender = OWNER;
    expectOk(await publishCircuit(ledger, OWNER, await files()));
    ledger.sender = REQUESTER;
    expectOk(await publishCircuit(ledger, REQUESTER, await files()));
    expect(ledger.heads.map(({ publisher }) => publisher)).toEqual([OWNER, OWNER, REQUESTER, REQUESTER]);
    expect(ledger.sentActions.filter(({ send }) => send === 'register')).toHaveLength(1);
  });

  it('gives the chain’s own refusal on, and publishes nothing after it', async () => {
    const ledger = new StubLedger();
    const refusal = { kind: 'reverted', error: 'DevelopmentKey', args: [] } as const;
    ledger.onSend = ({ send }) => (send === 'register' ? refusal : null);
    expect(await publishCircuit(ledger, REQUESTER, await files())).toEqual({ ok: false, failure: refusal });
    expect(ledger.heads).toEqual([]);
  });
});
