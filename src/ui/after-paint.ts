/** Resolves once the first picture is on the screen; in a hidden tab, which paints nothing, after the current task. */
export function afterPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) setTimeout(resolve);
    else requestAnimationFrame(() => setTimeout(resolve));
  });
}
