/** What an endpoint answers in place of a result. Without a code that viem knows as final, viem would ask again. */
import type { Hex } from '../../protocol/bytes.ts';

/** The codes that this chain uses, as JSON-RPC and common endpoints number them. */
const CODES = { reverted: 3, refused: -32000, 'unknown-method': -32601 } as const;

export class RpcFault extends Error {
  readonly code: number;
  /** What a contract said as it reverted. */
  readonly data?: Hex;

  constructor(kind: keyof typeof CODES, message: string, data?: Hex) {
    super(message);
    this.code = CODES[kind];
    if (data !== undefined) this.data = data;
  }
}
