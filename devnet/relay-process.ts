/** The relay as a process of its own. */
import { startNodeProcess, type NodeProcess } from './node-process.ts';

export interface RelayProcessOptions {
  readonly port: number;
  readonly chainId: number;
  /** Where its key is kept, so that its address survives a restart. */
  readonly keyFile: string;
}

export interface RelayProcess extends NodeProcess {
  readonly addresses: readonly string[];
}

export async function startRelayProcess({ port, chainId, keyFile }: RelayProcessOptions): Promise<RelayProcess> {
  const started = await startNodeProcess('relay.ts', ['--port', String(port), '--chain', String(chainId), '--key', keyFile]);
  return { ...started, addresses: addressesIn(started.ready) };
}

/**
 * @example
 * addressesIn({ ready: 'relay', addresses: ['/ip4/127.0.0.1/tcp/9090/ws'] }) // ['/ip4/127.0.0.1/tcp/9090/ws']
 */
export function addressesIn(ready: unknown): readonly string[] {
  const addresses = typeof ready === 'object' && ready !== null && 'addresses' in ready ? ready.addresses : null;
  if (!Array.isArray(addresses) || !addresses.every((address) => typeof address === 'string'))
    throw new Error(`a part named no addresses: ${JSON.stringify(ready).slice(0, 200)}`);
  return addresses;
}
