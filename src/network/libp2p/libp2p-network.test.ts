import { expect, it } from 'vitest';
import type { BlobId, TaskId } from '../../protocol/ids.ts';
import { DenyList } from '../deny-list.ts';
import { describePeerNetwork } from '../peer-network-suite.ts';
import { joinLibp2pNetwork } from './libp2p-network.ts';
import { createMemoryNode, openMemoryNeighbourhood } from './libp2p-suite.ts';

describePeerNetwork('libp2p network', openMemoryNeighbourhood);

const GONE = '/memory/nobody/p2p/12D3KooWHCV8SPAKRkUx4xrKMfaMhqqTfXVg6cYKTKBNw1tXPeDV';
const join = async (fixed: { readonly relays?: readonly string[]; readonly custodians?: readonly string[] }) => {
  const node = await createMemoryNode();
  const joining = joinLibp2pNetwork({
    node,
    chainId: 31337,
    relays: [],
    custodians: [],
    served: {},
    denied: DenyList.inMemory(),
    presence: true,
    patience: 100,
    ...fixed,
  });
  return joining.catch(async (error: unknown) => {
    await node.stop();
    throw error;
  });
};

it('finds nothing at a custodian that cannot be reached, and says that it cannot', async () => {
  const network = await join({ custodians: [GONE] });
  expect(await network.fetch({ kind: 'blob', id: `0x${'5a'.repeat(32)}` as BlobId }, 10)).toMatchObject({
    ok: false,
    failure: { kind: 'not-found' },
  });
  const request = { task: `0x${'5a'.repeat(32)}` as TaskId, unit: 0, boxKey: `0x${'0b'.repeat(32)}` } as const;
  expect(await network.requestKey(request)).toEqual({ ok: false, failure: { kind: 'custodian-unreachable' } });
  await network.close();
});

it('joins no relay whose address does not say which peer it expects: anyone could answer there', async () => {
  await expect(join({ relays: ['/memory/nobody'] })).rejects.toThrow('no /p2p/<id>');
});
