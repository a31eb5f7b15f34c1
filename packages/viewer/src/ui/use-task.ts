import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { errorWords } from "../model/error-words.ts";
import { useSession } from "../session/context.ts";

/** Something that takes its time. */
export interface RunningTask {
  /** Such as "picture". */
  readonly name: string;
  /** From 0 to 1; `undefined` where it is not known. */
  readonly share: number | undefined;
  readonly cancel: () => void;
}

/** What the work of a task is given. */
export interface TaskContext {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Runs one task at a time. */
export interface Tasks {
  /** `undefined` while none runs. */
  readonly running: ReadonlySignal<RunningTask | undefined>;
  /**
   * Runs a task; what it returns is said when it is done, and why it failed where it does.
   *
   * @param name In words that go on from "Cannot save the".
   */
  run(name: string, work: (context: TaskContext) => Promise<string>): void;
}

/** What runs for a component, as long as the page lives. */
export function useTasks(): Tasks {
  const { notice } = useSession();
  const running = useSignal<RunningTask | undefined>(undefined);
  return useMemo(() => {
    const run: Tasks["run"] = (name, work) => {
      if (running.peek() !== undefined) return;
      const controller = new AbortController();
      const { signal } = controller;
      const end = (words: string | undefined): void => {
        running.value = undefined;
        if (words !== undefined) notice.value = words;
      };
      const show = (share: number | undefined): void => {
        running.value = { name, share, cancel: () => controller.abort() };
      };
      notice.value = undefined;
      show(undefined);
      work({ signal, onProgress: (done, total) => show(done / total) }).then(end, (error: unknown) =>
        // Who cancelled it knows that there is no file.
        end(signal.aborted ? undefined : `Cannot save the ${name}: ${errorWords(error)}`),
      );
    };
    return { running, run };
  }, [notice, running]);
}
