/** Which links go straight from one device to another: those on which no relay sets limits. */
import type { Connection } from '@libp2p/interface';

/** The address does not tell: it still says `p2p-circuit` on a direct WebRTC link that a relay introduced. */
export function isDirect({ limits }: Pick<Connection, 'limits'>): boolean {
  return limits === undefined;
}
