// What runs in the page: functions that the driver hands over as text, each by itself.

/** In the page: breaches of its policy become errors, which are collected. */
export function reportViolations(): void {
  const { document } = globalThis as unknown as { document: EventTarget };
  document.addEventListener("securitypolicyviolation", (event) => {
    const { violatedDirective, blockedURI } = event as unknown as { violatedDirective: string; blockedURI: string };
    (globalThis as unknown as { reportError(error: Error): void }).reportError(
      new Error(`The policy forbids ${violatedDirective} of ${blockedURI}`),
    );
  });
}

/** What a test uses of the page: the compiler knows no documents here. */
interface Documented {
  readonly document: { querySelectorAll(selector: string): { readonly length: number } };
  calmFrames?: number;
}

/** In the page, at each frame: whether all panels have shown all that is in view for some frames; what was just asked for shows in the next one. */
export function areLoaded(): boolean {
  const global = globalThis as unknown as Documented;
  const count = (selector: string): number => global.document.querySelectorAll(selector).length;
  const isSo = count(".panel") > 0 && count(".panel") === count('.panel[data-loaded="true"]');
  global.calmFrames = isSo ? (global.calmFrames ?? 0) + 1 : 0;
  if (global.calmFrames < 4) return false;
  global.calmFrames = 0;
  return true;
}

/** In the page, at each frame: whether the address has been the same for half a second, in which movements get into it. */
export function isSettled(): boolean {
  const global = globalThis as unknown as { location: { href: string }; rest?: { href: string; atMs: number } };
  const [now, { href }] = [performance.now(), global.location];
  if (global.rest?.href !== href) global.rest = { href, atMs: now };
  if (now - global.rest.atMs < 500) return false;
  global.rest = undefined as never;
  return true;
}
