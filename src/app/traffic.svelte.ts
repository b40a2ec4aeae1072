/** What left this device since the page was opened. */
import type { JobReport } from '../protocol/job-report.ts';
import { emptyBook, privateBytes, withNetwork, withReported, type TrafficBook } from './traffic-book.ts';
import type { PeerTraffic } from './worksite.ts';

export class Traffic {
  book = $state.raw<TrafficBook>(emptyBook);
  readonly privateBytes = $derived(privateBytes(this.book));

  note(report: JobReport): void {
    this.book = withReported(this.book, report);
  }

  network(traffic: PeerTraffic): void {
    this.book = withNetwork(this.book, traffic);
  }
}
