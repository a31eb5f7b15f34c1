import type { Context } from "../context.ts";
import type { PullOptions } from "../pull/pull-options.ts";
import type { PullRequest } from "../pull/pull-request.ts";
import { runPull } from "../pull/run-pull.ts";

/** Pulls what is asked for. Returns the exit code. */
export async function run(context: Context, request: PullRequest, options: PullOptions): Promise<number> {
  return await runPull(context, request, options);
}
