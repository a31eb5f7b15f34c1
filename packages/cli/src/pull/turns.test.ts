import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

test("createTurns() runs one after the other, in order, past those that fail", async () => {
  const turns = createTurns(new AbortController().signal);
  const log: string[] = [];
  const work =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const all = Promise.allSettled([turns.take(work("a")), turns.take(work("b", true)), turns.take(work("c"))]);
  await turns.idle();
  expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});

test("createTurns() begins nothing more once its signal is aborted", async () => {
  const ended = new AbortController();
  const turns = createTurns(ended.signal);
  const begun: string[] = [];
  const first = turns.take(async () => {
    begun.push("first");
    ended.abort(new Error("ended"));
  });
  const second = turns.take(async () => {
    begun.push("second");
  });
  await first;
  await expect(second).rejects.toThrow("ended");
  expect(begun).toEqual(["first"]);
});
