/** Tells a listener of events; its failures are not the caller's concern. */
export function createEmitter<Event>(listener: ((event: Event) => void) | undefined): (event: Event) => void {
  return (event) => {
    try {
      const result: unknown = listener?.(event);
      if (result instanceof Promise) result.catch(() => {});
    } catch {
      // A listener that fails is not the request's concern.
    }
  };
}
