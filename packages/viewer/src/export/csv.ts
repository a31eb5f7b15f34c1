/** A value of a table: text of whoever wrote it, a number, or nothing. */
export type CsvCell = string | number | undefined;

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA_START = /^[=+\-@\t\r]/;

/**
 * Prints a table as RFC 4180 has it: lines end with CRLF, and a cell is quoted where it has to be.
 *
 * Text that a spreadsheet would take for a formula has an apostrophe before it, by which spreadsheets know text; numbers stay as they are.
 *
 * @example printCsv(["id", "name"], [[7, 'a "b"'], [8, "=1+1"]]) // → 'id,name\r\n7,"a ""b"""\r\n8,\'=1+1\r\n'
 */
export function printCsv(heading: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [heading, ...rows].map((cells) => `${cells.map(printCell).join(",")}\r\n`).join("");
}

function printCell(cell: CsvCell): string {
  if (typeof cell !== "string") return cell === undefined ? "" : String(cell);
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
