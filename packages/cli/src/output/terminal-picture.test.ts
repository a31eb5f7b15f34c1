import { expect, test } from "vitest";
import { paletteIndex, printBlocks, printIterm, printKitty } from "./terminal-picture.ts";

const TWO_BY_THREE = {
  data: new Uint8ClampedArray(
    [
      [255, 0, 0, 255, 255, 0, 0, 255],
      [0, 0, 255, 255, 0, 0, 255, 255],
      [9, 9, 9, 255, 250, 250, 250, 255],
    ].flat(),
  ),
  width: 2,
  height: 3,
};

test("printBlocks() sets two pixels in a character, and a colour once", () => {
  expect(printBlocks(TWO_BY_THREE, true)).toBe(
    "\u001b[38;2;255;0;0;48;2;0;0;255m▀▀\u001b[0m\n\u001b[38;2;9;9;9;49m▀\u001b[38;2;250;250;250;49m▀\u001b[0m\n",
  );
  expect(printBlocks(TWO_BY_THREE, false)).toBe(
    "\u001b[38;5;196;48;5;21m▀▀\u001b[0m\n\u001b[38;5;232;49m▀\u001b[38;5;231;49m▀\u001b[0m\n",
  );
});

test.each([
  [0, 0, 0, 16],
  [255, 255, 255, 231],
  [255, 0, 0, 196],
  [128, 128, 128, 244],
  [95, 135, 175, 67],
])("paletteIndex(%d, %d, %d) is %d", (red, green, blue, index) => {
  expect(paletteIndex(red, green, blue)).toBe(index);
});

test("printKitty() sends short pictures in one piece", () => {
  expect(printKitty(new Uint8Array([1, 2, 3]), { columns: 60, rows: 15 })).toBe(
    "\u001b_Ga=T,f=100,q=2,c=60,r=15,m=0;AQID\u001b\\\n",
  );
});

test("printKitty() cuts long ones at 4096 characters", () => {
  const text = printKitty(new Uint8Array(7000), { columns: 1, rows: 1 });
  const pieces = text.trimEnd().split("\u001b\\").slice(0, -1);
  expect(pieces.map((piece) => [piece.slice(0, piece.indexOf(";")), piece.length - piece.indexOf(";") - 1])).toEqual([
    ["\u001b_Ga=T,f=100,q=2,c=1,r=1,m=1", 4096],
    ["\u001b_Gm=1", 4096],
    ["\u001b_Gm=0", 1144],
  ]);
});

test("printIterm() sends the bytes as they are", () => {
  expect(printIterm(new Uint8Array([1, 2, 3]), { columns: 60, rows: 15 })).toBe(
    "\u001b]1337;File=inline=1;size=3;width=60;height=15;preserveAspectRatio=1:AQID\u0007\n",
  );
});
