/** The service worker from the page's side: registration, isolation on hosts without headers, and updates on request. */

/** One reload makes a page isolated when its host sends no headers; a second attempt would not help. */
const RELOADED = 'prooftab/reloaded-for-isolation';

class Offline {
  /** A newer version is installed and waits. */
  update = $state(false);
  #waiting: ServiceWorker | null = null;

  async register(): Promise<void> {
    if (!('serviceWorker' in navigator)) return;
    const hadController = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (this.#waiting) location.reload();
      else if (!hadController) reloadForIsolation();
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
