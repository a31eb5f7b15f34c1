import { effect } from "@preact/signals";
import { expect, test } from "vitest";
import { Notice } from "./notice.ts";

test("Notice says nothing that turns its direction", () => {
  const notice = new Notice();
  notice.value = "a\u202eb";
  expect(notice.value).toBe("ab");
});

test("Notice says the same words twice", () => {
  const notice = new Notice();
  const seen: unknown[] = [];
  effect(() => void seen.push(notice.said.value));
  notice.value = "Copied";
  notice.value = "Copied";
  expect(seen).toEqual([undefined, { words: "Copied", count: 1 }, { words: "Copied", count: 2 }]);
  expect([notice.value, notice.peek()]).toEqual(["Copied", "Copied"]);
  notice.value = undefined;
  expect([seen.at(-1), notice.peek()]).toEqual([undefined, undefined]);
});
