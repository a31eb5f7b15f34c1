import { printable } from "./notes.ts";

/** A column of a table: its heading, and how its cells are set. */
export interface Column {
  readonly heading: string;
  /** @default "left" */
  readonly align?: "left" | "right";
}

/** Rows as text, in columns two spaces apart, headings first; a newline at the end of each line. */
export function printTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map((column) => column.heading), ...rows.map((row) => row.map(oneLine))];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ""))));
  const cell = (text: string, index: number): string => {
    const gap = " ".repeat((widths[index] ?? 0) - widthOf(text));
    return columns[index]?.align === "right" ? gap + text : text + gap;
  };
  return lines.map((line) => `${line.map(cell).join("  ").trimEnd()}\n`).join("");
}

/** Facts under a title, one a line, names in a column; those without a value are left out. */
export function printFacts(title: string, facts: readonly (readonly [string, string | undefined])[]): string {
  const known = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
  const width = Math.max(0, ...known.map(([name]) => name.length));
  const lines = known.map(([name, value]) => `  ${name.padEnd(width)}  ${oneLine(value)}\n`);
  return `${oneLine(title)}\n${lines.join("")}`;
}

function oneLine(text: string): string {
  return printable(text).replaceAll(/[\n\t]/g, " ");
}

/** Characters, not code units; the program's tables hold none that are two columns wide. */
function widthOf(text: string): number {
  return [...text].length;
}
