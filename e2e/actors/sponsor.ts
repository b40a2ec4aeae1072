/** Who pays a volunteer's fees, as one that may be silent, slow, or hand on something else than it was given. */
import type { Route } from 'playwright';
import type { Network } from '../../devnet/network.ts';
import type { SponsorRequest } from '../../src/consensus/evm/sponsor-wire.ts';
import type { Hex } from '../../src/protocol/bytes.ts';
import type { Volunteer } from './volunteer.ts';

export interface HeldDelivery {
  /** Before this volunteer's page opens: its claims go through; what it delivers waits. */
  readonly of: (volunteer: Volunteer) => Promise<void>;
  /** The call that the tab asked for, once it has. */
  readonly calldata: Promise<Hex>;
  /** From now on this delivery and later ones go through. */
  letGo(): void;
}

export class Sponsor {
  readonly #url: string;

  constructor({ deployment }: Network) {
    this.#url = deployment.sponsorUrl ?? '';
  }

  /** From now on it pays nothing for this volunteer. */
  async leaves(volunteer: Volunteer): Promise<void> {
    await volunteer.page.route(this.#url, (route) => route.abort());
  }

  holdsDeliveries(): HeldDelivery {
    let letGo = () => {};
    let asked = (_calldata: Hex) => {};
    const free = new Promise<void>((resolve) => (letGo = resolve));
    const calldata = new Promise<Hex>((resolve) => (asked = resolve));
    const of = (volunteer: Volunteer) =>
      this.#onDelivery(volunteer, async (route, { data }) => {
        asked(data);
        await free;
        await route.continue();
      });
    return { of, calldata, letGo };
  }

  /** Before the page opens: the proof in each of its deliveries has one bit changed on the way. It ends the calldata. */
  async spoilsProofsOf(volunteer: Volunteer): Promise<void> {
    await this.#onDelivery(volunteer, async (route, { action, data }) => {
      const last = Number.parseInt(data.slice(-1), 16);
      await route.continue({ postData: JSON.stringify({ action, data: `${data.slice(0, -1)}${(last ^ 1).toString(16)}` }) });
    });
  }

  async isHonestAgainTo(volunteer: Volunteer): Promise<void> {
    await volunteer.page.unroute(this.#url);
  }

  /** Before the page opens, since a page that loads while it is told to route may go past it. */
  async #onDelivery(volunteer: Volunteer, change: (route: Route, delivery: SponsorRequest) => Promise<void>): Promise<void> {
    await volunteer.page.route(this.#url, async (route) => {
      const request = route.request().postDataJSON() as SponsorRequest;
      await (request.action === 'settle' ? change(route, request) : route.continue());
    });
  }
}
