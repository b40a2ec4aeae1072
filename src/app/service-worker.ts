/**
 * The service worker: keeps the app's shell for offline use, keeps runtimes and wasm when they are first used, and sends
 * every answer on with the two headers that threads need, so that a host that sends none becomes isolated after one reload.
 */
import { cleanupOutdatedCaches, matchPrecache, precache } from 'workbox-precaching';
import type { ManifestEntry } from 'workbox-build';

interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}

interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

interface ServiceWorkerScope {
  readonly __WB_MANIFEST: ManifestEntry[];
  readonly location: Location;
  readonly registration: { readonly active: object | null; readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'activate' | 'install', listener: (event: Extendable) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

declare const self: ServiceWorkerScope;

/** Files of the build that are too large to load ahead: 14 MB and more. Their names carry a hash, so they never go stale. */
const KEPT = 'prooftab-used';
/** Wherever the app is served from: hosts of many projects serve each under a path of its own. */
const place = (file: string): string => new URL(file, self.registration.scope).pathname;
/** The last deployment file that arrived, so that the page can name its network while it is offline. */
const DEPLOYMENT = place('deployment.json');
const ASSETS = place('assets/');

precache(self.__WB_MANIFEST);
cleanupOutdatedCaches();

self.addEventListener('install', (event) => {
  // The page that installs this worker read its deployment before there was anyone to keep it. A practice network has none.
  if (import.meta.env.MODE !== 'demo') event.waitUntil(keepDeployment());
  // The very first worker takes over at once. A later one waits until the page asks, so that no open tab loses its files.
  if (!self.registration.active) void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), forgetOldRuntimes()]));
});

self.addEventListener('message', (event) => {
  if (event.data === 'use-now') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || request.headers.has('range')) return;
  event.respondWith(answer(request, url));
});

async function answer(request: Request, url: URL): Promise<Response> {
  if (url.pathname === DEPLOYMENT) return fresh(request);
  const shell = request.mode === 'navigate' ? await matchPrecache('index.html') : await matchPrecache(request);
  if (shell) return isolated(shell);
  if (url.pathname.startsWith(ASSETS)) return isolated(await keptOnUse(request));
  return isolated(await fetch(request));
}

async function keptOnUse(request: Request): Promise<Response> {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  // A full disk must not stop the work that needs this file now.
  if (response.ok) await cache.put(request.url, response.clone()).catch(() => undefined);
  return response;
}

async function fresh(request: Request): Promise<Response> {
  const cache = await caches.open(KEPT);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(DEPLOYMENT, response.clone()).catch(() => undefined);
    return isolated(response);
  } catch (thrown) {
    const last = await cache.match(DEPLOYMENT);
    if (!last) throw thrown;
    return isolated(last);
  }
}

/** A host without the file, or without room, is no reason not to install. */
async function keepDeployment(): Promise<void> {
  const cache = await caches.open(KEPT);
  await cache.add(DEPLOYMENT).catch(() => undefined);
}

/** A new build names its large files anew: those of older builds are dropped. */
async function forgetOldRuntimes(): Promise<void> {
  const cache = await caches.open(KEPT);
  const keys = await cache.keys();
  await Promise.all(keys.filter(({ url }) => new URL(url).pathname.startsWith(ASSETS)).map((key) => cache.delete(key)));
}

/** The same answer with the headers of cross-origin isolation (HTML Standard, "cross-origin isolated capability"). */
function isolated(response: Response): Response {
  if (response.type === 'opaque' || response.type === 'opaqueredirect' || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set('Cross-Origin-Opener-Policy', 'same-origin');
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp');
  headers.set('Cross-Origin-Resource-Policy', 'same-origin');
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}
