// Slices of the held volume: the colours of the ontology at the voxels that the SDK reads, and the same place as the panels.
import { imageToReference } from "@brainatlas/sdk/sync";
import { expect, test } from "vitest";
import { loadVolumes } from "../../packages/viewer/src/load/volume.ts";
import { POLL, useViewer } from "../support/viewer-page.ts";
import { PLATE, PLATE_ID, placeOf } from "../support/viewer-points.ts";

const kit = useViewer();

/** What runs to the right and down in each slice: coronal ones from the left of the brain, sagittal ones from its front, horizontal ones from it down. */
const AXES = { coronal: [2, 1], sagittal: [0, 1], horizontal: [2, 0] } as const;

test("three slices show the voxels in the colours of the ontology, and lead to the same place", async () => {
  const { annotation } = await loadVolumes(kit.api, new AbortController().signal, () => {});
  const tree = await kit.api.structureTree(1);
  const set = await kit.api.sync.alignedAtlas(1);
  if (annotation === undefined) throw new Error("The sample has no volume");
  const tab = await kit.open(PLATE);
  await tab.whole();
  await tab.page.keyboard.press("v");
  await tab.linked("volume", "on");
  await tab.page.getByRole("checkbox", { name: "Template under the colours" }).uncheck();
  const section = set.section(PLATE_ID);
  if (section === undefined) throw new Error("The plate is not aligned");
  const space = imageToReference(section, 5280, 3776);
  for (const [plane, name] of [
    ["coronal", "Coronal slice"],
    ["sagittal", "Sagittal slice"],
    ["horizontal", "Horizontal slice"],
  ] as const) {
    const slice = tab.page.getByRole("slider", { name });
    const box = await slice.boundingBox();
    if (box === null) throw new Error(`There is no ${plane} slice`);
    const [right, down] = AXES[plane];
    const endsOf = (axis: 0 | 1 | 2): readonly [number, number] => {
      const start = annotation.originUm[axis];
      return [start, start + annotation.size[axis] * annotation.spacingUm[axis]];
    };
    const [[left, end], [top, bottom]] = [endsOf(right), endsOf(down)];
    const shares = [0.2, 0.35, 0.45, 0.62, 0.7, 0.8].flatMap((x) => [0.3, 0.42, 0.55, 0.7].map((y) => ({ x, y })));
    const known = shares.flatMap(({ x, y }) => {
      const at: [number, number, number] = [space.x, space.y, space.z];
      at[right] = left + x * (end - left);
      at[down] = top + y * (bottom - top);
      const near = [-1, 0, 1].map((by) =>
        annotation.labelAt([
          at[0] + by * annotation.spacingUm[0],
          at[1] + by * annotation.spacingUm[1],
          at[2] + by * annotation.spacingUm[2],
        ]),
      );
      const [id] = near;
      return id !== undefined && near.every((each) => each === id) ? [{ x, y, id }] : [];
    });
    expect(known.length).toBeGreaterThan(3);
    const colours = await tab.coloursAt(
      known.map(({ x, y }) => ({ x: box.x + x * box.width, y: box.y + y * box.height })),
    );
    const wrong = known.filter(({ id }, index) =>
      (tree.rgb(id) ?? [-99, -99, -99]).some(
        (value, channel) => Math.abs(value - (colours[index]?.[channel] ?? -99)) > 3,
      ),
    );
    expect({ plane, wrong }).toEqual({ plane, wrong: [] });
  }
  await tab.shot("volume");
  const before = placeOf(tab).centre;
  const sagittal = await tab.page.getByRole("slider", { name: "Sagittal slice" }).boundingBox();
  if (sagittal === null) throw new Error("There is no slice");
  await tab.page.mouse.click(sagittal.x + sagittal.width * 0.6, sagittal.y + sagittal.height * 0.5);
  await expect.poll(() => tab.link().get("plate"), POLL).not.toBe(String(PLATE_ID));
  expect(placeOf(tab).centre).not.toEqual(before);
});
