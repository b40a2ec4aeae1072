import { describe, expect, it } from 'vitest';
import { loadDeployment, parseDeployment } from './deployment.ts';

const address = `0x${'a1'.repeat(20)}`;
const good = {
  chainId: 31337,
  rpcUrl: 'http://127.0.0.1:8545',
  sponsorUrl: 'http://localhost:8080/sponsor',
  token: address,
  registry: address,
  market: address,
  fromBlock: 0,
  relays: ['/ip4/127.0.0.1/tcp/9090/ws/p2p/12D3KooWAbc'],
  custodians: ['/ip4/127.0.0.1/udp/9091/webrtc-direct/certhash/uEiAbc/p2p/12D3KooWDef'],
  mirrors: ['http://localhost:8080/blobs'],
  iceServers: [{ urls: 'stun:stun.example:3478' }],
};

describe('parseDeployment', () => {
  it('takes a whole deployment, with and without a sponsor', () => {
    expect(parseDeployment(good)).toEqual({ ok: true, value: good });
    expect(parseDeployment({ ...good, sponsorUrl: null }).ok).toBe(true);
  });

  it.each([
    ['chainId', '31337'],
    ['chainId', 0],
    ['rpcUrl', 'javascript:alert(1)'],
    ['sponsorUrl', undefined],
    ['token', '0x12'],
    ['registry', null],
    ['market', address.slice(2)],
    ['fromBlock', -1],
    ['relays', ['/ip4/127.0.0.1/tcp/9090/ws']],
    ['custodians', 'none'],
    ['mirrors', ['/blobs']],
    ['iceServers', [{ urls: 'https://example' }]],
  ])('names the field that is wrong: %s = %j', (field, value) => {
    expect(parseDeployment({ ...good, [field]: value })).toEqual({ ok: false, failure: { kind: 'deployment-bad', detail: field } });
  });
});

it.each([null, 'a page', 7])('is an object, and not %j', (value) => {
  expect(parseDeployment(value)).toEqual({ ok: false, failure: { kind: 'deployment-bad', detail: 'not-an-object' } });
});

describe('loadDeployment', () => {
  const answering = (answer: () => Promise<Response>) => loadDeployment(answer);

  it('reads /deployment.json', async () => {
    expect((await answering(async () => Response.json(good))).ok).toBe(true);
  });

  it('tells an unreachable file from an unreadable one', async () => {
    const kinds = await Promise.all([
      answering(async () => Promise.reject(new TypeError('Failed to fetch'))),
      answering(async () => new Response('coming up', { status: 503 })),
      answering(async () => new Response('<!doctype html>')),
    ]);
    expect(kinds.map((result) => (result.ok ? 'ok' : result.failure.kind))).toEqual([
      'deployment-unreachable',
      'deployment-unreachable',
      'deployment-bad',
    ]);
  });
});
