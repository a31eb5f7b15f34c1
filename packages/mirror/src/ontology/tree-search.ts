import { CLASS, KEY, type RecordModel } from "../records/catalogue.ts";
import type { Reader, ReadLimits } from "../records/reader.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import { columnsOf } from "../rma/columns.ts";
import type { QueryAnswer, ResultRow, ShapeColumn } from "../rma/result.ts";
import { streamOne } from "../rma/row-stream.ts";
import { MAX_LEVELS } from "./graph-tree.ts";

/** What a search takes beside the record itself. */
export interface TreeSearch {
  readonly model: string;
  readonly id: number;
  readonly ancestors: boolean;
  readonly descendants: boolean;
}

/** The models that have trees (reference §4.2), by the column of the parent. */
export const TREES: ReadonlyMap<string, string> = new Map([
  ["Structure", "parent_structure_id"],
  ["Specimen", "parent_id"],
]);

/** Rows that one statement fetches. */
const ROWS_AT_ONCE = 500;

/** Finds a record and its relatives, in order of their levels, the highest ancestor first. */
export async function searchTree(
  database: RecordDatabase,
  search: TreeSearch,
  limits: ReadLimits,
): Promise<QueryAnswer> {
  const model = (await database.catalogue()).model(search.model);
  const parent = TREES.get(search.model);
  if (model === undefined || parent === undefined) throw new RangeError(`There are no trees of ${search.model}`);
  const inOrder = [...columnsOf(model).values()].filter(({ isHeld }) => isHeld);
  const columns = [...inOrder].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = await database.read(async (reader) => {
    const ids = await readIds(reader, model, parent, search, limits);
    return await readRows(reader, model, columns, ids, limits);
  }, limits.signal);
  return {
    startRow: 0,
    numRows: rows.length,
    totalRows: rows.length,
    isTabular: false,
    shape: {
      model: search.model,
      columns,
      schemaOrder: inOrder.map((column) => columns.indexOf(column)),
      includes: [],
    },
    debug: undefined,
    batches: streamOne(rows),
  };
}

/** Ids in order. All names in the text are the schema's own. */
async function readIds(
  reader: Reader,
  model: RecordModel,
  parent: string,
  search: TreeSearch,
  limits: ReadLimits,
): Promise<number[]> {
  const table = model.table.name;
  const start = `select id, ${parent}, 0 from ${table} where id = ?`;
  const up = `select t.id, t.${parent}, level - 1 from ${table} t join up on t.id = up.parent where level > -${MAX_LEVELS}`;
  const down = `select t.id, t.${parent}, level + 1 from ${table} t join down on t.${parent} = down.id where level < ${MAX_LEVELS}`;
  const sql = `with recursive
    up(id, parent, level) as (${start} union ${search.ancestors ? up : `${up} and 0`}),
    down(id, parent, level) as (${start} union ${search.descendants ? down : `${down} and 0`}),
    found as (select id, level from up union all select id, level from down)
    select id from found group by id order by min(level), id`;
  const rows = await reader.all({ sql, parameters: [search.id, search.id] }, limits);
  return rows.map(([id]) => Number(id));
}

async function readRows(
  reader: Reader,
  model: RecordModel,
  columns: readonly ShapeColumn[],
  ids: readonly number[],
  limits: ReadLimits,
): Promise<ResultRow[]> {
  const found = new Map<unknown, ResultRow>();
  const names = columns.map(({ name }) => name);
  for (let index = 0; index < ids.length; index += ROWS_AT_ONCE) {
    const query = sqlBuilder
      .selectFrom(model.table.name)
      .select([KEY, CLASS, ...names])
      .where(KEY, "in", ids.slice(index, index + ROWS_AT_ONCE));
    for (const [id, className, ...values] of await reader.all(toStatement(query.compile()), limits)) {
      found.set(id, { className: String(className), values, includes: [] });
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}
