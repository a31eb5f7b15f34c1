import { SCHEMA, type SchemaModel } from "@brainatlas/sdk/rma/schema";
import { pluralOf, snakeCase } from "./names.ts";

/** How the rows of an association are found from the rows that have it. */
export type Join = KeyJoin | LinkJoin;

/** `other.otherColumn = own.ownColumn`. */
export interface KeyJoin {
  readonly kind: "key";
  readonly ownColumn: string;
  readonly otherColumn: string;
  /** For keys that point at several tables: the other row's column that names the class, and the classes meant. */
  readonly classes?: { readonly column: string; readonly values: readonly string[] };
}

/** A table of pairs between the two. */
export interface LinkJoin {
  readonly kind: "link";
  readonly table: string;
  readonly ownColumn: string;
  readonly otherColumn: string;
}

/** Classes that the listing names and does not describe, by the model whose rows they are. */
const ALIASES: Readonly<Record<string, string>> = { Group: "GraphicObject" };

/** Keys whose names do not follow from the association's: `table.association` → own column, other column. */
const NAMED_KEYS: Readonly<Record<string, readonly [own: string, other: string]>> = {
  "structures.structure_graph": ["graph_id", "id"],
  "structures.graph": ["graph_id", "id"],
  "structures.parent_structure": ["parent_structure_id", "id"],
  "structures.child_structures": ["id", "parent_structure_id"],
  "specimens.children": ["id", "parent_id"],
  "graphic_objects.graphic_objects": ["id", "parent_id"],
  "graphic_group_labels.groups": ["id", "graphic_group_label_id"],
  "atlas_contours.group": ["graphic_group_id", "id"],
  "sub_images.section_data_set": ["data_set_id", "id"],
  "sub_images.atlas_data_set": ["data_set_id", "id"],
  "probes.forward_primer_sequence": ["forward_sequence_id", "id"],
  "probes.reverse_primer_sequence": ["reverse_sequence_id", "id"],
};

/** Prefixes of a pair of columns `…_id` and `…_type` that point at rows of several tables. */
const POLYMORPHIC = ["attachable", "aligned", "gene_feature"];

/** The model that an association leads to, where it is known. */
export function targetOf(model: string): string | undefined {
  if (Object.hasOwn(SCHEMA, model)) return model;
  return Object.hasOwn(ALIASES, model) ? ALIASES[model] : undefined;
}

/** Models whose rows lie in one table. */
export function familyOf(table: string): readonly string[] {
  return Object.keys(SCHEMA).filter((name) => SCHEMA[name]?.table === table);
}

/**
 * How an association of a model is stored. The listing says only which models it joins; by the service's conventions a key is
 * named after the association or after the model. What has no such key goes by a table of pairs, named after both tables.
 */
export function resolveJoin(model: string, association: string): Join | undefined {
  const own = SCHEMA[model];
  const listed = own?.associations[association];
  const target = listed === undefined ? undefined : targetOf(listed.model);
  const other = target === undefined ? undefined : SCHEMA[target];
  if (own === undefined || listed === undefined || target === undefined || other === undefined) return undefined;
  const named = NAMED_KEYS[`${own.table}.${association}`];
  if (named !== undefined) return { kind: "key", ownColumn: named[0], otherColumn: named[1] };
  const key =
    listed.kind === "belongs_to"
      ? ownKey(own, association)
      : listed.kind === "has_and_belongs_to_many"
        ? undefined
        : otherKey(model, own, other);
  return key ?? link(own.table, other.table, association);
}

function ownKey(own: SchemaModel, association: string): KeyJoin | undefined {
  const ownColumn = `${association}_id`;
  return ownColumn in own.attributes ? { kind: "key", ownColumn, otherColumn: "id" } : undefined;
}

function otherKey(model: string, own: SchemaModel, other: SchemaModel): KeyJoin | undefined {
  const family = familyOf(own.table);
  const candidates = [model, ...family].map((name) => `${snakeCase(name)}_id`);
  const otherColumn = candidates.find((column) => column in other.attributes);
  if (otherColumn !== undefined) return { kind: "key", ownColumn: "id", otherColumn };
  const prefix = POLYMORPHIC.find((each) => `${each}_id` in other.attributes);
  if (prefix === undefined) return undefined;
  const classes = { column: `${prefix}_type`, values: family };
  return { kind: "key", ownColumn: "id", otherColumn: `${prefix}_id`, classes };
}

function link(own: string, other: string, association: string): LinkJoin {
  if (own === other) {
    return { kind: "link", table: `${own}_${association}`, ownColumn: "own_id", otherColumn: "other_id" };
  }
  const table = `links_${[own, other].sort().join("_")}`;
  return { kind: "link", table, ownColumn: `${own}_id`, otherColumn: `${other}_id` };
}

/** Name of the container of a model's rows: a plural, in snake_case. */
export function containerOf(model: string): string {
  const listed = SCHEMA[model];
  const isFamily = listed !== undefined && familyOf(listed.table).length > 1;
  return listed === undefined || isFamily ? pluralOf(snakeCase(model)) : listed.table;
}
