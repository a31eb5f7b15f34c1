import type { Catalogue, RecordTable } from "../records/catalogue.ts";

/** Model that rows of a family are taken to be of, where nothing says which: queries name it, and it covers all others. */
const DEFAULTS: Readonly<Record<string, string>> = { genes: "Gene", graphic_transformations: "GraphicTransformation" };
/** Candidates that an error names. */
const MAX_NAMED = 8;

/**
 * The model that rows of these columns and associations are of: the one whose columns they are exactly, else the only one that has
 * them all.
 *
 * @throws {Error} If none fits or several do; its words are for the end of a sentence.
 */
export function inferModel(catalogue: Catalogue, names: ReadonlySet<string>): string {
  const tables = [...new Set(catalogue.models.map((name) => tableOf(catalogue, name)))];
  const fitting = tables.filter((table) => [...names].every((name) => hasName(catalogue, table, name)));
  // An id alone is all that one or two models have, and what every row may be cut down to.
  const exact = names.size === 1 ? [] : fitting.filter((table) => isExact(catalogue, table, names));
  const candidates = exact.length > 0 ? exact : fitting;
  const [table] = candidates;
  if (table === undefined) throw new Error("its columns are those of no model; say which it is (--model)");
  if (candidates.length > 1) throw ambiguous(candidates.map(({ family }) => family[0] ?? ""));
  return memberOf(catalogue, table, names);
}

/** The model in a family whose associations are among the names. */
function memberOf(catalogue: Catalogue, table: RecordTable, names: ReadonlySet<string>): string {
  const [only = "", ...others] = table.family;
  if (others.length === 0) return only;
  const fitting = table.family.filter((name) => {
    const associations = catalogue.model(name)?.associations;
    return [...names].every((each) => table.columns.has(each) || associations?.has(each));
  });
  const [member, second] = fitting;
  if (member !== undefined && second === undefined) return member;
  const byDefault = DEFAULTS[table.name];
  if (byDefault !== undefined) return byDefault;
  throw ambiguous(fitting.length > 0 ? fitting : table.family);
}

function hasName(catalogue: Catalogue, table: RecordTable, name: string): boolean {
  return table.columns.has(name) || table.family.some((model) => catalogue.model(model)?.associations.has(name));
}

function isExact(catalogue: Catalogue, table: RecordTable, names: ReadonlySet<string>): boolean {
  const given = [...names].filter((name) => table.columns.has(name)).length;
  return table.family.some((model) => catalogue.model(model)?.columns.length === given);
}

function tableOf(catalogue: Catalogue, model: string): RecordTable {
  const found = catalogue.model(model);
  if (found === undefined) throw new Error(`The catalogue names a model "${model}" that it does not have`);
  return found.table;
}

function ambiguous(models: readonly string[]): Error {
  const named = models.slice(0, MAX_NAMED).join(", ") + (models.length > MAX_NAMED ? " and others" : "");
  return new Error(`its columns are those of ${named}; say which it is (--model)`);
}
