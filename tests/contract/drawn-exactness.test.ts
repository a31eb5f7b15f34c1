// A region of what is drawn as it is asked for, the sample's pictures and drawings, is what it is in the whole.
import { createMirror, sampleStore } from "@brainatlas/mirror";
import { expect, test } from "vitest";
import { isUnshifted, largestDifference, showsShifts } from "../support/picture-error.ts";
import { decodeRgb } from "../support/pictures.ts";
import { cropPlain, type PlainBox, type PlainPixels, plainBox } from "../support/plain-image.ts";
import { drawWindows } from "../support/random-windows.ts";

const WINDOWS = process.env.BRAINATLAS_LONG === "1" ? 300 : 16;
const ORIGIN = "http://mirror.test";

const mirror = createMirror({ store: sampleStore() });
const get = async (target: string): Promise<PlainPixels> => {
  const response = await mirror.fetch(ORIGIN + target);
  expect([target, response.status]).toEqual([target, 200]);
  return await decodeRgb(new Uint8Array(await response.arrayBuffer()));
};

/** Windows of a picture at a tier, and the difference of each to what is cut out of the whole. */
async function compare(name: string): Promise<{ expected: PlainPixels; given: PlainPixels; target: string }[]> {
  const downsample = 4;
  const { width, height } = { width: 15_504 >> downsample, height: 7824 >> downsample };
  const whole = await get(`/iiif/3/${name}/full/${width},${height}/0/default.png`);
  const found: { expected: PlainPixels; given: PlainPixels; target: string }[] = [];
  for (const { request } of drawWindows([tierOf(whole)], WINDOWS, 6)) {
    const box = plainBox(request, { width, height });
    if (box === undefined) continue;
    const region = [box.left, box.top, box.width, box.height].map((length) => length << downsample);
    const target = `/iiif/3/${name}/${region}/${box.width},${box.height}/0/default.png`;
    const given = await get(target);
    expect([target, given.width, given.height]).toEqual([target, box.width, box.height]);
    found.push({ target, given, expected: cropPlain(whole, box) });
  }
  return found;
}

test("a region of a plate is cut out of the whole", async () => {
  for (const { target, expected, given } of await compare("100883869")) {
    expect([target, largestDifference(expected, given)]).toEqual([target, 0]);
  }
});

test("a region of a drawing is cut out of the whole, but for the renderer's rounding at softened edges", async () => {
  const windows = await compare("100883869:annotation");
  let [values, different] = [0, 0];
  for (const { target, expected, given } of windows) {
    values += expected.data.length;
    different += expected.data.filter((value, index) => value !== given.data[index]).length;
    // Three of the fifteen lines that it looks at in a pixel.
    expect([target, largestDifference(expected, given) <= 51]).toEqual([target, true]);
    if (showsShifts(expected, 1)) expect([target, isUnshifted(expected, given)]).toEqual([target, true]);
  }
  expect(different / values).toBeLessThan(0.005);
});

const tierOf = (whole: PlainPixels) => ({
  width: whole.width,
  height: whole.height,
  crop: (box: PlainBox) => cropPlain(whole, box),
});
