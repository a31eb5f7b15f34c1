import type { Context } from "../context.ts";
import { EXIT } from "../exit.ts";
import { note } from "../output/notes.ts";
import { printNumber } from "../output/quantities.ts";
import { chooseFormat, defaultFormat, onePage, printRows, type RowOptions, sayCredit } from "../rows.ts";
import { type GraphOptions, loadGraph } from "../structures.ts";

/** Options of `brainatlas structures find`. */
export interface StructuresFindOptions extends GraphOptions, RowOptions {
  readonly text: string;
}

const COLUMNS = ["id", "acronym", "name", "color_hex_triplet"] as const;

/** Finds structures. Returns the exit code. */
export async function run(context: Context, options: StructuresFindOptions): Promise<number> {
  const { text, fields, limit } = options;
  const format = chooseFormat(options, defaultFormat(context));
  const { api, id, tree } = await loadGraph(context, options);
  const found = tree.find(text);
  const { rows } = await printRows(context, onePage(found), { format, fields, columns: COLUMNS, limit });
  if (rows === 0) {
    note(context, `no structure of graph ${id} has "${text}" in its acronym or name`);
    return EXIT.done;
  }
  if (rows < found.length) note(context, `${rows} of ${printNumber(found.length)} structures`);
  sayCredit(context, api);
  return EXIT.done;
}
