import { printable } from "./notes.ts";
import { fitMiddle, fitText, textWidth } from "./width.ts";

/** A column of a table: its heading, and how its cells are set. */
export interface Column {
  readonly heading: string;
  /** Where the cells stand; to the right, they are numbers, which are never cut. @default "left" */
  readonly align?: "left" | "right";
}

/** A table whose rows come bit by bit. */
export interface Table {
  readonly heading: string;
  /** Rows as lines, a newline at the end of each. */
  print(rows: readonly (readonly string[])[]): string;
}

/** Blanks between two columns. */
const GAP = 2;
/** Narrowest that a text is cut to save room. */
const MIN_WIDTH = 4;
/** A heading is cut to this before any text is. */
const MIN_HEADING = 8;
/** Headings that are alike at this width stay so: a name may be of any length. */
const MAX_HEADING = 40;

/**
 * Rows as text, in columns two blanks apart, headings first; a newline at the end of each line.
 *
 * @param room Width of the terminal; longer cells get an ellipsis, those of the widest columns first. Unlimited by default.
 */
export function printTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  room: number = Number.POSITIVE_INFINITY,
): string {
  const table = layOutTable(columns, rows, room);
  return table.heading + table.print(rows);
}

/** A table whose columns are as wide as these rows need. Later rows are cut to them, unless the room is unlimited. */
export function layOutTable(columns: readonly Column[], rows: readonly (readonly string[])[], room: number): Table {
  const widths = fitWidths(columns, rows, room);
  const printLine = (cells: readonly string[], fit: (text: string, width: number) => string): string => {
    const set = columns.map(({ align }, index) => {
      const width = widths[index] ?? 0;
      const text = room === Number.POSITIVE_INFINITY ? (cells[index] ?? "") : fit(cells[index] ?? "", width);
      const blanks = " ".repeat(Math.max(0, width - textWidth(text)));
      return align === "right" ? blanks + text : text + blanks;
    });
    return `${set.join(" ".repeat(GAP)).trimEnd()}\n`;
  };
  return {
    heading: printLine(
      columns.map(({ heading }) => oneLine(heading)),
      fitMiddle,
    ),
    print: (more) => more.map((row) => printLine(row.map(oneLine), fitText)).join(""),
  };
}

/** Widths that fit a room, if they can: headings give way first, then texts. */
function fitWidths(columns: readonly Column[], rows: readonly (readonly string[])[], room: number): number[] {
  const natural = columns.map(({ heading }, index) => Math.max(textWidth(oneLine(heading)), cellWidth(rows, index)));
  const withoutHeadings = shrinkWidths(natural, leastWidths(columns, rows, Number.POSITIVE_INFINITY), room);
  return shrinkWidths(withoutHeadings, leastWidths(columns, rows, MIN_WIDTH), room);
}

/**
 * Width of each column that it must have: that of its numbers, or of its texts as far as they are worth reading. Its heading is
 * told from the others at that width.
 *
 * @param readable Width that is enough of a text.
 */
export function leastWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  readable: number,
): number[] {
  const headings = columns.map(({ heading }) => oneLine(heading));
  const distinct = distinctWidths(headings);
  return columns.map(({ align }, index) => {
    const cells = cellWidth(rows, index);
    const enough = Math.max(Math.min(readable, MIN_HEADING), distinct[index] ?? 0);
    const ofHeading = Math.min(textWidth(headings[index] ?? ""), enough);
    return Math.max(align === "right" ? cells : Math.min(cells, readable), ofHeading);
  });
}

/** The width of each heading from which on it is like no other, however far both are cut; 0 if it always is. */
function distinctWidths(headings: readonly string[]): number[] {
  const widths = headings.map(() => 0);
  const longest = Math.min(MAX_HEADING, Math.max(0, ...headings.map(textWidth)));
  for (let width = 1; width < longest; width += 1) {
    const first = new Map<string, number>();
    for (const [index, heading] of headings.entries()) {
      const cut = fitMiddle(heading, width);
      const other = first.get(cut);
      if (other === undefined) first.set(cut, index);
      else if (headings[other] !== heading) widths[index] = widths[other] = width + 1;
    }
  }
  return widths;
}

function cellWidth(rows: readonly (readonly string[])[], index: number): number {
  return rows.reduce((width, row) => Math.max(width, textWidth(oneLine(row[index] ?? ""))), 0);
}

/**
 * Widths that fit a room together, if they can: the widest give way first, none below what it must have.
 *
 * @example shrinkWidths([6, 30, 40], [4, 4, 4], 40) // → [6, 15, 15]
 */
export function shrinkWidths(widths: readonly number[], least: readonly number[], room: number): number[] {
  const free = room - GAP * (widths.length - 1);
  const under = (cap: number): number[] =>
    widths.map((width, index) => Math.max(Math.min(width, cap), least[index] ?? 0));
  const sum = (all: readonly number[]): number => all.reduce((total, width) => total + width, 0);
  if (sum(widths) <= free) return [...widths];
  let cap = Math.max(0, Math.min(free, Math.max(...widths)));
  while (cap > 0 && sum(under(cap)) > free) cap -= 1;
  let spare = free - sum(under(cap));
  return under(cap).map((width, index) => {
    if (width >= (widths[index] ?? 0) || width > cap || spare <= 0) return width;
    spare -= 1;
    return width + 1;
  });
}

/** Width of a table whose columns have these widths. */
export function tableWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP, -GAP);
}

/** Facts under a title, one a line, names in a column; those without a value are left out. */
export function printFacts(title: string, facts: readonly (readonly [string, string | undefined])[]): string {
  const known = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
  const width = Math.max(0, ...known.map(([name]) => name.length));
  const lines = known.map(([name, value]) => `  ${name.padEnd(width)}  ${oneLine(value)}\n`);
  return `${oneLine(title)}\n${lines.join("")}`;
}

/** Text of one line, without what drives a terminal. */
export function oneLine(text: string): string {
  return printable(text).replaceAll(/[\n\t\u2028\u2029]/g, " ");
}
