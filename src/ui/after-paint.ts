/** Resolves once the first picture is on the screen; in a hidden tab, which paints nothing, after the current task. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** How long a visitor who only draws is left alone: by then the page is at rest, and nobody has yet come to what needs the network. */
const CALM_MS = 8_000;

/** A visitor's drawing comes first: resolves when another page is opened, or once this one has been at rest for a while. */
export async function untilCalm(): Promise<void> {
  await afterPaint();
  await new Promise<void>((resolve) => {
    setTimeout(resolve, CALM_MS);
    addEventListener('hashchange', () => resolve(), { once: true });
  });
}
