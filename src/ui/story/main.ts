/** Pages over a simulated worksite: /src/ui/story/?scene={"pace":200,"stayAt":22}#/contribute on the development server. Not shipped. */
import '../fonts.css';
import '../tokens.css';
import '../base.css';
import { mount } from 'svelte';
import { createApp } from '../../app/app.ts';
import { ok } from '../../protocol/result.ts';
import Root from '../root.svelte';
import { simulatedDesk } from './simulated-desk.ts';
import { simulatedWorksite, type Scene } from './simulated-worksite.ts';

const scene = JSON.parse(new URLSearchParams(location.search).get('scene') ?? '{"pace":200}') as Scene;
const app = createApp(
  async () => ok(simulatedWorksite(scene)),
  async () => simulatedDesk(scene.kept ?? 0),
  async () => (await import('../../app/compose-demonstration.ts')).openDemonstrationDesk(),
);
mount(Root, { target: document.querySelector('#app') ?? document.body, props: { app } });
