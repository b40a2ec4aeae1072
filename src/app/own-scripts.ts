/** Where trusted types are required, and the page's policy requires them, workers are opened from this origin and no other. */

interface TrustedTypes {
  createPolicy(name: 'default', rules: { createScriptURL(url: string): string | null }): unknown;
}

/** Before the first worker. Browsers without trusted types need none of it. */
export function trustOwnScripts(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    // A `blob:` URL has this origin too, and holds whatever somebody put together.
    createScriptURL: (url) => (new URL(url, location.href).href.startsWith(`${location.origin}/`) ? url : null),
  });
}
