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
