import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkProperty } from "../../../../tests/support/property.ts";
import { createPanel, createView, DEFAULT_DRAWING, DEFAULT_PICTURE, type PictureKind, type View } from "./view.ts";
import { completeLink, isViewKey, parseViewLink, printView } from "./view-url.ts";

const ATLAS = { kind: "atlas", id: 1 } as const;

/** Numbers of so many digits after the point, as addresses keep them. */
const decimal = (min: number, max: number, digits: number) =>
  fc.integer({ min: min * 10 ** digits, max: max * 10 ** digits }).map((value) => value / 10 ** digits + 0);
const anId = fc.integer({ min: 1, max: 999_999_999 });
const aPoint = fc.record({ x: decimal(-1000, 60_000, 2), y: decimal(-1000, 60_000, 2) });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const aKind = fc.constantFrom<PictureKind>("primary", "annotated", "expression", "projection", "none");
const aWindow = fc.tuple(fc.nat(4095), fc.nat(4095)).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
const aPicture = fc.record({
  shown: aKind,
  over: maybe(aKind),
  mix: fc.constantFrom("blend" as const, "swipe" as const),
  share: decimal(0, 1, 3),
  range: maybe(fc.tuple(aWindow, aWindow, aWindow).map(([r, g, b]) => [...r, ...g, ...b] as const)),
  colormap: maybe(
    fc.record({ map: fc.constantFrom("jet" as const, "expression" as const, 7), lowerThreshold: fc.nat(255) }),
  ),
  contrast: maybe(fc.tuple(decimal(0, 1, 3), decimal(0, 1, 3))),
});
const aPanel = fc.record({
  series: fc.record({ kind: fc.constantFrom("atlas" as const, "dataset" as const), id: anId }),
  imageId: maybe(anId),
  centre: maybe(aPoint),
  zoom: maybe(decimal(-20, 10, 3)),
  rotationDeg: decimal(0, 359, 1),
  picture: aPicture,
});
const aView: fc.Arbitrary<View> = fc
  .record({
    panels: fc.array(aPanel, { minLength: 1, maxLength: 4 }),
    active: fc.nat(3),
    linked: fc.boolean(),
    structures: fc.uniqueArray(anId, { maxLength: 12 }),
    drawing: fc.record({
      shown: fc.boolean(),
      opacity: decimal(0, 1, 3),
      outlinesOnly: fc.boolean(),
      colours: fc.boolean(),
      hiddenGroups: fc.uniqueArray(anId, { maxLength: 4 }),
    }),
    pin: maybe(fc.record({ panel: fc.nat(3), imageId: anId, at: aPoint })),
    line: maybe(fc.record({ panel: fc.nat(3), imageId: anId, from: aPoint, to: aPoint })),
    volume: fc.boolean(),
  })
  .map(({ pin, line, ...view }) => {
    const last = view.panels.length - 1;
    return {
      ...view,
      active: Math.min(view.active, last),
      pin: pin && { panel: Math.min(pin.panel, last), imageId: pin.imageId, ...pin.at },
      line: line && { ...line, panel: Math.min(line.panel, last) },
    };
  });

