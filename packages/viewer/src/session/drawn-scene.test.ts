import { type Drawing, parseDrawing } from "@brainatlas/sdk/drawing";
import { StructureTree } from "@brainatlas/sdk/ontology";
import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import { Shelf } from "../load/shelf.ts";
import type { Hover } from "../model/hover.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import { createView, type View, withPanel } from "../model/view.ts";
import { createScenes } from "./drawn-scene.ts";
import type { Session } from "./session.ts";
import type { Stage } from "./stage.ts";

const DRAWING =
  parseDrawing(`<svg width="20" height="20"><g id="1" order="1" graphic_group_label_id="28" graphic_group_label="A">
  <path id="2" order="0" structure_id="2" d="M0,0h9v9z" style="fill:#bfdae3"/>
  <path id="3" order="1" structure_id="3" d="M0,0h4v4z" style="fill:#bfdae3"/></g></svg>`);
/** The second lies in the first, and the third in the second. */
const TREE = new StructureTree(
  [1, 2, 3].map((id) => ({
    id,
    atlas_id: null,
    ontology_id: 1,
    acronym: `A${id}`,
    name: `structure ${id}`,
    color_hex_triplet: "08858C",
    graph_order: id,
    st_level: null,
    hemisphere_id: 3,
    parent_structure_id: id === 1 ? null : id - 1,
  })),
);

async function page() {
  const view = signal<View>(createView({ kind: "atlas", id: 1 }));
  const drawings = new Shelf<number, Drawing>({ load: async () => DRAWING, capacity: 9 });
  const trees = new Shelf<number, StructureTree>({ load: async () => TREE, capacity: 9 });
  const hover = signal<Hover | undefined>(undefined);
  const pointed = signal<number | undefined>(undefined);
  const record = { id: 5, path: "/a.aff", x: 0, y: 0, width: 9, height: 9, image_width: 9, image_height: 9 };
  const stage = {
    index: 0,
    image: signal({ id: 5, record } as unknown as SeriesImage),
    series: signal({ isDrawn: true, graphId: 1, ref: { kind: "atlas", id: 1 } } as Series),
    panel: {
      get value() {
        return view.value.panels[0];
      },
    },
  } as unknown as Stage;
  const session = { view, drawings, trees, hover, pointed } as unknown as Session;
  const change = (next: Partial<View>): void => {
    view.value = { ...view.peek(), ...next };
  };
  await Promise.all([drawings.wait(5), trees.wait(1)]);
  return { scenes: createScenes(session, stage), view, change, hover, pointed };
}

const idsOf = (regions: readonly { id: number }[] | undefined) => regions?.map(({ id }) => id);

test("createScenes() draws what is shown, and nothing where the drawing is off", async () => {
  const { scenes, view, change } = await page();
  expect(idsOf(scenes.drawn.value?.regions)).toEqual([2, 3]);
  change({ drawing: { ...view.peek().drawing, hiddenGroups: [28] } });
  expect(scenes.drawn.value).toBeUndefined();
  change({ drawing: { ...view.peek().drawing, hiddenGroups: [], shown: false } });
  expect(scenes.drawn.value).toBeUndefined();
});

test("createScenes() has the same scene while the picture moves", async () => {
  const { scenes, view } = await page();
  const before = scenes.drawn.value;
  view.value = withPanel(view.peek(), 0, (panel) => ({ ...panel, zoom: -2, centre: { x: 1, y: 2 } }));
  expect(scenes.drawn.value).toBe(before);
});

test("createScenes() outlines what is selected with all that lies in it", async () => {
  const { scenes, change } = await page();
  change({ structures: [1] });
  expect(idsOf(scenes.selected.value)).toEqual([2, 3]);
  expect([...(scenes.drawn.value?.look.selected ?? [])]).toEqual([1, 2, 3]);
  change({ structures: [3] });
  expect(idsOf(scenes.selected.value)).toEqual([3]);
});

test("createScenes() marks what is under the pointer, and what is pointed at elsewhere with its parts", async () => {
  const { scenes, hover, pointed } = await page();
  expect(scenes.pointed.value).toBeUndefined();
  hover.value = { panel: 1, imageId: 8, point: { x: 0, y: 0 }, structureId: 2 };
  expect(idsOf(scenes.pointed.value)).toEqual([2]);
  hover.value = undefined;
  pointed.value = 1;
  expect(idsOf(scenes.pointed.value)).toEqual([2, 3]);
});

test("createScenes() stands alone without a picture", async () => {
  const { scenes, view } = await page();
  expect(scenes.drawn.value?.look.isAlone).toBe(false);
  view.value = withPanel(view.peek(), 0, (panel) => ({ ...panel, picture: { ...panel.picture, shown: "none" } }));
  expect(scenes.drawn.value?.look.isAlone).toBe(true);
});
