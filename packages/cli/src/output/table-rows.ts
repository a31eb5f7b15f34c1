import { printCell } from "./cells.ts";
import { type Row, readField } from "./fields.ts";
import type { RowPrinter, RowPrinterOptions } from "./row-printer.ts";
import { settleFields } from "./settle-fields.ts";
import { type Column, layOutTable, leastWidths, type Table, tableWidth } from "./table.ts";

/** Narrowest that a text is still worth reading; columns that would be narrower are left out. */
const MIN_READABLE = 12;

/** A table whose columns the first page decides. */
export function tablePrinter(options: RowPrinterOptions): RowPrinter {
  const settle = settleFields(options.fields, options.note);
  let shown: Shown | undefined;
  return {
    print(rows) {
      if (rows.length === 0) return "";
      const names = settle(rows);
      const heading = shown === undefined;
      shown ??= choose(names, rows, options);
      return (heading ? shown.table.heading : "") + shown.table.print(cellsOf(rows, shown.names));
    },
    end: () => "",
  };
}

/** The columns that there is room for. */
interface Shown {
  readonly names: readonly string[];
  readonly table: Table;
}

function choose(all: readonly string[], rows: readonly Row[], { fields, room, note }: RowPrinterOptions): Shown {
  let names = all.slice(0, countFitting(all, rows, room));
  if (names.length < all.length) {
    const ranked = fields === undefined ? rank(all, rows) : all;
    names = ranked.slice(0, countFitting(ranked, rows, room));
    note(`no room for ${ranked.slice(names.length).join(", ")}; choose with --fields, or see all with --format json`);
  }
  const columns = names.map((name) => columnOf(name, rows));
  return { names, table: layOutTable(columns, cellsOf(rows, names), room) };
}

/** What most models call a row by. */
const LEADING: readonly string[] = ["id", "acronym", "name"];

/** The names of what tells most first, then of what has values in these rows. The service sorts them by the alphabet. */
function rank(names: readonly string[], rows: readonly Row[]): string[] {
  const rankOf = (name: string): number => {
    if (LEADING.includes(name)) return LEADING.indexOf(name) - LEADING.length;
    return rows.some((row) => printCell(readField(row, name)) !== "") ? 0 : 1;
  };
  return [...names].sort((one, other) => rankOf(one) - rankOf(other));
}

function cellsOf(rows: readonly Row[], names: readonly string[]): string[][] {
  return rows.map((row) => names.map((name) => printCell(readField(row, name))));
}

function columnOf(heading: string, rows: readonly Row[]): Column {
  const values = rows.map((row) => readField(row, heading) ?? undefined).filter((value) => value !== undefined);
  const isNumeric = values.length > 0 && values.every((value) => typeof value === "number");
  return { heading, align: isNumeric ? "right" : "left" };
}

/** How many of the columns fit, from the left; one at least. */
function countFitting(names: readonly string[], rows: readonly Row[], room: number): number {
  const columns = names.map((name) => columnOf(name, rows));
  const least = leastWidths(columns, cellsOf(rows, names), MIN_READABLE);
  let count = least.length;
  while (count > 1 && tableWidth(least.slice(0, count)) > room) count -= 1;
  return count;
}
