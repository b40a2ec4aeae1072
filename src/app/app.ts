/** The app as pages see it: pieces of state over one worksite that is opened after the first paint, and desks that are opened on use. */
import { fail, type Result } from '../protocol/result.ts';
import { Contribute } from './contribute.svelte.ts';
import { History } from './history.svelte.ts';
import type { DemonstrationDesk } from './demonstration-desk.ts';
import { Try } from './try.svelte.ts';
import { Traffic } from './traffic.svelte.ts';
import { Verify } from './verify.svelte.ts';
import type { ReceiptDesk, StartFailure, Worksite } from './worksite.ts';

export interface App {
  readonly contribute: Contribute;
  readonly history: History;
  readonly traffic: Traffic;
  readonly verify: Verify;
  readonly try: Try;
  readonly desk: () => Promise<ReceiptDesk>;
  /** The network is this tab alone, and ends with it. */
  readonly isPractice: boolean;
}

/** @param open rejects only when a part of the app does not load */
export function createApp(
  open: () => Promise<Result<Worksite, StartFailure>>,
  desk: () => Promise<ReceiptDesk>,
  demonstrations: () => Promise<DemonstrationDesk>,
  isPractice = false,
): App {
  const opening = open().catch((thrown: unknown) =>
    fail<StartFailure>({ kind: 'app-broken', detail: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
  const traffic = new Traffic();
  const history = new History(desk);
  void opening.then(() => history.refresh());
  return {
    traffic,
    history,
    verify: new Verify(desk),
    try: new Try(demonstrations),
    contribute: new Contribute(opening, traffic, (kept) => history.add(kept)),
    desk,
    isPractice,
  };
}
