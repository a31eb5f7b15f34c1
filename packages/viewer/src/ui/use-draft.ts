import { useEffect, useRef, useState } from "preact/hooks";

/** How long a slider rests until tiles are made anew, in ms. */
const PAUSE_MS = 350;

/** A value that follows at once, and is handed on when it has rested. */
export interface Draft<Value> {
  readonly value: Value;
  set(value: Value): void;
  /** Hands it on now, as when a slider is let go. */
  flush(): void;
}

/**
 * Keeps what is being set apart from what is set, where each change makes every tile anew.
 *
 * @param set What is set; another one from elsewhere takes the place of the draft.
 */
export function useDraft<Value>(set: Value, handOn: (value: Value) => void): Draft<Value> {
  const [draft, setDraft] = useState(set);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; value: Value } | undefined>(undefined);
  const drop = (): void => {
    clearTimeout(waiting.current?.timer);
    waiting.current = undefined;
  };
  const flush = (): void => {
    const { current } = waiting;
    drop();
    if (current !== undefined) handOn(current.value);
  };
  const latest = useRef(flush);
  latest.current = flush;
  useEffect(() => {
    drop();
    setDraft(set);
  }, [set]);
  // What was set last counts, also where the controls are closed at once.
  useEffect(() => () => latest.current(), []);
  return {
    value: draft,
    set(value) {
      drop();
      setDraft(value);
      waiting.current = { value, timer: setTimeout(() => latest.current(), PAUSE_MS) };
    },
    flush,
  };
}
