import { expect } from "vitest";
import { createFakeContext } from "./fake-context.test-kit.ts";
import { runProgram } from "./program.ts";

/** What the program prints for these arguments; it is to end well, and to say nothing else. */
export async function textOf(...args: string[]): Promise<string> {
  const context = createFakeContext();
  expect(await runProgram(args, context)).toBe(0);
  expect(context.stderr.text).toBe("");
  return context.stdout.text;
}
