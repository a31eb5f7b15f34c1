import { SCHEMA } from "@brainatlas/sdk/rma/schema";
import { CLASS, type RecordModel } from "../records/catalogue.ts";
import type { Reader, ReadLimits } from "../records/reader.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import type { QueryAnswer, ResultRow, ShapeColumn } from "../rma/result.ts";

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

/** How far a search climbs: a ring of parents ends here. */
const MAX_LEVELS = 120;
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
  const columns = model.columns.flatMap((name): ShapeColumn[] => {
    const column = model.table.columns.get(name);
    return column?.isHeld === true ? [{ name, type: column.type }] : [];
  });
  columns.sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = await database.read(async (reader) => {
    const ids = await readIds(reader, search, parent, limits);
    return await readRows(reader, model, columns, ids, limits);
  }, limits.signal);
  return {
    startRow: 0,
    numRows: rows.length,
    totalRows: rows.length,
    isTabular: false,
    shape: { model: search.model, columns, schemaOrder: orderOf(columns, model), includes: [] },
    debug: undefined,
    batches: oneBatch(rows),
  };
}

/** Indexes of columns as the schema lists them. */
function orderOf(columns: readonly ShapeColumn[], model: RecordModel): number[] {
  const place = (index: number): number => model.columns.indexOf(columns[index]?.name ?? "");
  return [...columns.keys()].sort((a, b) => place(a) - place(b));
}

async function* oneBatch(rows: readonly ResultRow[]): AsyncGenerator<readonly ResultRow[]> {
  yield rows;
}

/** Ids in order. All names in the text are the schema's own. */
async function readIds(reader: Reader, search: TreeSearch, parent: string, limits: ReadLimits): Promise<number[]> {
  const table = SCHEMA[search.model]?.table ?? "";
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
      .select(["id", CLASS, ...names])
      .where("id", "in", ids.slice(index, index + ROWS_AT_ONCE));
    for (const [id, className, ...values] of await reader.all(toStatement(query.compile()), limits)) {
      found.set(id, { className: String(className), values, includes: [] });
    }
  }
  return ids.flatMap((id) => found.get(id) ?? []);
}
