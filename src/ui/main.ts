/** The page's entry: paints first, then loads what the work needs. */
import './fonts.css';
import './tokens.css';
import './base.css';
import { mount } from 'svelte';
import { createApp } from '../app/app.ts';
import { offline } from '../app/offline.svelte.ts';
import { trustOwnScripts } from '../app/own-scripts.ts';
import type { DemonstrationDesk } from '../app/demonstration-desk.ts';
import { afterPaint, untilCalm } from './after-paint.ts';
import Root from './root.svelte';
import { routeOf } from './routes.ts';

trustOwnScripts();
/** One for the page: it keeps its threads and the key between proofs. */
let demonstrations: Promise<DemonstrationDesk> | null = null;
const app = createApp(
  async () => {
    await (routeOf(location.hash) === 'try' ? untilCalm() : afterPaint());
    return (await import('../app/compose.ts')).openWorksite();
  },
  async () => (await import('../app/compose.ts')).openReceiptDesk(),
  () => (demonstrations ??= import('../app/compose-demonstration.ts').then(({ openDemonstrationDesk }) => openDemonstrationDesk())),
  import.meta.env.MODE === 'demo',
);

const target = document.querySelector('#app') ?? document.body;
// What could be read until now is on the page itself from here on.
target.replaceChildren();
mount(Root, { target, props: { app } });

if (import.meta.env.PROD) void afterPaint().then(() => offline.register(() => app.contribute.working || app.try.phase === 'proving'));
