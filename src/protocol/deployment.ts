/** The deployment file: where a network's chain, contracts, relays and custodians are. Served beside the app as `/deployment.json`. */
import type { Address } from './ids.ts';

export interface Deployment {
  readonly chainId: number;
  readonly rpcUrl: string;
  /** Pays the gas of claims and deliveries for accounts without coins; null where everyone pays their own. */
  readonly sponsorUrl: string | null;
  readonly token: Address;
  readonly registry: Address;
  readonly market: Address;
  /** First block worth reading. */
  readonly fromBlock: number;
  /** Multiaddrs ending in `/p2p/<id>`. */
  readonly relays: readonly string[];
  readonly custodians: readonly string[];
  /** Base URLs that serve public blobs as `<base>/<64 hex digits>`. */
  readonly mirrors: readonly string[];
  readonly iceServers: readonly { readonly urls: string }[];
}
