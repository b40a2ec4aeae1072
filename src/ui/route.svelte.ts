/** Which page is shown: the part of the address after #/, so that a plain static host needs no rules. */
export const ROUTES = ['try', 'contribute', 'verify', 'history', 'about'] as const;
export type Route = (typeof ROUTES)[number];

/**
 * @example
 * routeOf('#/verify') // 'verify'
 * @example
 * routeOf('#/verify/oWF0') // 'verify'
 * @example
 * routeOf('#/elsewhere') // 'try'
 */
export function routeOf(hash: string): Route {
  const name = hash.replace(/^#\/?/, '').split('/')[0];
  return ROUTES.find((route) => route === name) ?? 'try';
}

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
