/** Which page is shown: the part of the address after #/, so that a plain static host needs no rules. */
export const ROUTES = ['contribute', 'history', 'verify', 'about'] as const;
export type Route = (typeof ROUTES)[number];

/**
 * @example
 * routeOf('#/verify') // 'verify'
 * @example
 * routeOf('#/elsewhere') // 'contribute'
 */
export function routeOf(hash: string): Route {
  const name = hash.replace(/^#\/?/, '');
  return ROUTES.find((route) => route === name) ?? 'contribute';
}

export class Router {
  route = $state<Route>(routeOf(location.hash));

  constructor() {
    addEventListener('hashchange', () => {
      this.route = routeOf(location.hash);
      scrollTo(0, 0);
    });
  }
}
