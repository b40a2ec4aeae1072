/** A stand-in endpoint for tests: it answers each question as the test says, in viem's own words where that is an error. */
import { createPublicClient, custom, RpcRequestError, type PublicClient } from 'viem';

/** An error as JSON-RPC carries it, inside an HTTP answer of status 200. */
export class EndpointError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;

  constructor(code: number, message: string, data?: unknown) {
    this.code = code;
    this.message = message;
    this.data = data;
  }
}

/** @param answers by method; an {@link EndpointError} is the endpoint's error */
export function stubEndpoint(answers: Readonly<Record<string, () => unknown>>): PublicClient {
  const request = ({ method }: { readonly method: string }): Promise<unknown> => {
    const answer = answers[method];
    if (!answer) return Promise.reject(new Error(`nobody told the endpoint what to say to ${method}`));
    const said = answer();
    if (!(said instanceof EndpointError)) return Promise.resolve(said);
    return Promise.reject(new RpcRequestError({ body: { method }, url: 'http://endpoint', error: said }));
  };
  return createPublicClient({ transport: custom({ request }, { retryCount: 0 }), pollingInterval: 100, cacheTime: 0 });
}

/** Words of common endpoints about trouble of their own or of the moment: no contract has refused anything. */
export const passingTrouble: readonly EndpointError[] = [
  new EndpointError(-32005, 'daily request count exceeded, request rate limited', { see: 'https://endpoint/limits' }),
  new EndpointError(429, 'Your app has exceeded its compute units per second capacity'),
  new EndpointError(-32007, '50/second request limit reached'),
  new EndpointError(-32603, 'Internal error', '0x'),
  new EndpointError(-32603, 'service temporarily unavailable'),
  new EndpointError(-32000, 'header not found'),
  new EndpointError(-32001, 'block not found: pending'),
  new EndpointError(-32000, 'nonce too low: next nonce 8, tx nonce 7'),
  new EndpointError(-32000, 'replacement transaction underpriced'),
  new EndpointError(-32003, 'insufficient funds for gas * price + value: balance 0, tx cost 21000'),
  new EndpointError(-32000, 'gas required exceeds allowance (0)'),
  new EndpointError(-32002, 'request timed out'),
];
