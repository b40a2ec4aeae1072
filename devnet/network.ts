/** The embedded network: chain, contracts, relay, custodian, requester, mirror and sponsor, each in its place and each able to fail alone. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { LocalAccount } from 'viem';
import { terminalWords } from '../messages/en/terminal.ts';
import { createChainClient, type ServedNetwork } from '../src/consensus/evm/chain-client.ts';
import { createEvmLedger } from '../src/consensus/evm/evm-ledger.ts';
import { createWalletSender } from '../src/consensus/evm/wallet-sender.ts';
import type { Ledger } from '../src/consensus/ledger.ts';
import { circuitId } from '../src/protocol/circuit.ts';
import type { Deployment } from '../src/protocol/deployment.ts';
import { accountsFor, type Accounts } from './accounts.ts';
import { openChain, type RunningChain } from './chain.ts';
import { startCustodianProcess, type CustodianProcess } from './custodian-process.ts';
import { deploy } from './deploy.ts';
import { FolderShardStore } from './folder-shard-store.ts';
import { followMarket } from './follow-market.ts';
import { loadNetworkKeys, type NetworkKeys } from './network-keys.ts';
import { choosePort, type Transport } from './ports.ts';
import { startRelayProcess, type RelayProcess } from './relay-process.ts';
import { startRequester, type Requester, type Work } from './requester.ts';
import { restartable, type Restartable } from './restartable.ts';
import { ownDeployment, startServer, type DeploymentElsewhere } from './server.ts';
import { handleSponsor, sponsorDeps } from './sponsor.ts';

export interface NetworkOptions {
  /** Where everything that must survive a restart is kept. */
  readonly home: string;
  /** Where development keys are kept, by content hash; several networks may share it. */
  readonly keys: string;
  /** The folder that the app was built into. */
  readonly app: string;
  readonly ports: Ports | 'free';
  readonly work?: Work;
  /** One line for each thing that happens. */
  readonly tell: (line: string) => void;
}

export interface Ports {
  readonly web: number;
  readonly chain: number;
  readonly relay: number;
  /** UDP. */
  readonly custodian: number;
}

export const USUAL_PORTS: Ports = { web: 4242, chain: 8545, relay: 9090, custodian: 9191 };
const ANY_PORT: Ports = { web: 0, chain: 0, relay: 0, custodian: 0 };

export interface Network {
  readonly url: string;
  readonly deployment: Deployment;
  /** Reads the chain, and sends as the requester. */
  readonly ledger: Ledger;
  readonly chain: Restartable<RunningChain>;
  readonly relay: Restartable<RelayProcess>;
  readonly custodian: Restartable<CustodianProcess>;
  readonly requester: Requester;
  /** Where the custodian keeps its secret: for tests that look for its keys on wires and disks. */
  readonly custodianHome: string;
  /** Ends every part; leaves no process and no open port. */
  stop(): Promise<void>;
}

export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const { home, tell, work } = options;
  await mkdir(home, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    // Last started, first stopped: what writes to the chain ends before the chain does.
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const ports = await choosePorts(options.ports, tell);
    const chain = await restartable(() => openChain({ stateFile: path.join(home, 'chain.json'), port: ports.chain }));
    stops.push(() => chain.stop());
    const { rpcUrl, chainId } = chain.current;
    const accounts = accountsFor(chainId);
    // Relay and custodian load their libraries while contracts and keys are prepared here.
    const relayStarts = restartable(() => startRelayProcess({ port: ports.relay, chainId, keyFile: path.join(home, 'relay.json') }));
    const preparing = prepare(options, rpcUrl, accounts);
    const custodianSettings = Promise.all([preparing, relayStarts]).then(([{ contracts, keys }, relay]) => ({
      home: path.join(home, 'custodian'),
      store: path.join(home, 'store'),
      network: contracts,
      circuits: [circuitId(keys.circuit)],
      port: ports.custodian,
      relays: relay.current.addresses,
    }));
    const custodianStarts = restartable(() => startCustodianProcess(custodianSettings, accounts.owner.address));
    for (const starting of [relayStarts, custodianStarts]) {
      // Awaited below; a failure before that is not yet anyone's.
      starting.catch(() => undefined);
      stops.push(async () => (await starting.catch(() => null))?.stop());
    }
    const { contracts, keys, store } = await preparing;
    const senders = new Map([accounts.requester, accounts.sponsor].map((account) => [account.address, createWalletSender(contracts, account)]));
    const senderOf = ({ address }: LocalAccount) => senders.get(address) ?? createWalletSender(contracts, accounts.requester);
    const ledger = createEvmLedger(contracts, senderOf(accounts.requester));
    const relay = await relayStarts;
    const custodian = await custodianStarts;

    const follow = await followMarket({ ledger, client: createChainClient({ rpcUrl }), rowsPerUnit: custodian.current.dataset.head.shardRows, tell });
    stops.push(follow.stop);
    const sponsor = sponsorDeps(contracts, senderOf(accounts.sponsor));
    let elsewhere: DeploymentElsewhere | null = null;
    const server = await startServer({
      port: ports.web,
      app: options.app,
      blobs: store.blobs,
      deployment: () => elsewhere,
      sponsor: (request) => handleSponsor(request, sponsor),
    });
    stops.push(() => server.stop());
    const requester = await startRequester({
      ...keys,
      ledger,
      address: accounts.requester.address,
      dataset: custodian.current.dataset,
      tell,
      ...(work && { work }),
    });
    stops.push(() => requester.stop());
    elsewhere = { ...contracts, relays: relay.current.addresses, custodians: custodian.current.addresses, iceServers: [] };
    const deployment = ownDeployment(elsewhere, server.url.slice(0, -1));
    return { url: server.url, deployment, ledger, chain, relay, custodian, requester, custodianHome: path.join(home, 'custodian'), stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

interface Prepared {
  readonly contracts: ServedNetwork;
  readonly keys: NetworkKeys;
  /** Holds the public files that a volunteer fetches. */
  readonly store: FolderShardStore;
}

async function prepare({ home, keys: folder, tell }: NetworkOptions, rpcUrl: string, { requester }: Accounts): Promise<Prepared> {
  const contracts = await deploy({ rpcUrl, deployer: requester, addressFile: path.join(home, 'contracts.json') });
  const keys = await loadNetworkKeys(folder, tell);
  const store = new FolderShardStore(path.join(home, 'store'));
  for (const { content, bytes } of keys.blobs) await store.put(content, bytes);
  return { contracts, keys, store };
}

const TRANSPORTS: Readonly<Record<keyof Ports, Transport>> = { web: 'tcp', chain: 'tcp', relay: 'tcp', custodian: 'udp' };

async function choosePorts(asked: Ports | 'free', tell: (line: string) => void): Promise<Ports> {
  const wanted = asked === 'free' ? ANY_PORT : asked;
  const chosen = { ...wanted };
  for (const part of Object.keys(TRANSPORTS) as (keyof Ports)[]) {
    chosen[part] = await choosePort(wanted[part], TRANSPORTS[part]);
    if (wanted[part] !== 0 && chosen[part] !== wanted[part]) tell(terminalWords.portTaken(part, wanted[part], chosen[part]));
  }
  return chosen;
}
