import { STATUS_CODES } from "node:http";
import { expect, test } from "vitest";
import { STATUS, statusName } from "./status.ts";

/** Where Node keeps an older name than RFC 9110 has. */
const RENAMED: Readonly<Record<number, string>> = { 413: "Content Too Large", 422: "Unprocessable Content" };

test("statusName() agrees with the registry", () => {
  for (let status = 200; status < 600; status += 1) {
    const name = statusName(status);
    if (name !== "Unknown Status") expect(name).toBe(RENAMED[status] ?? STATUS_CODES[status]);
  }
  expect(statusName(200)).toBe("OK");
  expect(statusName(299)).toBe("Unknown Status");
});

test("STATUS has the names as statusName() gives them", () => {
  for (const [key, status] of Object.entries(STATUS)) {
    expect(statusName(status).toUpperCase().replaceAll(/[ -]/g, "_")).toBe(key);
  }
});
