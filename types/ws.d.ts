/** The one export of `ws` that we use, as the browser's own class: its package ships no types. */
declare module 'ws' {
  export const WebSocket: typeof globalThis.WebSocket;
}
