import { isAtlasError } from "@brainatlas/sdk";
import { type Affine3d, type AlignedSet, parseAlignedSet, type SetSection, spaceTransform } from "@brainatlas/sdk/sync";
import { sql } from "kysely";
import { resolveJoin } from "../records/join.ts";
import type { Reader, ReadLimits } from "../records/reader.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import type { SqlValue } from "../records/values.ts";

const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${name}_${String(index).padStart(2, "0")}`);

const COLUMNS_2D = [...numbered("tsv", 6), ...numbered("tvs", 6)];
const COLUMNS_3D = [...numbered("tvr", 12), ...numbered("trv", 12)];
const COLUMNS_SPACES = numbered("t", 12);
const IMAGE_COLUMNS = ["id", "section_number", "annotated", "data_set_id"];
const SET_COLUMNS = ["id", "section_thickness", "reference_space_id"];

/** Classes that `aligned_type` was seen to name, or may name, for a data set. */
const ALIGNED_TYPES = ["DataSet", "SectionDataSet", "AtlasDataSet"];

type Row = Readonly<Record<string, SqlValue>>;

/** Reads alignments, by one connection and under one request's limits. */
export interface AlignmentReader {
  /** The images of a data set that are aligned; `undefined` where it is not held, or not aligned. */
  set(dataSetId: number): Promise<AlignedSet | undefined>;
  /** An image with its alignments; `undefined` where it or one of them is not held. */
  section(imageId: number): Promise<SetSection | undefined>;
  /** The data sets of an atlas, in order of their ids. */
  dataSetsOf(atlasId: number): Promise<number[]>;
  /** The middle of a structure in a reference space, or in another one where that is all there is. */
  centre(structureId: number, spaceId: number | undefined): Promise<StructureCentre | undefined>;
  /** The map from one reference space to another; `undefined` where none is known. */
  transform(fromId: number | undefined, toId: number | undefined): Promise<Affine3d | undefined>;
}

export interface StructureCentre {
  readonly spaceId: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export function createAlignmentReader(reader: Reader, limits: ReadLimits): AlignmentReader {
  async function select(
    names: readonly string[],
    query: { compile(): Parameters<typeof toStatement>[0] },
  ): Promise<Row[]> {
    const rows = await reader.all(toStatement(query.compile()), limits);
    return rows.map((values) => Object.fromEntries(names.map((name, index) => [name, values[index] ?? null])));
  }

  /** Images by a column, those that are aligned. */
  async function readImages(column: "id" | "data_set_id", value: number): Promise<unknown[]> {
    const query = sqlBuilder
      .selectFrom("sub_images as image")
      .innerJoin("alignment2ds as alignment", "alignment.section_image_id", "image.id")
      .select([...IMAGE_COLUMNS.map((name) => `image.${name}`), ...COLUMNS_2D.map((name) => `alignment.${name}`)])
      .where(`image.${column}`, "=", value)
      // Of an image known by its id alone, as others point at it, nothing can be said.
      .where("image.section_number", "is not", null)
      .orderBy("alignment.id");
    const rows = await select([...IMAGE_COLUMNS, ...COLUMNS_2D], query);
    // Were there two alignments of one image, the later would count.
    const byId = new Map(rows.map((row) => [row.id, { ...row, annotated: row.annotated === 1, alignment2d: row }]));
    return [...byId.values()];
  }

  async function readSet(id: number, images: readonly unknown[]): Promise<AlignedSet | undefined> {
    const query = sqlBuilder
      .selectFrom("data_sets as data_set")
      .innerJoin("alignment3ds as alignment", "alignment.aligned_id", "data_set.id")
      .select([...SET_COLUMNS.map((name) => `data_set.${name}`), ...COLUMNS_3D.map((name) => `alignment.${name}`)])
      .where("data_set.id", "=", id)
      .where("alignment.aligned_type", "in", ALIGNED_TYPES)
      .orderBy("alignment.id", "desc")
      .limit(1);
    const [row] = await select([...SET_COLUMNS, ...COLUMNS_3D], query);
    if (row === undefined) return undefined;
    try {
      return parseAlignedSet({ ...row, alignment3d: row }, images);
    } catch (error) {
      // Rows may lack columns, or be of a set without images: no more can be said of it then than of one that is not there.
      if (isAtlasError(error, "ATLAS_DECODE")) return undefined;
      throw error;
    }
  }

  return {
    set: async (dataSetId) => await readSet(dataSetId, await readImages("data_set_id", dataSetId)),
    async section(imageId) {
      const images = await readImages("id", imageId);
      const dataSetId = (images[0] as Row | undefined)?.data_set_id;
      const set = typeof dataSetId === "number" ? await readSet(dataSetId, images) : undefined;
      return set?.section(imageId);
    },
    async dataSetsOf(atlasId) {
      const join = resolveJoin("Atlas", "atlas_data_sets");
      if (join?.kind !== "link") throw new Error("The schema does not link atlases with data sets");
      const { table, ownColumn, otherColumn } = join;
      const query = sqlBuilder
        .selectFrom(table)
        .select(otherColumn)
        .where(ownColumn, "=", atlasId)
        .orderBy(otherColumn);
      return (await select(["id"], query)).map(({ id }) => Number(id));
    },
    async centre(structureId, spaceId) {
      const columns = ["x", "y", "z", "reference_space_id"];
      const query = sqlBuilder
        .selectFrom("structure_centers")
        .select(columns)
        .where("structure_id", "=", structureId)
        .where((is) => is.and(columns.map((column) => is(column, "is not", null))))
        .orderBy(sql`reference_space_id = ${spaceId ?? null}`, "desc")
        .orderBy("id")
        .limit(1);
      const [row] = await select(columns, query);
      if (row === undefined) return undefined;
      return { spaceId: Number(row.reference_space_id), x: Number(row.x), y: Number(row.y), z: Number(row.z) };
    },
    async transform(fromId, toId) {
      if (fromId === undefined || toId === undefined || fromId === toId) return spaceTransform(fromId, toId);
      const query = sqlBuilder
        .selectFrom("reference_to_reference_transforms")
        .select(COLUMNS_SPACES)
        .where("from_reference_space_id", "=", fromId)
        .where("to_reference_space_id", "=", toId)
        .orderBy("id")
        .limit(1);
      const [row] = await select(COLUMNS_SPACES, query);
      const numbers = COLUMNS_SPACES.map((name) => row?.[name]).filter((value) => typeof value === "number");
      // Laid out as those of alignments are (inferred). There are as many as columns.
      return numbers.length === COLUMNS_SPACES.length ? (numbers as unknown as Affine3d) : spaceTransform(fromId, toId);
    },
  };
}
