import type { Connection } from '@libp2p/interface';
import { lpStream } from '@libp2p/utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TaskId } from '../../protocol/ids.ts';
import { ok } from '../../protocol/result.ts';
import type { KeyRequest } from '../peer-network.ts';
import { Traffic } from '../traffic.ts';
import { KEY_PROTOCOL, decodeKeyAnswer, encodeKeyRequest } from '../wire.ts';
import type { MeshNode } from './gossip-service.ts';
import { askForKey, serveKeys } from './key-protocol.ts';
import { createMemoryNode } from './libp2p-suite.ts';

const traffic = new Traffic(() => undefined);
const request: KeyRequest = { task: `0x${'11'.repeat(32)}` as TaskId, unit: 0, boxKey: `0x${'22'.repeat(32)}` };
const key = { enc: new Uint8Array(32).fill(1), ct: new Uint8Array(48).fill(2) };

describe('key protocol', () => {
  let custodian: MeshNode;
  let tab: MeshNode;
  let link: Connection;
  let now = 0;
  let asked = 0;
  const grants = (): Promise<{ ok: true; value: typeof key }> => {
    asked++;
    return Promise.resolve(ok(key));
  };
  beforeEach(async () => {
    asked = 0;
    [custodian, tab] = await Promise.all([createMemoryNode(), createMemoryNode()]);
  });
  afterEach(async () => {
    await Promise.all([custodian.stop(), tab.stop()]);
  });
  const connect = async (): Promise<void> => {
    link = await tab.dial(custodian.getMultiaddrs());
  };

  it('answers one request a second of a peer, and says when to come back', async () => {
    await serveKeys(custodian, grants, traffic, () => now);
    await connect();
    expect(await askForKey(link, request, traffic)).toEqual(key);
    expect(await askForKey(link, request, traffic)).toEqual({ code: 'busy', retryAfter: 1 });
    expect(asked).toBe(1);
    now += 1000;
    expect(await askForKey(link, request, traffic)).toEqual(key);
  });

  it('refuses a malformed request without asking the custodian, and drops one over 1 KiB', async () => {
    await serveKeys(custodian, grants, traffic, () => (now += 5000));
    await connect();
    const lax = lpStream(await link.newStream(KEY_PROTOCOL));
    await lax.write(Uint8Array.from([...encodeKeyRequest(request), 0]));
    expect(decodeKeyAnswer((await lax.read()).subarray())).toEqual(ok({ code: 'bad-request' }));
    const long = lpStream(await link.newStream(KEY_PROTOCOL));
    await long.write(new Uint8Array(1025));
    await expect(long.read({ signal: AbortSignal.timeout(5000) })).rejects.toThrow();
    expect(asked).toBe(0);
  });

  it('is null when the custodian sends what is no answer, fails, or does not serve keys', async () => {
    await custodian.handle(KEY_PROTOCOL, async (stream) => {
      await lpStream(stream).write(new Uint8Array([1, 2, 3]));
    });
    await connect();
    expect(await askForKey(link, request, traffic)).toBeNull();
    await custodian.unhandle(KEY_PROTOCOL);
    expect(await askForKey(link, request, traffic)).toBeNull();
    await serveKeys(custodian, () => Promise.reject(new Error('chain down')), traffic);
    expect(await askForKey(link, request, traffic)).toBeNull();
  });
});
