/** The web side of the network: the built app, `/deployment.json`, public blobs by hash and the sponsor, on loopback only. */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { serverWords as words } from '../messages/en/server.ts';
import type { Deployment } from '../src/protocol/deployment.ts';
import { findStaticFile } from './static-files.ts';
import type { StaticFile } from './static-files.ts';

export interface ServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The folder that the app was built into. */
  readonly app: string;
  /** A folder of public files, each named by the 64 hexadecimal digits of its SHA-256. */
  readonly blobs: string;
  /** All of the deployment but this server's own addresses; null while the network is still coming up. */
  readonly deployment: () => DeploymentElsewhere | null;
  /** From the request's JSON to the answer's. */
  readonly sponsor: (request: unknown) => Promise<unknown>;
}

export type DeploymentElsewhere = Omit<Deployment, 'sponsorUrl' | 'mirrors'>;

export interface AppServer {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';
/** As most hosts do: text a third as long. Models and keys do not shrink, and a page measures their arrival by their length. */
const COMPRESSIBLE = /^text\/|javascript|json|svg/;
/** A settlement's calldata is under 2 KiB. */
const MAX_REQUEST_BYTES = 64 * 1024;

/** Threads need cross-origin isolation (HTML Standard, "cross-origin isolated capability"). */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export async function startServer(options: ServerOptions): Promise<AppServer> {
  const server = createServer((request, response) => {
    void answer(request, response, options).catch(() => {
      if (response.headersSent) response.destroy();
      else sendText(response, 500, words.broken);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, LOOPBACK, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/`,
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<void> {
  if (!isOwnHost(request.headers.host)) return sendText(response, 421, words.loopbackOnly);
  const path = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
  if (path === '/sponsor') return answerSponsor(request, response, options);
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, words.getOnly, { Allow: 'GET, HEAD' });
  if (path === '/deployment.json') {
    const elsewhere = options.deployment();
    if (elsewhere === null) return sendText(response, 503, words.comingUp, { 'Retry-After': '1' });
    return sendJson(response, 200, ownDeployment(elsewhere, `http://${request.headers.host}`));
  }
  if (path.startsWith('/blobs/')) {
    const blob = /^\/blobs\/[0-9a-f]{64}$/.test(path) ? await findStaticFile(options.blobs, path.slice('/blobs'.length)) : null;
    return blob
      ? sendFile(request, response, blob, { 'Cache-Control': 'public, max-age=31536000, immutable' })
      : sendText(response, 404, words.noBlob);
  }
  const file = (await findStaticFile(options.app, path)) ?? (isPage(request, path) ? await findStaticFile(options.app, '/index.html') : null);
  if (file === null) return sendText(response, 404, words.noFile);
  const kept = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return sendFile(request, response, file, { 'Cache-Control': kept, 'Content-Security-Policy': POLICY });
}

/** Under whichever of its names this server was asked (localhost, 127.0.0.1, a development server in front), so that all is one origin. */
export function ownDeployment(elsewhere: DeploymentElsewhere, origin: string): Deployment {
  return { ...elsewhere, sponsorUrl: `${origin}/sponsor`, mirrors: [`${origin}/blobs`] };
}

/** A name that someone else's DNS points here (rebinding) is no reason to answer. */
function isOwnHost(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host ?? '');
}

/** Pages are drawn by the app: a path without a file ending that is opened as a page gets the app. */
function isPage(request: IncomingMessage, path: string): boolean {
  return !/\.[a-z0-9]+$/i.test(path) && (request.headers.accept ?? '').includes('text/html');
}

/**
 * The page brings a policy of its own; this one also binds its workers, which no page's policy reaches, and forbids framing.
 * Chain, relay and mirrors may move between two starts while an installed page keeps its headers: so connections are bounded
 * to this machine and not to ports. Proving needs WebAssembly. WebRTC is outside CSP.
 */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' http://127.0.0.1:* http://localhost:* ws://127.0.0.1:* ws://localhost:* https: wss:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

async function answerSponsor(request: IncomingMessage, response: ServerResponse, { sponsor }: ServerOptions): Promise<void> {
  if (request.method !== 'POST') return sendText(response, 405, words.postOnly, { Allow: 'POST' });
  // A page of another site can send a simple request but not this type without asking first, and it is not answered.
  if (!(request.headers['content-type'] ?? '').startsWith('application/json')) return sendText(response, 415, words.wantsJson);
  const body = await readBody(request);
  if (body === null) return sendText(response, 413, words.tooLarge(MAX_REQUEST_BYTES));
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return sendText(response, 400, words.notJson);
  }
  sendJson(response, 200, await sponsor(parsed));
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_REQUEST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function sendFile(request: IncomingMessage, response: ServerResponse, file: StaticFile, headers: OutgoingHttpHeaders): Promise<void> {
  const squeezed = COMPRESSIBLE.test(file.type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const size = squeezed ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': file.bytes };
  response.writeHead(200, { ...common(), ...headers, 'Content-Type': file.type, Vary: 'Accept-Encoding', ...size });
  if (request.method === 'HEAD') response.end();
  else if (squeezed) await pipeline(createReadStream(file.path), createGzip(), response);
  else await pipeline(createReadStream(file.path), response);
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { ...common(), 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(value));
}

function sendText(response: ServerResponse, status: number, text: string, headers: OutgoingHttpHeaders = {}): void {
  response.writeHead(status, { ...common(), ...headers, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${text}\n`);
}

function common(): OutgoingHttpHeaders {
  return { ...ISOLATION, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };
}
