import type { BrainAtlas } from "@brainatlas/sdk";
import type { Drawing } from "@brainatlas/sdk/drawing";
import { type ModelQuery, type Models, rma } from "@brainatlas/sdk/rma";
import type { Series, SeriesImage } from "../model/series.ts";
import { seriesKey } from "../model/view.ts";
import type { Shelf } from "./shelf.ts";

/** How a plate is looked for. */
export interface FindPlateOptions {
  readonly signal: AbortSignal;
  /** Called where drawings have to be read, with how many have been read. */
  readonly onRead?: ((read: number) => void) | undefined;
}

/** The plates that show structures. */
export interface ShownPlates {
  readonly imageIds: ReadonlySet<number>;
  /** Whether there are no others; else these are those of the plates whose drawings have been read. */
  readonly isComplete: boolean;
}

/** The plate that was looked for. */
export interface FoundPlate {
  /** `undefined` where none shows the structures. */
  readonly image: SeriesImage | undefined;
  /** Plates before it whose drawings could not be read. */
  readonly unread: number;
}

/** Drawings that are read at once. */
const PARALLEL = 4;

/** Plates whose structures are remembered: of a dozen long series. */
const MAX_PLATES = 4000;

/** Answers to questions that are remembered. */
const MAX_ANSWERS = 32;

/** Series of which it is remembered whether they have rows. */
const MAX_SERIES = 64;

/** Structures that one question names, so that it stays an address of moderate length. */
const IDS_A_QUESTION = 120;

/**
 * Which plates show which structures. The rows of the drawings say so at once where the API has them; else the drawings are read, one after
 * the other.
 */
export class StructurePlates {
  readonly #api: BrainAtlas;
  readonly #drawings: Shelf<number, Drawing>;
  /** Ids of the structures on plates, by image id; the one that was read first comes first. */
  readonly #structures = new Map<number, ReadonlySet<number>>();
  /** Whether the API has rows of a series' drawings. */
  readonly #hasRows = new Map<string, boolean>();
  /** Ids of the images that the rows name. */
  readonly #answers = new Map<string, ReadonlySet<number>>();

  constructor(api: BrainAtlas, drawings: Shelf<number, Drawing>) {
    this.#api = api;
    this.#drawings = drawings;
  }

