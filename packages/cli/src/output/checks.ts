import { printable } from "./notes.ts";

/** What was found of one thing that the program needs. */
export interface Check {
  readonly name: string;
  readonly state: "ok" | "warn" | "fail";
  readonly detail: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Green, yellow and red. */
const COLOURS = { ok: 32, warn: 33, fail: 31 } as const;

/**
 * Checks as lines: state, name, what was found, and below it what to do.
 *
 * @param columns Width that lines are broken at; `Infinity` for none.
 */
export function printChecks(
  checks: readonly Check[],
  { colour, columns }: { colour: boolean; columns: number },
): string {
  const width = Math.max(0, ...checks.map((check) => check.name.length));
  const indent = " ".repeat(width + 8);
  const lines = checks.flatMap(({ name, state, detail, advice }) => {
    const padded = state.padEnd(4);
    const shown = colour ? `\u001b[${COLOURS[state]}m${padded}\u001b[0m` : padded;
    const texts = advice === undefined ? [detail] : [detail, advice];
    const [first = "", ...more] = texts.flatMap((text) => wrap(printable(text), columns - indent.length));
    return [`${shown}  ${name.padEnd(width)}  ${first}\n`, ...more.map((line) => `${indent}${line}\n`)];
  });
  return lines.join("");
}

/** Breaks a text between words; a word that is too long stays whole, so that addresses and paths can be copied. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
