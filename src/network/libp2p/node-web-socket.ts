/** Gives Node 20 the browser's `WebSocket`, with which libp2p dials relays. Imported by Node processes, for its effect. */
import { WebSocket } from 'ws';

if (!('WebSocket' in globalThis)) Object.assign(globalThis, { WebSocket });
