import { describe, expect, onTestFinished, test } from "vitest";
import { LASTING_FAULTS, PASSING_FAULTS, planFaults, RANGE_FAULTS } from "./chaos-faults.ts";
import { describeFile, makeBytes } from "./chaos-files.ts";
import { startChaosServer } from "./chaos-server.ts";
import { sha256 } from "./pictures.ts";

describe("startChaosServer()", () => {
  test("serves each file as its seed says, once nothing more happens", async () => {
    const server = await startChaosServer({ seed: 3, count: 60, largeBytes: 200_000 });
    onTestFinished(() => server.stop());
    server.calm();
    for (const { url, index } of server.items()) {
      const response = await fetch(url);
      expect([index, response.status]).toEqual([index, 200]);
      expect(server.isRight(index, sha256(await response.bytes()))).toBe(true);
    }
  });

  test("answers ranges only while the file is as stated", async () => {
    const server = await startChaosServer({ seed: 3, count: 60, largeBytes: 200_000 });
    onTestFinished(() => server.stop());
    server.calm();
    const { url } = server.item(5);
    const whole = await fetch(url);
    const bytes = await whole.bytes();
    const rest = await fetch(url, { headers: { range: "bytes=1000-", "if-range": whole.headers.get("etag") ?? "" } });
    expect([rest.status, rest.headers.get("content-range")]).toEqual([
      206,
      `bytes 1000-${bytes.length - 1}/${bytes.length}`,
    ]);
    expect(await rest.bytes()).toEqual(bytes.subarray(1000));
    const other = await fetch(url, { headers: { range: "bytes=1000-", "if-range": '"another"' } });
    expect([other.status, (await other.bytes()).length]).toEqual([200, bytes.length]);
    const beyond = await fetch(url, { headers: { range: `bytes=${bytes.length}-` } });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${bytes.length}`]);
  });
});

test("planFaults() lets each fault happen among 300 files, whatever the seed", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const plans = Array.from({ length: 300 }, (_, index) => planFaults(seed, describeFile(seed, index)));
    const planned = new Set(plans.flatMap(({ passing, ofRange, lasting }) => [...passing, ofRange, lasting]));
    const all = [...PASSING_FAULTS, ...RANGE_FAULTS, ...LASTING_FAULTS];
    expect(all.filter((fault) => !planned.has(fault))).toEqual([]);
  }
});

test("makeBytes() makes the same bytes each time, and others for each version", () => {
  const file = describeFile(1, 3);
  expect(makeBytes(1, file, 1)).toEqual(makeBytes(1, file, 1));
  expect(makeBytes(1, file, 1)).not.toEqual(makeBytes(1, file, 0));
});
