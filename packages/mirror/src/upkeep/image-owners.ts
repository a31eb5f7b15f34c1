import { resolveJoin } from "../records/join.ts";
import type { RecordDatabase } from "../records/record-database.ts";
import { sqlBuilder, toStatement } from "../records/statement.ts";
import type { StoreEntry } from "../store/entries.ts";
import { IMAGES } from "../store/image-records.ts";

/** Longest time that one question may take, in ms. */
const LIMITS = { timeLimitMs: 60_000 };

/** An atlas of which the records tell. */
export interface HeldAtlas {
  readonly id: number;
  readonly name: string | undefined;
}

/** What the records tell of whom entries belong to. */
export interface ImageOwners {
  /** The data sets that an entry belongs to, where records or its name tell: several sections may lie in one picture. */
  dataSetsWith(entry: Pick<StoreEntry, "kind" | "name">): readonly number[];
  /** The atlases that a data set is of: it may be shared. */
  atlasesOf(dataSetId: number): readonly HeldAtlas[];
  /** Ids of the images of a data set. */
  imagesOf(dataSetId: number): readonly number[];
  /**
   * The data sets of atlases.
   *
   * @throws {RangeError} If the records tell of no data sets of one.
   */
  dataSetsOf(atlasIds: readonly number[]): ReadonlySet<number>;
  /**
   * The data sets of atlases that are of no other atlas.
   *
   * @throws {RangeError} If the records tell of no data sets of one.
   */
  dataSetsOfAlone(atlasIds: readonly number[]): ReadonlySet<number>;
}

/** Reads whose the pictures, drawings and grids of a store are. Memory grows with the number of images. */
export async function readImageOwners(database: RecordDatabase): Promise<ImageOwners> {
  const dataSetsByPath = new Map<string, Set<number>>();
  const dataSetByImage = new Map<number, number>();
  const images = new Map<number, number[]>();
  const atlases = new Map<number, HeldAtlas[]>();
  await database.read(async (reader) => {
    const all = async (query: { compile(): Parameters<typeof toStatement>[0] }) =>
      await reader.all(toStatement(query.compile()), LIMITS);
    const columns = ["id", "data_set_id", "path", "expression_path"] as const;
    const rows = sqlBuilder.selectFrom(IMAGES).select(columns).where("data_set_id", "is not", null).orderBy("id");
    for (const [id, dataSet, ...paths] of await all(rows)) {
      dataSetByImage.set(Number(id), Number(dataSet));
      push(images, Number(dataSet), Number(id));
      for (const path of paths) addPath(dataSetsByPath, path, Number(dataSet));
    }
    for (const [image, path] of await all(sqlBuilder.selectFrom("alternate_images").select(["sub_image_id", "path"]))) {
      const dataSet = dataSetByImage.get(Number(image));
      if (dataSet !== undefined) addPath(dataSetsByPath, path, dataSet);
    }
    for (const [dataSet, id, name] of await all(atlasRows())) {
      push(atlases, Number(dataSet), { id: Number(id), name: typeof name === "string" ? name : undefined });
    }
  });
  const dataSetsOf = (atlasIds: readonly number[]): Set<number> =>
    new Set(atlasIds.flatMap((id) => dataSetsOfOne(atlases, id)));
  return {
    dataSetsWith({ kind, name }) {
      if (kind === "picture") return [...(dataSetsByPath.get(name) ?? [])];
      const id = kind === "drawing" ? dataSetByImage.get(Number(name)) : kind === "grid" ? idOfGrid(name) : undefined;
      return id === undefined ? [] : [id];
    },
    atlasesOf: (dataSetId) => atlases.get(dataSetId) ?? [],
    imagesOf: (dataSetId) => images.get(dataSetId) ?? [],
    dataSetsOf,
    dataSetsOfAlone(atlasIds) {
      const isAlone = (id: number): boolean => (atlases.get(id) ?? []).every((atlas) => atlasIds.includes(atlas.id));
      return new Set([...dataSetsOf(atlasIds)].filter(isAlone));
    },
  };
}

function addPath(dataSets: Map<string, Set<number>>, path: unknown, dataSet: number): void {
  if (path === null) return;
  const own = dataSets.get(String(path)) ?? new Set();
  dataSets.set(String(path), own.add(dataSet));
}

function idOfGrid(name: string): number | undefined {
  const id = /^(\d{1,15})[-./]/.exec(name)?.[1];
  return id === undefined ? undefined : Number(id);
}

function dataSetsOfOne(atlases: ReadonlyMap<number, readonly HeldAtlas[]>, atlasId: number): number[] {
  const found = [...atlases].filter(([, held]) => held.some(({ id }) => id === atlasId));
  if (found.length > 0) return found.map(([dataSetId]) => dataSetId);
  throw new RangeError(
    `Cannot use atlas ${atlasId}: the records tell of no such atlas with data sets; give one that they do`,
  );
}

/** Data sets with the atlases that they are of. */
function atlasRows(): { compile(): Parameters<typeof toStatement>[0] } {
  const join = resolveJoin("Atlas", "atlas_data_sets");
  if (join?.kind !== "link") throw new Error("The schema joins atlases with their data sets in no table");
  return sqlBuilder
    .selectFrom(`${join.table} as link`)
    .innerJoin("atlases as atlas", "atlas.id", `link.${join.ownColumn}`)
    .select([`link.${join.otherColumn}`, "atlas.id", "atlas.name"])
    .orderBy("atlas.id");
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
