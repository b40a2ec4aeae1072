/** The service worker from the page's side: registration, isolation on hosts without headers, and updates on request. */

/** One reload makes a page isolated when its host sends no headers; a second attempt would not help. */
const RELOADED = 'prooftab/reloaded-for-isolation';

class Offline {
  /** A newer version is installed and waits. */
  update = $state(false);
  /** Another tab took the newer version while this one works with the older: it goes on, and takes it when it comes to rest. */
  behind = $state(false);
  /** A part of this version could not be loaded any more, as after a newer one was taken: only loading the page anew helps. */
  torn = $state(false);
  #waiting: ServiceWorker | null = null;

  /** @param isWorking whether the tab is at something that a reload would interrupt */
  async register(isWorking: () => boolean): Promise<void> {
    // Vite tells so of a module, or its style, that the server does not have any more.
    addEventListener('vite:preloadError', () => (this.torn = true));
    if (!('serviceWorker' in navigator)) return;
    const hadController = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.#waiting && isWorking()) this.behind = true;
      else if (this.#waiting) location.reload();
      else if (!hadController && !isWorking()) reloadForIsolation();
    });
    const registration = await navigator.serviceWorker.register(new URL('service-worker.js', document.baseURI));
    if (registration.waiting && hadController) this.#ready(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const found = registration.installing;
      found?.addEventListener('statechange', () => {
        if (found.state === 'installed' && navigator.serviceWorker.controller) this.#ready(found);
      });
    });
  }

  useUpdate(): void {
    this.#waiting?.postMessage('use-now');
  }

  #ready(worker: ServiceWorker): void {
    this.#waiting = worker;
    this.update = true;
  }
}

/** The page was served without the headers; through the service worker it gets them. */
function reloadForIsolation(): void {
  if (crossOriginIsolated || sessionStorage.getItem(RELOADED)) return;
  sessionStorage.setItem(RELOADED, 'yes');
  location.reload();
}

export const offline = new Offline();
