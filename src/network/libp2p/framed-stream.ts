/** A libp2p stream of length-prefixed frames where every read and write has a size limit and a deadline. */
import { lpStream } from '@libp2p/utils';
import type { Stream } from '@libp2p/interface';
import type { Traffic } from '../traffic.ts';

export interface FramedStream {
  /** The next frame, at most `maxBytes` long. @throws Error when the peer is slower than the deadline, sends more, or goes away. */
  read(maxBytes: number): Promise<Uint8Array<ArrayBuffer>>;
  write(bytes: Uint8Array): Promise<void>;
  /** Ends the stream in order: what was written still arrives. */
  close(): Promise<void>;
  /** Resets the stream at once. */
  abort(reason: Error): void;
}

/** Milliseconds that a peer has for one frame. A transfer may take long; silence may not. */
export const FRAME_DEADLINE_MS = 15_000;

export function framedStream(stream: Stream, maxFrame: number, traffic: Traffic, deadlineMs: number = FRAME_DEADLINE_MS): FramedStream {
  const frames = lpStream(stream, { maxDataLength: maxFrame });
  return {
    async read(maxBytes) {
      const frame = await frames.read({ signal: AbortSignal.timeout(deadlineMs) });
      if (frame.byteLength > maxBytes) throw new RangeError(`a frame of ${String(frame.byteLength)} bytes where ${String(maxBytes)} are allowed`);
      traffic.received(frame.byteLength);
      return new Uint8Array(frame.subarray());
    },
    async write(bytes) {
      await frames.write(bytes, { signal: AbortSignal.timeout(deadlineMs) });
      traffic.sent(bytes.byteLength);
    },
    async close() {
      await stream.close({ signal: AbortSignal.timeout(deadlineMs) });
    },
    abort(reason) {
      stream.abort(reason);
    },
  };
}

/** Ends a stream without keeping its user waiting: in order if the peer agrees in time, else by a reset. */
export function leave(frames: FramedStream): void {
  frames.close().catch((error: unknown) => {
    frames.abort(asError(error));
  });
}

export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
