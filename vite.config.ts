/** The build: one page, its workers, one service worker, isolated from other origins wherever it is served. In mode `demo` it brings its own network. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { tryWords } from './messages/en/try.ts';
import { ROUTES } from './src/ui/routes.ts';
import { buildKit, type BuiltKit } from './scripts/demonstration-kit.ts';
import { buildPracticeKit, type BuiltPracticeKit } from './scripts/practice-kit.ts';
import { drawIconPng, drawIconSvg } from './scripts/draw-icons.ts';

/** Threads in WebAssembly need shared memory, and shared memory needs these two. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Chain, relay and mirrors are named at run time by the deployment file, so connections are bounded by scheme: encrypted, or on this machine. */
const ANY_NETWORK = "connect-src 'self' https: wss: http://127.0.0.1:* http://localhost:* ws://127.0.0.1:* ws://localhost:*";
/** A network inside the tab needs its own files and nobody else. */
const NO_NETWORK = "connect-src 'self'";

/** Every worker, the prover's threads too, is a file of the build. */
const policyWith = (connections: string): string =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    connections,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // No text becomes a script or a worker but through the page's own policy, and markup only through Svelte's.
    "require-trusted-types-for 'script'",
    'trusted-types default svelte-trusted-html',
  ].join('; ');

/** Only in the build: the development server injects styles and a client that the policy would refuse. */
function contentSecurityPolicy(connections: string): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'pre',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: policyWith(connections) },
          injectTo: 'head-prepend' as const,
        },
      ],
    },
  };
}

/** What `npm start` serves beside the app, for a development server or preview in front of it. */
// The host's name is passed on, so that the deployment names the address in front and all is one origin.
const started = { target: process.env.PROOFTAB_NETWORK ?? 'http://localhost:4242', changeOrigin: false };
const network = { '/deployment.json': started, '/blobs': started, '/sponsor': started };

/**
 * The first page's title stands in the document itself, so that there is something to read before the first script has come. For
 * another page it stays unseen: those are told by the fragment, which CSS knows as the target.
 */
function readableAtOnce(): Plugin {
  const others = ROUTES.filter((route) => route !== 'try').map((route) => `<i id="/${route}"></i>`);
  const shell = `<main class="shell">${others.join('')}<h1>${tryWords.drawTitle}</h1><p class="lede">${tryWords.drawLede}</p></main>`;
  let base = '/';
  return {
    name: 'readable-at-once',
    configResolved(config) {
      ({ base } = config);
    },
    transformIndexHtml(html, { bundle }) {
      const face = Object.keys(bundle ?? {}).find((file) => file.includes('instrument-sans'));
      const preload = face ? `<link rel="preload" as="font" type="font/woff2" crossorigin href="${base}${face}" />` : '';
      return html.replace('</title>', `</title>${preload}`).replace('<div id="app"></div>', `<div id="app">${shell}</div>`);
    },
  };
}

const icons = [
  { name: 'icon.svg', draw: () => drawIconSvg(), type: 'image/svg+xml' },
  { name: 'icon-192.png', draw: () => drawIconPng(192, false), type: 'image/png' },
  { name: 'icon-512.png', draw: () => drawIconPng(512, false), type: 'image/png' },
  { name: 'icon-maskable-512.png', draw: () => drawIconPng(512, true), type: 'image/png' },
];

/** Icons come from the seal's own geometry, so no picture has to be kept in step with it. */
function drawnIcons(): Plugin {
  let base = '/';
  return {
    name: 'drawn-icons',
    configResolved: (config) => {
      ({ base } = config);
    },
    transformIndexHtml: () => [
      { tag: 'link', attrs: { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }, injectTo: 'head' as const },
      { tag: 'link', attrs: { rel: 'apple-touch-icon', href: `${base}icon-192.png` }, injectTo: 'head' as const },
    ],
    generateBundle() {
      for (const icon of icons) this.emitFile({ type: 'asset', fileName: icon.name, source: icon.draw() });
    },
    configureServer(server) {
      for (const icon of icons) {
        server.middlewares.use(`/${icon.name}`, (_request, response) => {
          response.setHeader('Content-Type', icon.type);
          response.end(icon.draw());
        });
      }
    },
  };
}