describe("parseViewLink()", () => {
  test("reads what printView() writes", () => {
    checkProperty(
      fc.property(aView, (view) => {
        expect(parseViewLink(`#${printView(view)}`)).toEqual({ ...view, acronyms: [] });
      }),
    );
  });

  test("reads a permalink of the institute's viewer, as hash and as query", () => {
    const permalink = "atlas=1&plate=100960224&structure=549&x=5280.5&y=3744&zoom=-3&resolution=11.9&z=6";
    const link = parseViewLink(`#${permalink}`);
    expect(parseViewLink("", `?${permalink}`)).toEqual(link);
    expect(link).toMatchObject({
      panels: [{ series: ATLAS, imageId: 100960224, centre: { x: 5280.5, y: 3744 }, zoom: -3 }],
      structures: [549],
      linked: true,
    });
  });

  test("takes the hash where the query says otherwise, and the query where the hash says nothing", () => {
    const link = parseViewLink("#plate=7", "?api=http%3A%2F%2Flocalhost&atlas=2&plate=6");
    expect(link.panels).toMatchObject([{ series: { kind: "atlas", id: 2 }, imageId: 7 }]);
  });

  test("leaves the series of an image alone open", () => {
    const link = parseViewLink("#plate=100883869");
    expect(link.panels).toMatchObject([{ series: undefined, imageId: 100883869 }]);
    expect(completeLink(link, ATLAS).panels).toMatchObject([{ series: ATLAS, imageId: 100883869 }]);
  });

  test("reads nothing as one panel, whole, with nothing selected", () => {
    for (const nothing of ["", "#", "?", "#&&=&"])
      expect(completeLink(parseViewLink(nothing), ATLAS)).toEqual(createView(ATLAS));
  });

  test("keeps ids and acronyms of structures apart, each once", () => {
    const link = parseViewLink("#structure=549,VISp2/3,549,%20TH%20,VISp2/3,-1,1.5,0");
    expect([link.structures, link.acronyms]).toEqual([[549], ["VISp2/3", "TH"]]);
  });

  test("closes the ranks where a panel is missing, and carries the pin along", () => {
    const link = parseViewLink("#atlas=1&dataset3=71587929&rotate3=90&panel=3&pin=3,4,5,6&line=2,4,0,0,1,1");
    expect(link.panels).toMatchObject([{ series: ATLAS }, { series: { kind: "dataset", id: 71587929 } }]);
    expect(link.panels[1]?.rotationDeg).toBe(90);
    expect([link.active, link.pin, link.line]).toEqual([1, { panel: 1, imageId: 4, x: 5, y: 6 }, undefined]);
  });

  test.each([
    ["zoom=NaN"],
    ["zoom=1e999"],
    ["zoom=Infinity"],
    ["zoom=-21"],
    ["zoom=0x10"],
    ["x=1e3&y=2"],
    ["x=99999999999&y=2"],
    ["x=5"],
    ["plate=-3"],
    ["plate=1e3"],
    ["plate=99999999999999999999"],
    ["plate=%00"],
    ["plate=%ZZ"],
    ["plate=%E0%A4%A"],
    ["rotate=NaN"],
    ["rotate=99999"],
    ["picture=__proto__"],
    ["picture=constructor"],
    ["over=toString"],
    ["mix=shuffle"],
    ["share=2"],
    ["range=0,1,2,3,4"],
    ["range=9,1,0,1,0,1"],
    ["range=0,5000,0,1,0,1"],
    ["range=0,1.5,0,1,0,1"],
    ["map=__proto__"],
    ["map=99"],
    ["threshold=12"],
    ["contrast=2,0"],
    ["contrast=0.5"],
    ["structure=%00,%01"],
    [`structure=${"x".repeat(100_000)}`],
    ["opacity=-1"],
    ["hide=abc"],
    ["panel=7"],
    ["pin=9,9,9,9"],
    ["pin=1,2,3"],
    ["pin=1,2,3,4,5"],
    ["line=1,2,3,4,5"],
    ["__proto__=1&constructor=2"],
    ["atlas=0"],
    ["atlas2=0"],
    ["atlas5=1&atlas0=1&atlas99=1"],
  ])("ignores %s", (hostile) => {
    expect(completeLink(parseViewLink(`#atlas=1&${hostile.replace(/^atlas=.*/, "")}`), ATLAS)).toEqual(
      createView(ATLAS),
    );
    expect(completeLink(parseViewLink(`#${hostile}`), ATLAS)).toEqual(createView(ATLAS));
  });

  test("bounds a list of ten thousand ids", () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => index + 1);
    expect(parseViewLink(`#structure=${ids}&hide=${ids}`).structures).toEqual(ids.slice(0, 200));
  });

  test("gives a view of one to four panels, whatever it reads", () => {
    const keys = fc.constantFrom("atlas", "atlas2", "plate3", "dataset4", "x", "pin", "line", "range2", "structure");
    const pairs = fc.array(fc.tuple(keys, fc.oneof(fc.string(), fc.integer().map(String), fc.constant("1,2,3,4"))));
    checkProperty(
      fc.property(pairs, (given) => {
        const link = parseViewLink(given.map(([key, value]) => `${key}=${value}`).join("&"));
        const view = completeLink(link, ATLAS);
        expect(view.panels.length).toBeGreaterThanOrEqual(1);
        expect(view.panels.length).toBeLessThanOrEqual(4);
        expect(view.panels[view.active]).toBeDefined();
        expect(completeLink(parseViewLink(printView(view)), ATLAS)).toEqual(view);
      }),
    );
  });
});

describe("printView()", () => {
  test("keeps acronyms whose ids are not known yet", () => {
    const printed = printView({ ...createView(ATLAS), structures: [549] }, ["VISp2/3", "SUM"]);
    expect(printed).toBe("atlas=1&structure=549,VISp2%2F3,SUM");
    expect(parseViewLink(printed)).toMatchObject({ structures: [549], acronyms: ["VISp2/3", "SUM"] });
  });

  test("leaves out what is as in every view", () => {
    expect(printView(createView(ATLAS))).toBe("atlas=1");
  });

  test("numbers the panels after the first, and keeps commas readable", () => {
    const view: View = {
      ...createView(ATLAS),
      panels: [
        createPanel(ATLAS, { imageId: 100960224, centre: { x: 5280, y: 3744.129 }, zoom: -2.99999 }),
        createPanel(
          { kind: "dataset", id: 71587929 },
          { rotationDeg: 359.97, picture: { ...DEFAULT_PICTURE, shown: "expression", share: 0.50001 } },
        ),
      ],
      active: 1,
      structures: [549, 385],
      drawing: { ...DEFAULT_DRAWING, opacity: 0.350001, hiddenGroups: [159226751] },
      volume: true,
    };
    expect(printView(view)).toBe(
      "atlas=1&plate=100960224&x=5280&y=3744.13&zoom=-3&dataset2=71587929&picture2=expression&structure=549,385&panel=2&hide=159226751&volume=on",
    );
  });
});

test("isViewKey() tells the keys of a view from those of others", () => {
  const keys = [
    "atlas",
    "plate2",
    "range4",
    "structure",
    "pin",
    "z",
    "api",
    "resolution2",
    "structure2",
    "atlas5",
    "x1",
  ];
  expect(keys.filter(isViewKey)).toEqual(["atlas", "plate2", "range4", "structure", "pin", "z"]);
});
