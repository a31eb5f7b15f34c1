import { expect, test } from "vitest";
import type { PictureSource } from "../engine/picture-source.ts";
import type { Picture } from "../pixels/picture.ts";
import { createTileDesk } from "./tile-desk.ts";

const SOURCE: PictureSource = { kind: "pyramid", file: "/f" };
const PICTURE: Picture = {
  width: 2000,
  height: 1000,
  finestDownsample: 0,
  lastModified: new Date(0),
  tag: "t",
  source: async () => SOURCE,
};

/** A desk whose reader gives the window's corner and tier as bytes, and whose clock is set by hand. */
function createDesk(isOverruled: (target?: string) => boolean = () => false) {
  let now = 0;
  const reader = {
    read: ({ window: { left, top, downsample } }: { window: { left: number; top: number; downsample: number } }) =>
      Number.isInteger(left / 256) && Number.isInteger(top / 256)
        ? Uint8Array.of(left / 256, top / 256, downsample)
        : undefined,
    close: () => {},
  };
  const desk = createTileDesk(reader, isOverruled, () => now);
  const pass = (ms: number): void => {
    now += ms;
  };
  return { desk, pass };
}

const target = (left: number, top: number, edge = 256) =>
  `/iiif/3/7/${left},${top},${edge},${edge}/256,256/0/default.jpg`;

test("answer() gives tiles of a picture that it knows, with the headers of pictures", () => {
  const { desk } = createDesk();
  desk.know({ name: "3/7", left: 0, top: 0 }, PICTURE, SOURCE);
  const answer = desk.answer(target(512, 256));
  expect(answer?.body).toEqual(Uint8Array.of(2, 1, 0));
  expect(answer?.headers).toMatchObject({
    "content-type": "image/jpeg",
    "content-length": "3",
    "x-brainatlas-path": "tile",
    "x-brainatlas-source": "stored",
    "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT",
  });
  expect(desk.answer(target(512, 0, 512))?.body).toEqual(Uint8Array.of(1, 0, 1));
});

test("answer() counts from the origin of the address", () => {
  const { desk } = createDesk();
  desk.know({ name: "3/7", left: 256, top: 512 }, PICTURE, SOURCE);
  expect(desk.answer(target(0, 0))?.body).toEqual(Uint8Array.of(1, 2, 0));
  expect(desk.answer(target(0, 0, 1024))).toBeUndefined();
});

test("answer() leaves cut-off tiles, places off the grid and unknown pictures to the routes", () => {
  const { desk } = createDesk();
  desk.know({ name: "3/7", left: 0, top: 0 }, PICTURE, SOURCE);
  expect([target(1792, 0), target(0, 768), target(100, 0), target(9e8, 0)].map((each) => desk.answer(each))).toEqual(
    Array(4).fill(undefined),
  );
  expect(desk.answer(target(0, 0).replace("/7/", "/8/"))).toBeUndefined();
});

test("answer() forgets a picture after two seconds: another may stand in its place", () => {
  const { desk, pass } = createDesk();
  desk.know({ name: "3/7", left: 0, top: 0 }, PICTURE, SOURCE);
  pass(2000);
  expect(desk.answer(target(0, 0))).toBeDefined();
  pass(1);
  expect(desk.answer(target(0, 0))).toBeUndefined();
});

test("know() keeps a bounded number of pictures, the latest", () => {
  const { desk } = createDesk();
  for (let id = 0; id < 1000; id += 1) desk.know({ name: `3/${id}`, left: 0, top: 0 }, PICTURE, SOURCE);
  const held = Array.from({ length: 1000 }, (_, id) => desk.answer(target(0, 0).replace("/7/", `/${id}/`)));
  expect(held.filter((answer) => answer !== undefined)).toHaveLength(256);
  expect(held[999]).toBeDefined();
});

test("answer() adds the headers that the address has for its tiles", () => {
  const { desk } = createDesk();
  desk.know({ name: "3/7", left: 0, top: 0, headersOf: (asked) => ({ link: `<${asked}>` }) }, PICTURE, SOURCE);
  expect(desk.answer(target(0, 0))?.headers.link).toBe(`<${target(0, 0)}>`);
});

test("answer() leaves the tiles to the routes to which there is a recorded answer, and no others", () => {
  const { desk } = createDesk((asked) => asked === undefined || asked === target(0, 0));
  desk.know({ name: "3/7", left: 0, top: 0 }, PICTURE, SOURCE);
  expect(desk.answer(target(0, 0))).toBeUndefined();
  expect(desk.answer(target(256, 0))).toBeDefined();
});
