import { setImmediate } from "node:timers/promises";
import { createLimiter } from "../pixels/limiter.ts";
import { gather } from "./gather.ts";
import { createTools } from "./job-tools.ts";
import type { JobRunner } from "./pool.ts";
import { type JobTools, startJob } from "./start-job.ts";

/**
 * Does jobs on the thread that asks, one after the other, and lets others have their turn in between. Bodies come whole.
 *
 * @param maxWaiting Jobs that may wait.
 */
export function createInlineRunner(maxWaiting: number): JobRunner {
  const run = createLimiter(1, maxWaiting);
  let tools: JobTools | undefined;
  return {
    run: (job, _isStreamed, signal) =>
      run(async () => {
        tools ??= createTools();
        const heed = async (): Promise<void> => {
          await setImmediate();
          signal.throwIfAborted();
        };
        const { path, chunks } = startJob(job, tools, heed);
        return { path, body: await gather(chunks) };
      }, signal),
    async close() {
      tools?.pyramids.close();
    },
  };
}
