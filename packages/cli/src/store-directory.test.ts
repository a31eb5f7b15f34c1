import { expect, test } from "vitest";
import { storePlace } from "./store-directory.ts";

const POSIX = { env: {}, cwd: "/here", homeDirectory: "/home/ada", platform: "linux" } as const;

test("storePlace() prefers the option, then the variable, then the platform's folder", () => {
  const env = { BRAINATLAS_STORE: "/srv/atlas" };
  expect(storePlace({ ...POSIX, env }, "plates")).toEqual({ directory: "/here/plates", isChosen: true });
  expect(storePlace({ ...POSIX, env }, undefined)).toEqual({ directory: "/srv/atlas", isChosen: true });
  expect(storePlace(POSIX, undefined)).toEqual({
    directory: "/home/ada/.local/share/brainatlas/store",
    isChosen: false,
  });
});

test("storePlace() follows the platform", () => {
  const at = (changes: object): string => storePlace({ ...POSIX, ...changes }, undefined).directory;
  expect(at({ platform: "darwin" })).toBe("/home/ada/Library/Application Support/brainatlas/store");
  expect(at({ platform: "win32", env: { LOCALAPPDATA: "/local" } })).toBe("/local/brainatlas/store");
  expect(at({ env: { XDG_DATA_HOME: "/data" } })).toBe("/data/brainatlas/store");
  expect(at({ env: { XDG_DATA_HOME: "relative" } })).toBe("/home/ada/.local/share/brainatlas/store");
  expect(at({ env: { BRAINATLAS_STORE: "" } })).toBe("/home/ada/.local/share/brainatlas/store");
});
