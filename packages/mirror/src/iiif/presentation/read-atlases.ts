import { resolveJoin } from "../../records/join.ts";
import type { Reader, ReadLimits } from "../../records/reader.ts";
import { sqlBuilder, toStatement } from "../../records/statement.ts";
import type { SqlRow } from "../../records/values.ts";

/** An atlas, as far as a manifest tells of it. */
export interface Atlas {
  readonly id: number;
  readonly name: string | undefined;
}

/** A plate of an atlas. */
export interface AtlasPlate {
  /** AtlasImage id. */
  readonly id: number;
  /** Distance between consecutive section numbers, in µm. */
  readonly thicknessUm: number | undefined;
}

/** What is known of a structure. */
export interface StructureFacts {
  readonly id: number;
  readonly name: string | undefined;
  readonly acronym: string | undefined;
  /** Red, green and blue in hexadecimal, as `7ED04B`. */
  readonly colour: string | undefined;
}

/** Reads atlases and what belongs to them, by one connection and under one request's limits. */
export interface AtlasReader {
  /** The atlases of which plates are held, in order of their ids. */
  atlases(): Promise<Atlas[]>;
  atlas(id: number): Promise<Atlas | undefined>;
  /** Those that an image is a plate of, in order of their ids. */
  atlasesOf(imageId: number): Promise<Atlas[]>;
  /** In the order of sections. */
  plates(atlasId: number): Promise<AtlasPlate[]>;
  /** Ids of the labels of an atlas's drawings. */
  labels(atlasId: number): Promise<number[]>;
  structures(ids: readonly number[]): Promise<Map<number, StructureFacts>>;
}

/** Values of a list that one statement takes. */
const LIST_VALUES = 500;

export function createAtlasReader(reader: Reader, limits: ReadLimits): AtlasReader {
  const all = async (query: { compile(): Parameters<typeof toStatement>[0] }): Promise<SqlRow[]> =>
    await reader.all(toStatement(query.compile()), limits);
  const sets = linkOf("atlas_data_sets");
  const labels = linkOf("graphic_group_labels");
  const plates = () =>
    sqlBuilder
      .selectFrom("sub_images as image")
      .innerJoin(`${sets.table} as link`, `link.${sets.otherColumn}`, "image.data_set_id")
      .where("image.record_class", "=", "AtlasImage")
      // Of an image known by its id alone, as others point at it, nothing can be shown.
      .where("image.image_width", "is not", null);

  return {
    async atlases() {
      const query = sqlBuilder
        .selectFrom("atlases as atlas")
        .select(["atlas.id", "atlas.name"])
        .where("atlas.id", "in", plates().select(`link.${sets.ownColumn} as id`))
        .orderBy("atlas.id");
      return (await all(query)).map(toAtlas);
    },
    async atlas(id) {
      const [row] = await all(sqlBuilder.selectFrom("atlases").select(["id", "name"]).where("id", "=", id));
      return row && toAtlas(row);
    },
    async atlasesOf(imageId) {
      const query = sqlBuilder
        .selectFrom("atlases as atlas")
        .select(["atlas.id", "atlas.name"])
        .where("atlas.id", "in", plates().select(`link.${sets.ownColumn} as id`).where("image.id", "=", imageId))
        .orderBy("atlas.id");
      return (await all(query)).map(toAtlas);
    },
    async plates(atlasId) {
      const query = plates()
        .leftJoin("data_sets as data_set", "data_set.id", "image.data_set_id")
        .select(["image.id", "data_set.section_thickness"])
        .where(`link.${sets.ownColumn}`, "=", atlasId)
        .orderBy("image.section_number")
        .orderBy("image.id");
      return (await all(query)).map(([id, thickness]) => ({
        id: Number(id),
        thicknessUm: typeof thickness === "number" && thickness > 0 ? thickness : undefined,
      }));
    },
    async labels(atlasId) {
      const { table, ownColumn, otherColumn } = labels;
      const query = sqlBuilder.selectFrom(table).select(otherColumn).where(ownColumn, "=", atlasId);
      return (await all(query)).map(([id]) => Number(id));
    },
    async structures(ids) {
      const found = new Map<number, StructureFacts>();
      for (let from = 0; from < ids.length; from += LIST_VALUES) {
        const query = sqlBuilder
          .selectFrom("structures")
          .select(["id", "name", "acronym", "color_hex_triplet"])
          .where("id", "in", ids.slice(from, from + LIST_VALUES));
        for (const [id, name, acronym, colour] of await all(query)) {
          const facts = { name: textOf(name), acronym: textOf(acronym), colour: textOf(colour) };
          found.set(Number(id), { id: Number(id), ...facts });
        }
      }
      return found;
    },
  };
}

function linkOf(association: string): { table: string; ownColumn: string; otherColumn: string } {
  const join = resolveJoin("Atlas", association);
  if (join?.kind === "link") return join;
  throw new Error(`The schema does not link atlases by ${association}`);
}

/** What an atlas is called. */
export function nameOfAtlas({ id, name }: Atlas): string {
  return name ?? `Atlas ${id}`;
}

function toAtlas([id, name]: SqlRow): Atlas {
  return { id: Number(id), name: textOf(name) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
