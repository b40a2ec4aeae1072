import { encodeAbiParameters, encodeEventTopics, type Log } from 'viem';
import { expect, it } from 'vitest';
import { marketAbi } from './abi.ts';
import { ledgerEvents } from './events.ts';
import { attempt } from './failure.ts';

const task = `0x${'5a'.repeat(32)}` as const;

const refunded = (position: Pick<Log, 'transactionHash' | 'blockNumber' | 'logIndex'>): Log => ({
  address: `0x${'44'.repeat(20)}`,
  blockHash: task,
  transactionIndex: 0,
  removed: false,
  topics: encodeEventTopics({ abi: marketAbi, eventName: 'Refunded', args: { task } }) as Log['topics'],
  data: encodeAbiParameters([{ type: 'uint256' }], [40n]),
  ...position,
});

it('reads an event with its place in the chain', () => {
  expect(ledgerEvents([refunded({ transactionHash: task, blockNumber: 7n, logIndex: 2 })])).toEqual([
    { event: 'refunded', task, amount: 40n, at: { tx: task, block: 7, log: 2 } },
  ]);
});

it('asks again where an endpoint gives a log that is in no block', async () => {
  const pending = refunded({ transactionHash: null, blockNumber: null, logIndex: null });
  expect(await attempt(async () => ledgerEvents([pending]))).toEqual({
    ok: false,
    failure: { kind: 'chain-down', detail: 'a pending log has no position' },
  });
});
