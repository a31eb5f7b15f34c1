import { sql } from "kysely";
import type { SqlValue } from "../records/values.ts";
import { printNearNames, quote } from "../rma/near-names.ts";
import { UnsupportedStageError } from "../rma/result.ts";
import type { ParameterValue } from "./parameter-values.ts";
import type { ServiceRecords } from "./service-records.ts";

/** Graph of the adult mouse brain, whose structures these services take (reference §4.1). */
const MOUSE_GRAPH = 1;

/** A structure of the adult mouse brain. */
export interface MouseStructure {
  readonly id: number;
  readonly acronym: SqlValue;
  readonly name: SqlValue;
  /** Six hexadecimal digits. */
  readonly color: SqlValue;
  readonly parentId: SqlValue;
}

/** The adult mouse brain's structures. */
export interface MouseStructures {
  get(id: number): MouseStructure | undefined;
  /**
   * Ids of structures by id or acronym.
   *
   * @throws {UnsupportedStageError} If one is not held.
   */
  idsOf(keys: readonly ParameterValue[]): readonly number[];
  /** These structures and all below them. */
  within(ids: readonly number[]): ReadonlySet<number>;
  /** Those that lie above none of the others: no part of the brain counts twice. */
  leavesOf(ids: readonly number[]): readonly number[];
  /** Those that lie below none of the others: what these have, includes what the others have. */
  topsOf(ids: readonly number[]): readonly number[];
}

/** Reads the structures. */
export async function readMouseStructures(records: ServiceRecords): Promise<MouseStructures> {
  const rows = await records.all(
    sql`select id, acronym, name, color_hex_triplet, parent_structure_id from structures where graph_id = ${MOUSE_GRAPH}`,
  );
  if (rows.length === 0) {
    throw new UnsupportedStageError(
      "This mirror holds no structures of the adult mouse brain, which the service needs",
    );
  }
  const byId = new Map<number, MouseStructure>();
  const byAcronym = new Map<string, number>();
  const children = new Map<SqlValue, number[]>();
  for (const [key, acronym = null, name = null, color = null, parentId = null] of rows) {
    const id = Number(key);
    byId.set(id, { id, acronym, name, color, parentId });
    byAcronym.set(String(acronym), id);
    const siblings = children.get(parentId);
    if (siblings === undefined) children.set(parentId, [id]);
    else siblings.push(id);
  }

  function idOf(key: ParameterValue): number {
    const id = typeof key === "number" ? key : byAcronym.get(String(key));
    if (id !== undefined && byId.has(id)) return id;
    const near = typeof key === "number" ? "" : printNearNames(String(key), byAcronym.keys());
    throw new UnsupportedStageError(
      `This mirror holds no structure ${quote(String(key))} of the adult mouse brain${near}`,
    );
  }

  function ancestorsOf(id: number): ReadonlySet<number> {
    const found = new Set<number>();
    for (let parent = byId.get(id)?.parentId; typeof parent === "number"; parent = byId.get(parent)?.parentId) {
      if (found.has(parent)) break; // Parents that go in a circle.
      found.add(parent);
    }
    return found;
  }

  return {
    get: (id) => byId.get(id),
    idsOf: (keys) => [...new Set(keys.map(idOf))],
    within(ids) {
      const found = new Set(ids);
      // What is added comes in turn as well.
      for (const id of found) for (const child of children.get(id) ?? []) found.add(child);
      return found;
    },
    leavesOf(ids) {
      const above = new Set(ids.flatMap((id) => [...ancestorsOf(id)]));
      return ids.filter((id) => !above.has(id));
    },
    topsOf(ids) {
      const all = new Set(ids);
      return ids.filter((id) => ![...ancestorsOf(id)].some((above) => all.has(above)));
    },
  };
}
