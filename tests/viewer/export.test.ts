// What leaves the page: pictures, drawings and tables as files, and the same as a command, which is run here.
import { readFile } from "node:fs/promises";
import { parseDrawing } from "@brainatlas/sdk/drawing";
import { beforeAll, describe, expect, test } from "vitest";
import { createFakeContext } from "../../packages/cli/src/fake-context.test-kit.ts";
import { runProgram } from "../../packages/cli/src/program.ts";
import { layoutFigure } from "../../packages/viewer/src/export/figure-layout.ts";
import { decodeRgb } from "../support/pictures.ts";
import { runWell } from "../support/run.ts";
import { POLL, type Tab, useViewer } from "../support/viewer-page.ts";
import { knownPoints, PLATE, PLATE_ID, pointsOf } from "../support/viewer-points.ts";

const kit = useViewer();
let tab: Tab;

beforeAll(() => kit.api.drawing(PLATE_ID));

async function openExport(hash: string): Promise<void> {
  tab = await kit.open(hash);
  await tab.whole();
  await tab.settled();
  await tab.page.keyboard.press("e");
  await tab.page.getByRole("button", { name: "Save PNG" }).waitFor();
}

/** Presses a button, and gives the file that comes of it. */
async function save(name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    tab.page.waitForEvent("download"),
    tab.page.getByRole("button", { name, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("the picture of what is shown has its pixels, twice as fine, with a scale bar", async () => {
  await openExport(`${PLATE}&picture=none&structure=315`);
  await tab.shot("export");
  const { bytes, name } = await save("Save PNG");
  expect(name).toMatch(/100960224.*\.png$/);
  const picture = await decodeRgb(bytes);
  const { box } = await pointsOf(tab);
  const { picture: place, width } = layoutFigure(box, 1);
  expect(picture.width).toBe(Math.round(width) * 2);
  expect(picture.height).toBeGreaterThan(Math.round(box.height) * 2);
  const [drawing, tree] = await Promise.all([kit.api.drawing(PLATE_ID), kit.api.structureTree(1)]);
  const known = await knownPoints(tab, drawing, 8, {
    isWanted: (id) => id !== undefined && tree.isDescendant(id, 315),
  });
  for (const { window, structureId } of known) {
    const [x, y] = [Math.round(window.x - box.x + place.x) * 2, Math.round(window.y - box.y + place.y) * 2];
    const at = (y * picture.width + x) * 3;
    const seen = [...picture.data.subarray(at, at + 3)];
    // What is selected has the ontology's colour.
    expect(seen.every((value, channel) => Math.abs(value - (tree.rgb(structureId ?? 0)?.[channel] ?? -99)) < 8)).toBe(
      true,
    );
  }
});

test("the plate is saved as a JPEG of the size that is chosen", async () => {
  await openExport(PLATE);
  await tab.page.getByRole("combobox", { name: "Size of the plate" }).selectOption("5");
  const { bytes } = await save("Save JPEG");
  const own = await (
    await fetch(`${kit.mirror.url}/api/v2/atlas_image_download/${PLATE_ID}?downsample=5`)
  ).arrayBuffer();
  expect(bytes.equals(Buffer.from(own))).toBe(true);
});

test("the drawing is saved as SVG, whole and of the selection", async () => {
  await openExport(`${PLATE}&structure=315`);
  const whole = parseDrawing((await save("Whole drawing")).bytes.toString());
  const [own, tree] = await Promise.all([kit.api.drawing(PLATE_ID), kit.api.structureTree(1)]);
  expect(whole.regions.map(({ id, d }) => [id, d])).toEqual(own.regions.map(({ id, d }) => [id, d]));
  const some = parseDrawing((await save("Selection (1)")).bytes.toString());
  const ids = new Set(tree.descendants(315, { self: true }).map(({ id }) => id));
  expect(new Set(some.regions.map(({ id }) => id))).toEqual(new Set(own.regionsOf(ids).map(({ id }) => id)));
  expect(some.regions.length).toBeGreaterThan(2);
});

test("the table has the areas that the SDK computes", async () => {
  await openExport(PLATE);
  const table = tab.page.getByRole("group", { name: /structures/i });
  await table
    .getByRole("radio", { name: /whole|all/i })
    .or(table.getByRole("button", { name: /whole|all/i }))
    .first()
    .click();
  const { bytes } = await save("Save CSV");
  const [heading = "", ...lines] = bytes.toString().trim().split(/\r?\n/);
  const columns = heading.replace("\ufeff", "").split(",");
  const areas = (await kit.api.drawing(PLATE_ID)).areaByStructure();
  const found = lines.map((line) => {
    // Names may be quoted; what is looked at stands before and after them.
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, "")) ?? [];
    return {
      id: Number(cells[columns.indexOf("structure_id")]),
      px2: Number(cells[columns.indexOf("area_px2")]),
      um2: Number(cells[columns.indexOf("area_um2")]),
    };
  });
  expect(found.length).toBe(areas.size);
  for (const { id, px2, um2 } of found) {
    expect(Math.abs(px2 - (areas.get(id) ?? 0))).toBeLessThanOrEqual(0.5);
    expect(um2 / px2).toBeCloseTo(1.047 ** 2, 1);
  }
});

describe("the same elsewhere", () => {
  test("the command that is copied makes the same picture", async () => {
    await openExport(PLATE.replace("zoom=-4", "zoom=-2"));
    await tab.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await tab.page.getByRole("button", { name: "Copy: picture" }).click();
    await tab.page.getByText("Copied", { exact: true }).waitFor();
    const command = await tab.page.evaluate(readClipboard);
    const words = (await runWell("sh", ["-c", `printf '%s\\0' ${command}`])).split("\0").slice(0, -1);
    expect(words[0]).toBe("brainatlas");
    const context = { ...createFakeContext({ cwd: "/nowhere" }), fetch: undefined };
    expect([await runProgram([...words.slice(1), "--dry-run"], context), context.stderr.text]).toEqual([0, ""]);
    const url = context.stdout.text.trim();
    expect(url).toContain(`${kit.mirror.url}/api/v2/atlas_image_download/${PLATE_ID}`);
    const picture = await decodeRgb(new Uint8Array(await (await fetch(url)).arrayBuffer()));
    expect(picture.width).toBeGreaterThan(300);
    await expect.poll(() => tab.page.locator(".export-code").count(), POLL).toBeGreaterThan(0);
  });
});

/** In the page. */
async function readClipboard(): Promise<string> {
  const { navigator } = globalThis as unknown as { navigator: { clipboard: { readText(): Promise<string> } } };
  return await navigator.clipboard.readText();
}
