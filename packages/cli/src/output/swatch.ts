import type { Rgb } from "@brainatlas/sdk/ontology";
import type { Context } from "../context.ts";
import { hasColour, hasTrueColour } from "./graphics.ts";
import { paletteIndex } from "./terminal-picture.ts";

const ESC = "\u001b";

/**
 * Makes what shows a colour in front of a text: two blanks on a ground of it, and one after them. Nothing where text may not be
 * coloured; blanks for what has no colour.
 */
export function swatchPrinter({ env, stdout }: Pick<Context, "env" | "stdout">): (colour: Rgb | undefined) => string {
  if (!hasColour(env, stdout.isTTY === true)) return () => "";
  const ground = hasTrueColour(env) ? (rgb: Rgb) => `2;${rgb.join(";")}` : (rgb: Rgb) => `5;${paletteIndex(...rgb)}`;
  return (colour) => (colour === undefined ? " ".repeat(SWATCH_WIDTH) : `${ESC}[48;${ground(colour)}m  ${ESC}[0m `);
}

/** Columns that a swatch takes. */
export const SWATCH_WIDTH = 3;
