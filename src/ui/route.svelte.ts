/** Which page is shown, and what stands after it in the address: as state that follows the browser's history. */
import { routeOf, type Route } from './routes.ts';

export class Router {
  route = $state<Route>(routeOf(location.hash));
  /** The whole fragment: a link may carry a receipt in it. */
  hash = $state(location.hash);

  constructor() {
    addEventListener('hashchange', () => {
      this.route = routeOf(location.hash);
      this.hash = location.hash;
      scrollTo(0, 0);
    });
  }
}
