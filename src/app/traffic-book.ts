/** The book of what crossed this device's edge, by category: pure sums over what jobs and the network report. */
import type { JobReport } from '../protocol/job-report.ts';
import type { PeerTraffic } from './worksite.ts';

type Sent = Extract<JobReport, { report: 'sent' }>['what'];
type Fetched = Extract<JobReport, { report: 'fetched' }>;

/**
 * Whether a category carries opened rows, shard keys or the account's secret in readable form. Each is decided here, by
 * hand, so that a new category cannot be added without deciding.
 */
const carriesPrivate: Readonly<Record<Sent | 'served', boolean>> = { claim: false, 'key-request': false, 'answers-and-proof': false, served: false };

/** What arrived of one kind, and where the last of it came from. */
export interface Arrived {
  readonly bytes: number;
  readonly from: string;
  readonly direct: boolean;
}

export interface TrafficBook {
  readonly arrived: { readonly [What in Fetched['what']]?: Arrived };
  readonly sent: Readonly<Record<Sent, number>>;
  /** Sealed shards and protocol messages to peers, as the network counts them. */
  readonly served: number;
  readonly received: number;
  readonly peers: number;
  /** This tab's name among its peers, as they see it; null while it is not in the network. */
  readonly self: string | null;
}

export const emptyBook: TrafficBook = {
  arrived: {},
  sent: { claim: 0, 'key-request': 0, 'answers-and-proof': 0 },
  served: 0,
  received: 0,
  peers: 0,
  self: null,
};

export function withReported(book: TrafficBook, report: JobReport): TrafficBook {
  if (report.report === 'fetched') {
    const { what, bytes, from, direct } = report;
    return { ...book, arrived: { ...book.arrived, [what]: { bytes: (book.arrived[what]?.bytes ?? 0) + bytes, from, direct } } };
  }
  if (report.report !== 'sent') return book;
  return { ...book, sent: { ...book.sent, [report.what]: book.sent[report.what] + report.bytes } };
}

export function withNetwork(book: TrafficBook, { self, bytesIn, bytesOut, peers }: PeerTraffic): TrafficBook {
  return { ...book, served: bytesOut, received: bytesIn, peers, self };
}

/**
 * Bytes in categories that carry private data.
 * @example
 * privateBytes(emptyBook) // 0
 */
export function privateBytes(book: TrafficBook): number {
  const entries: readonly (readonly [Sent | 'served', number])[] = [
    ['claim', book.sent.claim],
    ['key-request', book.sent['key-request']],
    ['answers-and-proof', book.sent['answers-and-proof']],
    ['served', book.served],
  ];
  return entries.reduce((sum, [category, bytes]) => sum + (carriesPrivate[category] ? bytes : 0), 0);
}
