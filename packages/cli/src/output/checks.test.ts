import { expect, test } from "vitest";
import { printChecks } from "./checks.ts";

const CHECKS = [
  { name: "API", state: "warn", detail: "no answer", advice: "go on offline" },
  { name: "decoder", state: "ok", detail: "sharp" },
] as const;
const PLAIN = { colour: false, columns: Number.POSITIVE_INFINITY };

test("printChecks() puts the advice below what was found", () => {
  expect(printChecks(CHECKS, PLAIN)).toBe(
    "warn  API      no answer\n               go on offline\nok    decoder  sharp\n",
  );
});

test("printChecks() colours the state alone", () => {
  expect(printChecks([CHECKS[1]], { colour: true, columns: 80 })).toBe("\u001b[32mok  \u001b[0m  decoder  sharp\n");
});

test("printChecks() breaks lines between words", () => {
  const check = { name: "API", state: "fail", detail: "one two http://a-long-address three" } as const;
  expect(printChecks([check], { colour: false, columns: 20 })).toBe(
    "fail  API  one two\n           http://a-long-address\n           three\n",
  );
});
