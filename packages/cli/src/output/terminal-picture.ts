import type { Pixels } from "@brainatlas/sdk";
import type { CellArea } from "./fit.ts";

const ESC = "\u001b";

/** Characters of base64 in one sequence of the kitty protocol. */
const KITTY_CHUNK = 4096;

/**
 * A PNG as the kitty graphics protocol shows it: transmitted and placed at once, in pieces, without answers
 * (sw.kovidgoyal.net/kitty/graphics-protocol).
 */
export function printKitty(png: Uint8Array, area: CellArea): string {
  const text = Buffer.from(png).toString("base64");
  const pieces = Array.from({ length: Math.ceil(text.length / KITTY_CHUNK) }, (_, index) =>
    text.slice(index * KITTY_CHUNK, (index + 1) * KITTY_CHUNK),
  );
  const sequences = pieces.map((piece, index) => {
    const first = index === 0 ? `a=T,f=100,q=2,c=${area.columns},r=${area.rows},` : "";
    return `${ESC}_G${first}m=${index === pieces.length - 1 ? 0 : 1};${piece}${ESC}\\`;
  });
  return `${sequences.join("")}\n`;
}

/** An encoded picture, as it is, in iTerm2's inline form (iterm2.com/documentation-images.html). */
export function printIterm(bytes: Uint8Array, area: CellArea): string {
  const fields = `inline=1;size=${bytes.length};width=${area.columns};height=${area.rows};preserveAspectRatio=1`;
  return `${ESC}]1337;File=${fields}:${Buffer.from(bytes).toString("base64")}\u0007\n`;
}

/** Pixels as characters, two to a cell: the upper half block in one colour on a ground of the other. */
export function printBlocks(pixels: Pixels, trueColour: boolean): string {
  const colour = trueColour ? printRgb : print256;
  let text = "";
  for (let y = 0; y < pixels.height; y += 2) {
    let last = "";
    for (let x = 0; x < pixels.width; x += 1) {
      const upper = colour(pixels, x, y);
      const lower = y + 1 < pixels.height ? `48;${colour(pixels, x, y + 1)}` : "49";
      const style = `38;${upper};${lower}`;
      text += style === last ? "▀" : `${ESC}[${style}m▀`;
      last = style;
    }
    text += `${ESC}[0m\n`;
  }
  return text;
}

function rgbAt({ data, width }: Pixels, x: number, y: number): [number, number, number] {
  const at = (y * width + x) * 4;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function printRgb(pixels: Pixels, x: number, y: number): string {
  return `2;${rgbAt(pixels, x, y).join(";")}`;
}

function print256(pixels: Pixels, x: number, y: number): string {
  return `5;${paletteIndex(...rgbAt(pixels, x, y))}`;
}

/** Intensities of the 6 × 6 × 6 cube of the 256-colour palette. */
const CUBE = [0, 95, 135, 175, 215, 255] as const;

/**
 * The nearest of the palette's colours 16 to 255: its cube, and its ramp of greys 8, 18, … 238.
 *
 * @example paletteIndex(255, 0, 0) // → 196
 */
export function paletteIndex(red: number, green: number, blue: number): number {
  const levels = [red, green, blue].map(nearestLevel);
  const [r = 0, g = 0, b = 0] = levels;
  const grey = Math.min(23, Math.max(0, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const distance = (other: readonly number[]): number =>
    (red - (other[0] ?? 0)) ** 2 + (green - (other[1] ?? 0)) ** 2 + (blue - (other[2] ?? 0)) ** 2;
  const cubeColour = levels.map((level) => CUBE[level] ?? 0);
  const greyColour = [8 + grey * 10, 8 + grey * 10, 8 + grey * 10];
  return distance(greyColour) < distance(cubeColour) ? 232 + grey : 16 + 36 * r + 6 * g + b;
}

function nearestLevel(value: number): number {
  let best = 0;
  for (const [level, intensity] of CUBE.entries()) {
    if (Math.abs(intensity - value) < Math.abs((CUBE[best] ?? 0) - value)) best = level;
  }
  return best;
}
