/** Tells of each change of the device pixels per CSS pixel, as of a window that is moved to another screen. Returns what ends it. */
export function watchPixelRatio(tell: (ratio: number) => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const wait = (): void => {
    const same = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    same.addEventListener("change", change, { once: true, signal });
  };
  const change = (): void => {
    wait();
    tell(devicePixelRatio);
  };
  wait();
  return () => controller.abort();
}
