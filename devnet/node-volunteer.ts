/** A volunteer without a browser: the same job over the same doors, in one Node process. */
import { privateKeyToAddress } from 'viem/accounts';
import { createEvmLedger } from '../src/consensus/evm/evm-ledger.ts';
import { createSponsoredSender } from '../src/consensus/evm/sponsored-sender.ts';
import { createReferenceExecutor } from '../src/execution/reference-executor.ts';
import { createWalletSigner } from '../src/identity/wallet-signer.ts';
import type { JobDoors } from '../src/job/job-context.ts';
import { MemoryLocks } from '../src/job/memory-locks.ts';
import { systemTimer } from '../src/job/waiting.ts';
import { DenyList } from '../src/network/deny-list.ts';
import { withMirror } from '../src/network/http-mirror.ts';
import { loadHostIdentity } from '../src/network/libp2p/host-identity.ts';
import { joinLibp2pNetwork } from '../src/network/libp2p/libp2p-network.ts';
import { createNodeHost } from '../src/network/libp2p/node-host.ts';
import { haveTopic } from '../src/network/wire.ts';
import { nodeEnvironment } from '../src/proof/bn254/node-threads.ts';
import { createGroth16Prover } from '../src/proof/groth16/groth16-prover.ts';
import { toHex } from '../src/protocol/bytes.ts';
import type { Deployment } from '../src/protocol/deployment.ts';
import type { Address } from '../src/protocol/ids.ts';
import { MemoryRecordStore } from '../src/storage/memory-record-store.ts';
import { MemoryShardStore } from '../src/storage/memory-shard-store.ts';

export interface NodeVolunteer {
  readonly doors: JobDoors;
  readonly address: Address;
  leave(): Promise<void>;
}

/** Arrives with a new account that holds no coins. @param identityFile where its network key is kept */
export async function joinAsNode(deployment: Deployment, identityFile: string): Promise<NodeVolunteer> {
  const { chainId, relays, custodians, mirrors, sponsorUrl } = deployment;
  if (sponsorUrl === null) throw new Error('this deployment names no sponsor, and the volunteer holds no coins');
  const secretKey = toHex(crypto.getRandomValues(new Uint8Array(32)));
  const denied = DenyList.inMemory();
  const node = await createNodeHost({
    identity: await loadHostIdentity(identityFile),
    port: 0,
    dials: [...relays, ...custodians],
    topics: [haveTopic(chainId)],
    isDenied: (peer) => denied.has(peer),
  });
  const network = withMirror(await joinLibp2pNetwork({ node, chainId, relays, custodians, presence: false, denied, served: {} }), mirrors);
  const doors: JobDoors = {
    ledger: createEvmLedger(deployment, createSponsoredSender(deployment, sponsorUrl)),
    signer: await createWalletSigner(secretKey),
    network,
    shards: new MemoryShardStore(),
    records: new MemoryRecordStore(),
    executor: createReferenceExecutor(),
    prover: createGroth16Prover(nodeEnvironment),
    locks: new MemoryLocks(),
    timer: systemTimer,
  };
  return { doors, address: privateKeyToAddress(secretKey), leave: () => network.close() };
}
