import { expect, test } from "vitest";
import { printable } from "./notes.ts";

test("printable() lets nothing through that drives a terminal", () => {
  expect(printable("a\u001b[2Jb\u0007\u009b\r\u007f µ\n\tc")).toBe("a�[2Jb���� µ\n\tc");
});

test("printable() lets nothing through that turns the direction of writing", () => {
  expect(printable("a\u202egnp.\u2069é")).toBe("a�gnp.�é");
});
