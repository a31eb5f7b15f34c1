import { expect, test } from "vitest";
import { DamagedError, NotHeldError, RequestError } from "../failures.ts";
import { packFailure, unpackFailure } from "./failure.ts";

test.each([
  new RequestError("Cannot draw that"),
  new NotHeldError("it is of a part"),
  new DamagedError("the file /a/b is torn", "it is damaged"),
])("unpackFailure() gives back what packFailure() took: %s", (error) => {
  const back = unpackFailure(structuredClone(packFailure(error)));
  expect(back).toBeInstanceOf(error.constructor);
  expect(back).toMatchObject({ message: error.message, stack: error.stack });
  if (error instanceof DamagedError) expect(back).toMatchObject({ said: error.said });
});

test("unpackFailure() gives a plain error for others, also for what is none", () => {
  expect(unpackFailure(packFailure(new TypeError("no")))).toMatchObject({ message: "no" });
  expect(unpackFailure(packFailure("thrown text"))).toMatchObject({ message: "thrown text" });
});
