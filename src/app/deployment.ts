/** Loads the deployment file and checks it whole before anything trusts a line of it. */
import { isHex } from '../protocol/bytes.ts';
import type { Deployment } from '../protocol/deployment.ts';
import { fail, ok, type Result } from '../protocol/result.ts';
import type { StartFailure } from './worksite.ts';

type DeploymentFailure = Extract<StartFailure, { kind: 'deployment-unreachable' | 'deployment-bad' }>;

const SILENCE = 10_000;

export async function loadDeployment(request: typeof fetch = (...all) => fetch(...all)): Promise<Result<Deployment, DeploymentFailure>> {
  let response: Response;
  try {
    response = await request('/deployment.json', { cache: 'no-cache', signal: AbortSignal.timeout(SILENCE) });
  } catch (thrown) {
    return fail({ kind: 'deployment-unreachable', detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
  if (!response.ok) return fail({ kind: 'deployment-unreachable', detail: `HTTP ${response.status}` });
  try {
    return parseDeployment(await response.json());
  } catch {
    return fail({ kind: 'deployment-bad', detail: 'not-json' });
  }
}

/**
 * @example
 * parseDeployment({ chainId: 'one' }) // { ok: false, failure: { kind: 'deployment-bad', detail: 'chainId' } }
 */
export function parseDeployment(value: unknown): Result<Deployment, DeploymentFailure> {
  if (typeof value !== 'object' || value === null) return fail({ kind: 'deployment-bad', detail: 'not-an-object' });
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const wrong = Object.entries(checks).find(([name, check]) => !check(fields[name]));
  return wrong ? fail({ kind: 'deployment-bad', detail: wrong[0] }) : ok(fields as unknown as Deployment);
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const isAddress = (value: unknown) => isHex(value, 20);
const isUrl = (value: unknown) => typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
const areAll = (check: (entry: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(check);
/** Text form of a multiaddr that names the peer it expects there, so that nobody else can answer in its place. */
const isPeerAddress = (value: unknown) => typeof value === 'string' && /^\/[^\s]+\/p2p\/[A-Za-z0-9]+$/.test(value);
const isIceServer = (value: unknown) =>
  typeof value === 'object' && value !== null && 'urls' in value && typeof value.urls === 'string' && /^(stun|turn)s?:/.test(value.urls);

const checks: { readonly [Field in keyof Deployment]: (value: unknown) => boolean } = {
  chainId: (value) => isCount(value) && value !== 0,
  rpcUrl: isUrl,
  sponsorUrl: (value) => value === null || isUrl(value),
  token: isAddress,
  registry: isAddress,
  market: isAddress,
  fromBlock: isCount,
  relays: areAll(isPeerAddress),
  custodians: areAll(isPeerAddress),
  mirrors: areAll(isUrl),
  iceServers: areAll(isIceServer),
};