const KIT_MODULE = 'virtual:demonstration-kit';

/** The model and key of the Try page are made by the build, so that no file has to be kept in step with the circuit. */
function demonstrationKit(): Plugin {
  let built: Promise<BuiltKit> | null = null;
  const kitOnce = () => (built ??= buildKit());
  return {
    name: 'demonstration-kit',
    resolveId: (id) => (id === KIT_MODULE ? `\0${KIT_MODULE}` : null),
    load: async (id) => (id === `\0${KIT_MODULE}` ? `export const kit = ${JSON.stringify((await kitOnce()).kit)};` : null),
    async generateBundle() {
      for (const { fileName, bytes } of (await kitOnce()).files) this.emitFile({ type: 'asset', fileName, source: bytes });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        void kitOnce().then(({ files }) => {
          const file = files.find(({ fileName }) => request.url === `/${fileName}`);
          if (file) response.end(file.bytes);
          else next();
        }, next);
      });
    },
  };
}

const PRACTICE_MODULE = 'virtual:practice-kit';

/** Asked for by the practice network alone, so that other builds compile no contract. */
function practiceKit(): Plugin {
  let built: Promise<BuiltPracticeKit> | null = null;
  const kitOnce = () => (built ??= buildPracticeKit());
  return {
    name: 'practice-kit',
    resolveId: (id) => (id === PRACTICE_MODULE ? `\0${PRACTICE_MODULE}` : null),
    async load(id) {
      if (id !== `\0${PRACTICE_MODULE}`) return null;
      const { kit } = await kitOnce();
      return Object.entries(kit)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join('\n');
    },
    async generateBundle() {
      if (built === null) return;
      const { fileName, bytes } = (await built).file;
      this.emitFile({ type: 'asset', fileName, source: bytes });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (built === null) return next();
        void built.then(({ file }) => (request.url === `/${file.fileName}` ? response.end(file.bytes) : next()), next);
      });
    },
  };
}

export default defineConfig(({ mode }) => ({
  // Under whatever path a static host serves it.
  ...(mode === 'demo' && { base: './' }),
  plugins: [
    contentSecurityPolicy(mode === 'demo' ? NO_NETWORK : ANY_NETWORK),
    drawnIcons(),
    readableAtOnce(),
    demonstrationKit(),
    practiceKit(),
    svelte(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/app',
      filename: 'service-worker.ts',
      injectRegister: false,
      injectManifest: {
        /** The runtimes of model and prover (14 MB and more) are kept by the service worker when they are first used. */
        globPatterns: ['**/*.{html,js,css,svg,png,woff2,webmanifest,digits}'],
        maximumFileSizeToCacheInBytes: 6_000_000,
      },
      manifest: {
        // Where it is served under some path, that path is what it is known by.
        ...(mode !== 'demo' && { id: '/' }),
        name: 'Prooftab',
        short_name: 'Prooftab',
        description: 'Lend a browser tab to private work that proves itself.',
        start_url: './',
        scope: './',
        display: 'standalone',
        background_color: '#f3f4f6',
        theme_color: '#f3f4f6',
        icons: [
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
    }),
  ],
  server: { headers: isolation, proxy: network },
  preview: { headers: isolation, proxy: network },
  worker: { format: 'es' },
  build: { target: 'esnext', chunkSizeWarningLimit: 1_500 },
  // What a page loads late the development server would find late, and load the page anew under whoever works on it.
  optimizeDeps: { exclude: ['onnxruntime-web'], include: ['qr', 'qr/dom.js'] },
}));
