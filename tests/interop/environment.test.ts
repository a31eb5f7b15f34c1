import { expect, test, vi } from "vitest";
import { openEnvironment } from "./support/environment.ts";

test("openEnvironment() says which Pythons would do where the one that is named does not", async () => {
  vi.stubEnv("BRAINATLAS_PYTHON", "/no/such/python");
  const missing = "no Python 3.11, 3.10 or 3.9 with venv; name one in BRAINATLAS_PYTHON";
  expect(await openEnvironment()).toEqual({ missing });
  vi.stubEnv("BRAINATLAS_PYTHON", process.execPath);
  expect(await openEnvironment()).toEqual({ missing });
  vi.unstubAllEnvs();
});
