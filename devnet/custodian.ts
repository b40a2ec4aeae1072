/** The custodian: owns a dataset, seals and publishes it once, then serves sealed shards to anyone and their keys to live claimants. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EvmNetwork } from '../src/consensus/evm/chain-client.ts';
import { createEvmLedger } from '../src/consensus/evm/evm-ledger.ts';
import { createWalletSender } from '../src/consensus/evm/wallet-sender.ts';
import { serveDataset } from '../src/marketplace/serve-dataset.ts';
import { DenyList } from '../src/network/deny-list.ts';
import { loadHostIdentity } from '../src/network/libp2p/host-identity.ts';
import { joinLibp2pNetwork } from '../src/network/libp2p/libp2p-network.ts';
import { createNodeHost } from '../src/network/libp2p/node-host.ts';
import { haveTopic } from '../src/network/wire.ts';
import type { CircuitId } from '../src/protocol/ids.ts';
import { accountsFor } from './accounts.ts';
import { loadDataset, loadSecrets } from './custody.ts';
import { digitRows } from './digit-rows.ts';
import { FolderShardStore } from './folder-shard-store.ts';

export interface CustodianOptions {
  /** Where its secret, its dataset and its host identity are kept. */
  readonly home: string;
  /** Folder of sealed shards and lists. */
  readonly store: string;
  readonly network: EvmNetwork;
  /** Circuits that may read the dataset. */
  readonly circuits: readonly CircuitId[];
  /** UDP port. */
  readonly port: number;
  readonly relays: readonly string[];
}

export interface Custodian {
  /** Multiaddrs that tabs dial. */
  readonly addresses: readonly string[];
  /** Hangs up on everyone. The host itself ends with its process. */
  hangUp(): Promise<void>;
}

/** On a real chain a claim must lie under this many blocks before it counts. */
const CLAIM_DEPTH = 2;
const DEVELOPMENT_CHAIN = 31337;

export async function startCustodian({ home, store: folder, network, circuits, port, relays }: CustodianOptions): Promise<Custodian> {
  const { chainId } = network;
  const { owner } = accountsFor(chainId);
  const ledger = createEvmLedger(network, createWalletSender(network, owner));
  const store = new FolderShardStore(folder);
  const secrets = await loadSecrets(home);
  const dataset = await loadDataset({ home, store, ledger, owner: owner.address, source: () => digitRows() }, secrets);
  const denied = DenyList.inMemory();
  const node = await createNodeHost({
    identity: await loadHostIdentity(path.join(home, 'host.json')),
    port,
    dials: relays,
    topics: [haveTopic(chainId)],
    isDenied: (peer) => denied.has(peer),
  });
  await joinLibp2pNetwork({
    node,
    chainId,
    relays,
    custodians: [],
    presence: false,
    denied,
    served: serveDataset({
      ledger,
      shards: store,
      dataset: dataset.id,
      custody: { ownerSecret: secrets.ownerSecret, circuits, ownerPrice: 0n },
      depth: chainId === DEVELOPMENT_CHAIN ? 0 : CLAIM_DEPTH,
    }),
  });
  return {
    addresses: node.getMultiaddrs().map(String),
    hangUp: async () => {
      await Promise.all(
        node.getConnections().map((connection) => connection.close({ signal: AbortSignal.timeout(FAREWELL_MS) }).catch(() => undefined)),
      );
    },
  };
}

const FAREWELL_MS = 500;

/** Its parent says, once it knows, for which chain and circuits it works; until then it has its libraries loaded. */
function main(): void {
  let custodian: Custodian | null = null;
  process.once('message', (options: CustodianOptions) => {
    startCustodian(options).then(
      (started) => {
        custodian = started;
        console.log(JSON.stringify({ ready: 'custodian', addresses: started.addresses }));
      },
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  // Closing a WebRTC-direct listener that has served tabs can abort the process in native code (libdatachannel). Nothing is
  // lost by ending it: what it keeps is written whole, when it is made. So it says goodbye, and is gone.
  const leave = (): void => void Promise.resolve(custodian?.hangUp()).finally(() => process.kill(process.pid, 'SIGKILL'));
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  process.once('disconnect', leave);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
