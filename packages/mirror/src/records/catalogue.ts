import { type AttributeType, SCHEMA, type SchemaModel } from "@brainatlas/sdk/rma/schema";
import { familyOf, type Join, resolveJoin, targetOf } from "./join.ts";

/** A column of a table. */
export interface Column {
  readonly name: string;
  readonly type: AttributeType;
  /** Whether a row that was put ever gave it: answers show those columns alone, as the service of that day did. */
  readonly isHeld: boolean;
}

/** A table that holds the rows of a model, or of a family of models. */
export interface RecordTable {
  readonly name: string;
  /** Models whose rows lie here. */
  readonly family: readonly string[];
  /** The column whose value is the primary key: `id` but for models whose rows have none. */
  readonly keyColumn: string;
  /** Columns by name, in the order of the service's schema, later ones last. */
  readonly columns: ReadonlyMap<string, Column>;
}

/** An association of a model. */
export interface Association {
  readonly name: string;
  /** Whether an include gives an array. */
  readonly isMany: boolean;
  /** The model that it leads to. */
  readonly model: string;
  readonly join: Join;
  /** Whether rows come with it unasked, in place of the column of its name. */
  readonly isImplied?: true;
}

/** A model as the engine sees it. */
export interface RecordModel {
  readonly name: string;
  readonly table: RecordTable;
  /** The classes that its rows may be of; `undefined` where all rows of the table are its. */
  readonly classes: readonly string[] | undefined;
  /** Names of the columns that the schema gives this model, and of later ones. */
  readonly columns: readonly string[];
  readonly associations: ReadonlyMap<string, Association>;
}

/** What a row that was put had beside, or of, the schema's columns. */
export interface HeldColumn {
  readonly table: string;
  readonly column: string;
  readonly type: AttributeType;
}

/** Tables, columns and associations: the schema, and what the store was given more. */
export interface Catalogue {
  model(name: string): RecordModel | undefined;
  table(name: string): RecordTable;
  readonly models: readonly string[];
}

/** Name of the primary key of every table. */
export const KEY = "id";
/** Name of the column that says of which class of its family a row is. */
export const CLASS = "record_class";

/** Keys of the models whose rows have no `id`; they are unique in the rows that were seen. */
const KEY_COLUMNS: Readonly<Record<string, string>> = {
  api_cam_cell_metrics: "cell_specimen_id",
  api_cell_types_specimen_details: "specimen__id",
  api_connectivities: "data_set_id",
};

/** Models whose table is that of a whole family, and which all rows of it are. */
const BASES: ReadonlySet<string> = new Set(["DataSet", "Gene", "SubImage", "GraphicTransformation"]);

/** Models whose rows are of another one, too: they have its associations and more. */
const COVERED: Readonly<Record<string, readonly string[]>> = { SectionImage: ["AtlasImage"] };

/**
 * Associations that no listing has, and that stand in the rows of a plain query where the table has a name: AllenSDK reads the
 * `name` in the `transgenic_line` of `model::ApiConnectivity`. Filters and flat rows go by the column.
 */
const IMPLIED: Readonly<Record<string, readonly Association[]>> = {
  ApiConnectivity: [
    {
      name: "transgenic_line",
      isMany: false,
      model: "TransgenicLine",
      join: { kind: "key", ownColumn: "transgenic_line_id", otherColumn: KEY },
      isImplied: true,
    },
  ],
};

/** Makes the catalogue of a store that holds these columns. */
export function createCatalogue(held: readonly HeldColumn[]): Catalogue {
  const names = new Set(Object.values(SCHEMA).map(({ table }) => table));
  const tables = new Map([...names].map((name) => [name, tableOf(name, held)]));
  const models = new Map(Object.entries(SCHEMA).map(([name, schema]) => [name, modelOf(name, schema, tables)]));
  return {
    model: (name) => models.get(name),
    table: (name) => must(tables.get(name)),
    models: [...models.keys()],
  };
}

function tableOf(name: string, held: readonly HeldColumn[]): RecordTable {
  const family = familyOf(name);
  const given = held.filter(({ table }) => table === name);
  const isHeld = (column: string): boolean => given.some((each) => each.column === column);
  const columns = new Map<string, Column>();
  for (const model of family) {
    for (const [column, type] of Object.entries(must(SCHEMA[model]).attributes)) {
      columns.set(column, { name: column, type, isHeld: isHeld(column) });
    }
  }
  for (const { column, type } of given) {
    if (!columns.has(column)) columns.set(column, { name: column, type, isHeld: true });
  }
  return { name, family, keyColumn: KEY_COLUMNS[name] ?? KEY, columns };
}

function modelOf(name: string, schema: SchemaModel, tables: ReadonlyMap<string, RecordTable>): RecordModel {
  const table = must(tables.get(schema.table));
  const later = [...table.columns.keys()].filter((column) => !table.family.some((each) => hasColumn(each, column)));
  const associations = Object.entries(schema.associations).flatMap(([association, { kind, model }]): Association[] => {
    const join = resolveJoin(name, association);
    const target = targetOf(model);
    if (join === undefined || target === undefined) return [];
    return [{ name: association, isMany: isMany(kind, association), model: target, join }];
  });
  return {
    name,
    table,
    classes: table.family.length === 1 || BASES.has(name) ? undefined : [name, ...(COVERED[name] ?? [])],
    columns: [...Object.keys(schema.attributes), ...later],
    associations: new Map([...associations, ...(IMPLIED[name] ?? [])].map((each) => [each.name, each])),
  };
}

function hasColumn(model: string, column: string): boolean {
  return Object.hasOwn(must(SCHEMA[model]).attributes, column);
}

/** The listing calls one or two of the associations to one record "many": their names tell. */
function isMany(kind: SchemaModel["associations"][string]["kind"], association: string): boolean {
  if (kind === "belongs_to" || kind === "has_one") return false;
  return association !== "microarray_data_set";
}

/** What the schema itself is sure to have. */
function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The schema names a model or table that it does not have");
  return value;
}
