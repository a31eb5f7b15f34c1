import { expect, test } from "vitest";
import { colourOf, type DrawingScene, regionLook } from "./drawing-look.ts";
import { DEFAULT_DRAWING, type DrawingView } from "./view.ts";

const REGION = { structureId: 385, fill: "#08858C" };
const OTHER = { structureId: 549, fill: "#ff7080" };

function scene(drawing: Partial<DrawingView> = {}, selected: readonly number[] = [], isAlone = false): DrawingScene {
  return { drawing: { ...DEFAULT_DRAWING, opacity: 0.4, ...drawing }, selected: new Set(selected), isAlone };
}

test("regionLook() fills with the colour of the structure, at the opacity that is set", () => {
  expect(regionLook(scene(), REGION)).toMatchObject({ fill: "#08858c", fillOpacity: 0.4, widthPx: 1, rim: undefined });
});

test("regionLook() leaves out what is filled with nothing", () => {
  expect(regionLook(scene(), { structureId: 385, fill: undefined })).toBeUndefined();
});

test("regionLook() keeps what is selected, and fades the others", () => {
  const [kept, faded, plain] = [
    regionLook(scene({}, [385]), REGION),
    regionLook(scene({}, [385]), OTHER),
    regionLook(scene(), OTHER),
  ];
  expect(kept).toMatchObject({ fill: "#08858c", fillOpacity: 0.7 });
  expect(faded).toMatchObject({ fill: "#ff7080", fillOpacity: 0.1 });
  expect(faded?.lineOpacity).toBeLessThan(plain?.lineOpacity ?? 0);
});

test("regionLook() fades a region without a structure when others are selected", () => {
  expect(regionLook(scene({}, [385]), { structureId: undefined, fill: "#ffffff" })?.fillOpacity).toBeCloseTo(0.1);
});

test("regionLook() keeps colours for what is selected alone when they are off", () => {
  const neutral = regionLook(scene({ colours: false }), REGION)?.fill;
  expect(neutral).not.toBe("#08858c");
  expect(regionLook(scene({ colours: false }, [385]), REGION)?.fill).toBe("#08858c");
  expect(regionLook(scene({ colours: false }, [385]), OTHER)?.fill).toBe(neutral);
});

test("regionLook() draws outlines with a rim and no fill", () => {
  const look = regionLook(scene({ outlinesOnly: true }), REGION);
  expect(look).toMatchObject({ fill: undefined, fillOpacity: 0, line: "#08858c", widthPx: 1 });
  expect(look?.rim).toBeDefined();
  expect(regionLook(scene({ outlinesOnly: true, colours: false }), REGION)?.line).not.toBe("#08858c");
  expect(regionLook(scene({ outlinesOnly: true }, [385]), REGION)?.widthPx).toBe(2);
});

test("regionLook() is opaque where the drawing stands alone, but for what fades", () => {
  expect(regionLook(scene({}, [], true), REGION)?.fillOpacity).toBe(1);
  expect(regionLook(scene({}, [385], true), REGION)?.fillOpacity).toBe(1);
  expect(regionLook(scene({}, [385], true), OTHER)?.fillOpacity).toBe(0.25);
});

test.each([
  "url(http://evil.test/x)",
  "url(#a)",
  "#08858c;background:url(http://evil.test)",
  "#08858c\n",
  "var(--x)",
  "rgb(1,2,3)",
  "black",
  "#12345",
  "#1234567",
  "",
  `#${"f".repeat(1 << 20)}`,
])("colourOf() believes nothing but six digits, and not %.40j", (fill) => {
  expect(colourOf(fill)).toMatch(/^#[\da-f]{6}$/);
  expect(colourOf(fill)).toBe(colourOf("none"));
});