  /**
   * The first of some images of a series on which one of some structures is drawn.
   *
   * @param images In the order in which they are preferred.
   * @param ids Structures, with all that lie in them.
   * @throws What the API throws where no drawing at all can be read, and the signal's reason.
   */
  async first(
    series: Series,
    images: readonly SeriesImage[],
    ids: ReadonlySet<number>,
    { signal, onRead }: FindPlateOptions,
  ): Promise<FoundPlate> {
    const [nearest] = images;
    if (nearest !== undefined && isOneOf(ids, this.#known(nearest.id))) return { image: nearest, unread: 0 };
    const named = await this.#askRows(series, ids, signal);
    if (named !== undefined) return { image: images.find(({ id }) => named.has(id)), unread: 0 };
    return await this.#readOn(images, ids, signal, onRead);
  }

  /**
   * The plates of a series on which one of some structures is drawn, as far as it is known without reading drawings for it.
   *
   * @param ids Structures, with all that lie in them.
   * @throws The signal's reason, where it had to ask.
   */
  async shownOn(series: Series, ids: ReadonlySet<number>, signal: AbortSignal): Promise<ShownPlates> {
    const named = await this.#askRows(series, ids, signal);
    if (named !== undefined) return { imageIds: named, isComplete: true };
    const known = series.images.map(({ id }) => ({ id, structures: this.#known(id) }));
    const shown = known.filter(({ structures }) => isOneOf(ids, structures));
    return {
      imageIds: new Set(shown.map(({ id }) => id)),
      isComplete: known.every(({ structures }) => structures !== undefined),
    };
  }

  /** Reads drawings in order until one shows what is looked for; the next ones are on their way meanwhile. */
  async #readOn(
    images: readonly SeriesImage[],
    ids: ReadonlySet<number>,
    signal: AbortSignal,
    onRead?: (read: number) => void,
  ): Promise<FoundPlate> {
    const coming: Promise<ReadonlySet<number> | Error>[] = [];
    let unread = 0;
    for (const [index, image] of images.entries()) {
      for (const next of images.slice(coming.length, index + PARALLEL)) coming.push(this.#tryRead(next.id, signal));
      const structures = await coming[index];
      signal.throwIfAborted();
      onRead?.(index + 1);
      if (structures instanceof Set && isOneOf(ids, structures)) return { image, unread };
      if (!(structures instanceof Error)) continue;
      unread += 1;
      if (unread >= PARALLEL && unread === index + 1) throw structures;
    }
    return { image: undefined, unread };
  }

  async #tryRead(imageId: number, signal: AbortSignal): Promise<ReadonlySet<number> | Error> {
    const known = this.#known(imageId);
    if (known !== undefined) return known;
    try {
      // What failed for somebody else before is asked for once more.
      this.#drawings.retry(imageId);
      return this.#remember(imageId, await this.#drawings.wait(imageId, signal));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  #known(imageId: number): ReadonlySet<number> | undefined {
    const drawing = this.#drawings.peek(imageId);
    return this.#structures.get(imageId) ?? (drawing && this.#remember(imageId, drawing));
  }

  #remember(imageId: number, { regions }: Drawing): ReadonlySet<number> {
    const structures = new Set(regions.flatMap(({ structureId }) => structureId ?? []));
    keep(this.#structures, imageId, structures, MAX_PLATES);
    return structures;
  }

  /** Ids of the images that show one of the structures; `undefined` where the API has no rows of the drawings. */
  async #askRows(
    series: Series,
    ids: ReadonlySet<number>,
    signal: AbortSignal,
  ): Promise<ReadonlySet<number> | undefined> {
    const key = `${seriesKey(series.ref)} ${[...ids].join()}`;
    const answer = this.#answers.get(key);
    if (answer !== undefined) return answer;
    try {
      if (!(await this.#mayAsk(series, signal))) return undefined;
      const rows = await Promise.all(
        chunks([...ids]).map((part) =>
          this.#api.rows(regionsOf(series, part).only("id", "sub_image_id"), { signal }).all(),
        ),
      );
      const found = new Set(rows.flat().flatMap(({ sub_image_id: id }) => id ?? []));
      keep(this.#answers, key, found, MAX_ANSWERS);
      return found;
    } catch {
      signal.throwIfAborted();
      // An API that has no answer to this may well have the drawings; what ails it otherwise, they will say.
      return undefined;
    }
  }

  /** Whether the rows of drawings name structures at all: of those of a store that holds drawings, there may be the groups alone. */
  async #mayAsk(series: Series, signal: AbortSignal): Promise<boolean> {
    const key = seriesKey(series.ref);
    const known = this.#hasRows.get(key);
    if (known !== undefined) return known;
    const query = drawnOn(series).whereExists("structure_id").only("id").limit(1).count(false);
    const rows = await this.#api.rows(query, { signal }).all();
    keep(this.#hasRows, key, rows.length > 0, MAX_SERIES);
    return rows.length > 0;
  }
}

/** The parts of the drawings of a series. */
function drawnOn({ images }: Series): ModelQuery<Models["GraphicObject"]> {
  const dataSets = [...new Set(images.flatMap(({ record }) => record.data_set_id ?? []))];
  return rma("GraphicObject").via("sub_image", (image) =>
    dataSets.length > 0
      ? image.where("data_set_id", "in", dataSets)
      : image.where(
          "id",
          "in",
          images.map(({ id }) => id),
        ),
  );
}

function regionsOf(series: Series, structureIds: readonly number[]): ModelQuery<Models["GraphicObject"]> {
  return drawnOn(series).where("structure_id", "in", structureIds);
}

function chunks(ids: readonly number[]): number[][] {
  const count = Math.ceil(ids.length / IDS_A_QUESTION);
  return Array.from({ length: count }, (_, index) => ids.slice(index * IDS_A_QUESTION, (index + 1) * IDS_A_QUESTION));
}

function isOneOf(ids: ReadonlySet<number>, structures: ReadonlySet<number> = new Set()): boolean {
  for (const id of structures) if (ids.has(id)) return true;
  return false;
}

function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, most: number): void {
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
