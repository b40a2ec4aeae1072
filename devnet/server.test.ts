import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { choosePort } from './ports.ts';
import { startServer, type AppServer, type DeploymentElsewhere } from './server.ts';

const deployment: DeploymentElsewhere = {
  chainId: 31337,
  rpcUrl: 'http://127.0.0.1:8545/',
  token: '0x01',
  registry: '0x02',
  market: '0x03',
  fromBlock: 0,
  relays: ['/ip4/127.0.0.1/tcp/9090/ws/p2p/12D3KooW', '/dns4/relay.example.org/tcp/443/tls/ws/p2p/12D3KooX'],
  custodians: ['/ip4/127.0.0.1/udp/9191/webrtc-direct/certhash/uEi/p2p/12D3KooY'],
  iceServers: [],
};
const blobName = 'ab'.repeat(32);

let folder: string;
let server: AppServer;
let up: DeploymentElsewhere | null = deployment;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'prooftab-server-'));
  mkdirSync(path.join(folder, 'app/assets'), { recursive: true });
  mkdirSync(path.join(folder, 'blobs'));
  writeFileSync(path.join(folder, 'app/index.html'), '<title>Prooftab</title>');
  writeFileSync(path.join(folder, 'app/assets/a.js'), 'export {};');
  writeFileSync(path.join(folder, 'app/assets/a.wasm'), '');
  writeFileSync(path.join(folder, 'app/.sources'), 'hidden');
  writeFileSync(path.join(folder, 'secret'), 'owner secret');
  symlinkSync(path.join(folder, 'secret'), path.join(folder, 'app/link'));
  for (const name of [blobName, `${blobName}.part`]) writeFileSync(path.join(folder, 'blobs', name), 'blob');
  server = await startServer({
    port: 0,
    app: path.join(folder, 'app'),
    blobs: path.join(folder, 'blobs'),
    deployment: () => up,
    sponsor: async (asked) => ({ asked }),
  });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Sends the path as it is: fetch would tidy `..` away before an attacker's server saw it. */
function get(
  target: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path: target, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the app', () => {
  it('is served isolated, with a policy that keeps it to itself and its network', async () => {
    const { status, headers, text } = await get('/');
    expect([status, text]).toEqual([200, '<title>Prooftab</title>']);
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'content-type': 'text/html; charset=utf-8',
    });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain("worker-src 'self';");
  });

  it('compresses text for whoever takes it, and files that do not shrink for nobody', async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/assets/a.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect([answer.headers.get('content-encoding'), await answer.text()]).toEqual(['gzip', 'export {};']);
    expect((await get('/assets/a.js')).headers).toMatchObject({ 'content-length': '10', vary: 'Accept-Encoding' });
    expect((await get('/assets/a.wasm', { 'accept-encoding': 'gzip' })).headers).not.toHaveProperty('content-encoding');
  });

  it('gives each file its type, and pages of the app the app', async () => {
    expect((await get('/assets/a.js')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    });
    expect((await get('/assets/a.wasm')).headers).toMatchObject({ 'content-type': 'application/wasm' });
    const page = await get('/verify', { accept: 'text/html' });
    // Asked for again each time: a new version of the app must reach whoever has the old one.
    expect([page.text, page.headers['cache-control']]).toEqual(['<title>Prooftab</title>', 'no-cache']);
    expect((await get('/assets/gone.js', { accept: 'text/html' })).status).toBe(404);
    expect((await get('/', {}, 'HEAD')).text).toBe('');
    expect((await get('/', {}, 'DELETE')).status).toBe(405);
  });

  it.each([
    '/../secret',
    '/%2e%2e/secret',
    '/assets/../../secret',
    '/assets/%2e%2e%2f%2e%2e%2fsecret',
    '/..%5csecret',
    '/%00',
    '/%zz',
    '//secret',
    '/link',
    '/.sources',
    '/assets/',
  ])('hands out nothing for %s', async (target) => {
    const { status, text } = await get(target);
    expect(status).toBe(404);
    expect(text).not.toContain('secret');
  });

  it('does not answer under a foreign name, which someone could point here', async () => {
    expect((await get('/deployment.json', { host: 'evil.example:80' })).status).toBe(421);
  });
});

describe('blobs', () => {
  it('are served by hash for ever, and nothing else is', async () => {
    const { status, text, headers } = await get(`/blobs/${blobName}`);
    expect([status, text]).toEqual([200, 'blob']);
    expect(headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'application/octet-stream' });
    for (const other of [`/blobs/${'00'.repeat(32)}`, '/blobs/../secret', `/blobs/${blobName}.part`, '/blobs/', `/blobs/${blobName.toUpperCase()}`])
      expect((await get(other)).status).toBe(404);
  });
});

describe('the deployment file', () => {
  it('is never cached, and says when it is not there yet', async () => {
    const { headers, text } = await get('/deployment.json');
    expect(JSON.parse(text)).toMatchObject(deployment);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    up = null;
    expect((await get('/deployment.json')).status).toBe(503);
    up = deployment;
  });
});

it.each(['localhost', '127.0.0.1'])('is one origin with its sponsor and its mirror when it is called %s', async (name) => {
  const { text } = await get('/deployment.json', { host: `${name}:5173` });
  expect(JSON.parse(text)).toMatchObject({ sponsorUrl: `http://${name}:5173/sponsor`, mirrors: [`http://${name}:5173/blobs`] });
});

describe('the sponsor', () => {
  const ask = (body: string, type = 'application/json') =>
    fetch(`http://127.0.0.1:${server.port}/sponsor`, { method: 'POST', body, headers: { 'content-type': type } });

  it('is handed the parsed request, and its answer is returned', async () => {
    const answered = await ask('{"action":"claim"}');
    expect(await answered.json()).toEqual({ asked: { action: 'claim' } });
  });

  it('is not troubled with what is not a small JSON request', async () => {
    expect((await ask('{')).status).toBe(400);
    expect((await ask('{}', 'text/plain')).status).toBe(415);
    expect((await ask(JSON.stringify('x'.repeat(70_000)))).status).toBe(413);
    expect((await get('/sponsor')).status).toBe(405);
  });
});

it('chooses the usual port when it is free and another when it is not', async () => {
  const taken = await choosePort(server.port);
  expect(taken).not.toBe(server.port);
  expect(await choosePort(taken)).toBe(taken);
  const udp = await choosePort(0, 'udp');
  expect(await choosePort(udp, 'udp')).toBe(udp);
});
