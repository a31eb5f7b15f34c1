import { parseDrawing } from "@brainatlas/sdk/drawing";
import { beforeEach, expect, test, vi } from "vitest";
import { SELECTED_TONES } from "../draw/paint-mark.ts";
import { FakePath } from "../draw/support/fake-context.ts";
import { screenMap } from "../model/screen-map.ts";
import { DEFAULT_DRAWING } from "../model/view.ts";
import { paintFigure } from "./paint-figure.ts";
import type { Figure } from "./read-figure.ts";

/** A canvas that keeps what its context is asked for, with the colour of lines at that time. */
interface FakeCanvas {
  readonly width: number;
  readonly height: number;
  readonly calls: { readonly name: string; readonly values: readonly unknown[]; readonly stroke: unknown }[];
  getContext(): unknown;
}

function fakeCanvas(): FakeCanvas {
  const state: Record<string, unknown> = {};
  const canvas: FakeCanvas = {
    width: 20,
    height: 20,
    calls: [],
    getContext: () =>
      new Proxy(state, {
        get(_, name: string) {
          if (name === "canvas") return canvas;
          if (name === "measureText") return () => ({ width: 1 });
          if (name in state) return state[name];
          return (...values: unknown[]) => canvas.calls.push({ name, values, stroke: state.strokeStyle });
        },
      }),
  };
  return canvas;
}

beforeEach(() => {
  vi.stubGlobal("document", { createElement: fakeCanvas });
  vi.stubGlobal("Path2D", FakePath);
});

const { regions } = parseDrawing(`<svg width="20" height="20"><g id="1" order="1" graphic_group_label_id="28">
  <path id="2" order="0" structure_id="7" d="M0,0h9v9h-9z" style="fill:#bfdae3"/></g></svg>`);
const SIZE = { width: 20, height: 20 };
const COLOURS = { surface: "", stage: "", text: "", soft: "", border: "", accent: "", danger: "" };

/** The sheets that are laid upon one another in a figure, the picture first. */
function sheetsOf(selected: Figure["selected"]): readonly FakeCanvas[] {
  const picture = fakeCanvas();
  const figure: Figure = {
    title: "",
    subtitle: "",
    credit: "",
    shot: {
      record: {} as Figure["shot"]["record"], // Not read where no tile is drawn.
      layers: [],
      map: screenMap({ x: 10, y: 10 }, 0, 0, SIZE),
      size: SIZE,
      pixelRatio: 1,
    },
    drawn: { regions, look: { drawing: DEFAULT_DRAWING, selected: new Set([7]), isAlone: false } },
    selected,
    legend: { entries: [], more: 0 },
    line: undefined,
    pin: undefined,
    resolutionUm: undefined,
  };
  const painted = paintFigure(figure, picture as unknown as HTMLCanvasElement, COLOURS) as unknown as FakeCanvas;
  return painted.calls.filter(({ name }) => name === "drawImage").map(({ values: [sheet] }) => sheet as FakeCanvas);
}

test("paintFigure() paints the line around what is selected over the drawing, as the panel does", () => {
  const [, drawing, mark] = sheetsOf(regions);
  const strokesOf = (sheet: FakeCanvas | undefined) => sheet?.calls.filter(({ name }) => name === "stroke");
  expect(drawing?.calls.some(({ name }) => name === "fill")).toBe(true);
  expect(strokesOf(mark)?.map(({ stroke }) => stroke)).toEqual(SELECTED_TONES.map(({ colour }) => colour));
  expect(sheetsOf(undefined)).toHaveLength(2);
});
