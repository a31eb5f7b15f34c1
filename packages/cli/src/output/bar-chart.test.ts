import { xmlEvents } from "@brainatlas/sdk/xml";
import sharp from "sharp";
import { expect, test } from "vitest";
import { type Bar, printBarChart } from "./bar-chart.ts";

const frame = { title: "Expression of Pdyn", subtitle: "prodynorphin", axis: "energy", credit: "Data: nobody's" };
const bar = (label: string, value: number | null, color = "7ED04B", name = `name of ${label}`): Bar => ({
  label,
  name,
  value,
  color,
});

/** Widths of the bars and their colours, in order. */
function barsOf(svg: string): (readonly [width: number, fill: string])[] {
  const all = svg.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="20" fill="(#\w+)"/g);
  return [...all].map(([, width, fill]) => [Number(width), fill ?? ""]);
}

test("printBarChart() draws lengths in proportion, in the colours given", () => {
  const bars = barsOf(
    printBarChart({ ...frame, bars: [bar("STR", 8), bar("HY", 4, "E64438"), bar("TH", 0), bar("X", null)] }),
  );
  expect(bars.map(([, fill]) => fill)).toEqual(["#7ED04B", "#E64438", "#7ED04B"]);
  const [[first = 0] = [], [second = 0] = [], [third] = []] = bars;
  expect(first / second).toBeCloseTo(2, 2);
  expect(third).toBe(0);
});

test("printBarChart() says title, names, values, marks, what is measured and whose it is", () => {
  const svg = printBarChart({
    ...frame,
    bars: [bar("STR", 16.64, "98D6F9", "Striatum"), bar("CP", null), bar("P", 0.59)],
  });
  for (const text of [
    ">Expression of Pdyn<",
    ">prodynorphin<",
    ">energy<",
    ">Data: nobody's<",
    ">STR<",
    ">Striatum<",
  ]) {
    expect(svg).toContain(text);
  }
  expect(svg).toContain(">16.6<");
  expect(svg).toContain(">0.590<");
  expect(svg).toContain(">no value<");
  expect([...svg.matchAll(/text-anchor="middle"[^>]*>([^<]+)</g)].map(([, mark]) => mark)).toEqual([
    "0",
    "5",
    "10",
    "15",
    "20",
  ]);
});

test("printBarChart() leaves out a name that the label says, and shortens a long one", () => {
  const svg = printBarChart({
    ...frame,
    bars: [bar("Isocortex", 1, "70FF71", "Isocortex"), bar("A", 1, "", "b".repeat(60))],
  });
  expect(svg.match(/>Isocortex</g)).toHaveLength(1);
  expect(svg).toContain(`${"b".repeat(41)}…<`);
  expect(barsOf(svg)[1]?.[1]).toBe("#9aa5b1");
});

test("printBarChart() is well-formed whatever its texts are", () => {
  const hostile = '<script>&"\u0000\u0007\ud800]]>';
  const chart = { title: hostile, subtitle: hostile, axis: hostile, credit: hostile };
  const svg = printBarChart({ ...chart, bars: [bar(hostile, 1, '"/><script>', hostile)] });
  const names = [...xmlEvents(svg)].flatMap((event) => ("name" in event ? [event.name] : []));
  expect(names).not.toContain("script");
  expect(names).toContain("svg");
});

test.each([[[]], [[bar("A", 0)]], [[bar("A", null)]], [[bar("A", 1e-300)]], [[bar("A", Number.MAX_VALUE)]]])(
  "printBarChart() of %j has no number that is none",
  (bars) => {
    expect(printBarChart({ ...frame, bars })).not.toMatch(/NaN|Infinity|undefined/);
  },
);

test("printBarChart() keeps every mark of ink within the picture, and shows each bar", async () => {
  const bars = Array.from({ length: 12 }, (_, index) => bar(`LONGLABEL${index}`, 12 - index, "E64438", "n".repeat(60)));
  const svg = printBarChart({ ...frame, title: "T", bars });
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect(info.width).toBe(900);
  const isRed = (x: number, y: number): boolean => {
    const at = (y * info.width + x) * 3;
    return (data[at] ?? 0) > 200 && (data[at + 1] ?? 255) < 100;
  };
  const reds = Array.from(
    { length: info.height },
    (_, y) => Array.from({ length: info.width }, (__, x) => isRed(x, y)).filter(Boolean).length,
  );
  expect(Math.max(...reds)).toBeGreaterThan(250);
  const starts = reds.filter((count, y) => count > 5 && (reds[y - 1] ?? 0) <= 5);
  expect(starts).toHaveLength(12);
  // The margins stay white: no label runs out of the picture.
  const isInk = (x: number, y: number): boolean => (data[(y * info.width + x) * 3] ?? 255) < 250;
  for (let y = 0; y < info.height; y += 1) expect(isInk(1, y) || isInk(info.width - 2, y), `line ${y}`).toBe(false);
});
