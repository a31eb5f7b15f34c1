import { decode as platformDecode, writeFile } from "#platform";
import type { Drawing } from "../drawing/drawing.ts";
import type { AtlasStream } from "../http/atlas-stream.ts";
import { normaliseHttpOptions, type RequestOptions } from "../http/options.ts";
import type { AtlasResponse } from "../http/response.ts";
import type {
  AtlasImageParameters,
  ProjectionImageParameters,
  SectionImageParameters,
  SubImageParameters,
} from "../image/parameters.ts";
import { printQuery } from "../image/query.ts";
import type { ImageService, ParametersByService } from "../image/services.ts";
import type { StructureTree } from "../ontology/structure-tree.ts";
import type { TypedQuery } from "../rma/builder-stages.ts";
import type { Models } from "../rma/schema.generated.ts";
import type { AnnotatedQuery, AnnotationCondition } from "../services/annotated-query.ts";
import { DEFAULT_DOWNLOAD_URL } from "../volume/volume-names.ts";
import { addQuery, normaliseBaseUrl, resolvePath } from "./address.ts";
import type { AnnotatedDataSetRow } from "./annotated.ts";
import { type CsvOptions, csvRows } from "./csv-rows.ts";
import type { DrawingOptions, SvgOptions } from "./drawings.ts";
import { FileServices } from "./files.ts";
import { type BrainAtlasOptions, checkOptionNames } from "./options.ts";
import { type QueryRequestOptions, queryRequest } from "./query-request.ts";
import type { CsvRow } from "./read-csv.ts";
import {
  type AtlasImage,
  createImage,
  type ProjectionImage,
  type RemoteImage,
  type SectionImage,
  type SubImage,
} from "./remote-image.ts";
import { Rows, type RowsOptions } from "./rows.ts";
import { createSender, type Sender, type StreamOptions } from "./sender.ts";
import { fetchRelatives, fetchStructureTree, type TreeModel, type TreeSearchOptions } from "./structures.ts";
import { SyncServices } from "./sync.ts";
import { VolumeServices } from "./volumes.ts";

/** Where the institute serves the API. */
export const DEFAULT_BASE_URL = "https://api.brain-map.org";

/** Values of a query; `undefined` leaves one out. */
export type QueryParameters = Readonly<Record<string, string | number | boolean | undefined>>;

/** What is added to a path. */
export interface PathOptions {
  query?: QueryParameters | undefined;
}

/**
 * A client of the Allen Brain Atlas API.
 *
 * What only some methods need is loaded when they are called first.
 *
 * @example const allen = new BrainAtlas({ baseUrl: "http://127.0.0.1:8080" })
 */
export class BrainAtlas {
  /** Origin of the API, without a trailing slash. */
  readonly baseUrl: string;
  /** Points between images and reference space (reference §5). */
  readonly sync: SyncServices;
  /** Voxel grids and reference volumes (reference §6). */
  readonly volumes: VolumeServices;
  /** Well-known files (reference §7). */
  readonly files: FileServices;
  readonly #sender: Sender;

  /**
   * @throws {TypeError} If the base URL is none of http or https, or an option is unknown.
   * @throws {RangeError} If a limit is out of its range.
   */
  constructor(options: BrainAtlasOptions = {}) {
    checkOptionNames(options);
    const settings = normaliseHttpOptions(options);
    this.baseUrl = normaliseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL);
    const tools = { decode: options.decoder ?? platformDecode, writeFile };
    this.#sender = createSender(this.baseUrl, settings, tools, options.onEvent);
    this.sync = new SyncServices(this.#sender);
    this.files = new FileServices(this.#sender);
    this.volumes = new VolumeServices(this.#sender, downloadUrlOf(options.downloadUrl, this.baseUrl));
  }

  /**
   * A plate of an atlas (`atlas_image_download`, reference §1).
   *
   * @param id AtlasImage id.
   * @throws {RangeError} If the id or a parameter is out of its range.
   * @example new BrainAtlas().atlasImage(100883869, { downsample: 4, annotation: true }).downsample // → 4
   */
  atlasImage(id: number, parameters: AtlasImageParameters = {}): AtlasImage {
    return this.image("atlas", id, parameters);
  }

  /** A section of an experiment (`section_image_download`). Throws as {@link BrainAtlas.atlasImage} does. */
  sectionImage(id: number, parameters: SectionImageParameters = {}): SectionImage {
    return this.image("section", id, parameters);
  }

  /** A section of a connectivity experiment (`projection_image_download`). Throws as {@link BrainAtlas.atlasImage} does. */
  projectionImage(id: number, parameters: ProjectionImageParameters = {}): ProjectionImage {
    return this.image("projection", id, parameters);
  }

  /** An image of any kind (`image_download`). Throws as {@link BrainAtlas.atlasImage} does. */
  subImage(id: number, parameters: SubImageParameters = {}): SubImage {
    return this.image("any", id, parameters);
  }

  /** An image by the name of its service. Throws as {@link BrainAtlas.atlasImage} does. */
  image<S extends ImageService>(service: S, id: number, parameters: ParametersByService[S]): RemoteImage<S> {
    return createImage(this, service, id, parameters);
  }

  /**
   * The drawing of an image: which structure lies where, and its borders (`svg`, reference §2). Without regions where an image has none.
   *
   * @param imageId AtlasImage or SectionImage id.
   * @throws {TypeError | RangeError} If the id or an option is out of its range.
   * @throws {DecodeError} If what came is no drawing.
   */
  async drawing(imageId: number, options: DrawingOptions = {}): Promise<Drawing> {
    const { fetchDrawing } = await import("./drawings.ts");
    return fetchDrawing(this.#sender, imageId, options);
  }

  /**
   * The document of a drawing as the service gives it (`svg`, or `svg_download`).
   *
   * @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false.
   * @throws {DecodeError} If what came is no whole SVG document. Throws also as {@link BrainAtlas.drawing} does.
   */
  async svg(imageId: number, options: SvgOptions = {}): Promise<AtlasResponse> {
    const { fetchSvg } = await import("./drawings.ts");
    return fetchSvg(this.#sender, imageId, options);
  }

  /**
   * The rows of a query, page by page as they are read (reference §3.4). Sends nothing by itself.
   *
   * Rows are typed by the query: `for await (const set of client.rows(rma("SectionDataSet").include("genes"))) set.genes[0]?.acronym`.
   *
   * @throws {RangeError} If the page size is no whole number of 1 or more.
   */
  rows<Row>(query: TypedQuery<Row>, options: RowsOptions = {}): Rows<Row> {
    return new Rows(this.#sender, query, options);
  }

  /**
   * Asks a query as it is written, once, and gives the answer as it came: one page, in any format. A failure that the service puts
   * into its answer (`success: false` with status 200) is not looked for; `rows()` does.
   *
   * A query too long for a URL is sent as a POST.
   *
   * @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false.
   */
  async query(query: TypedQuery<unknown>, options: RequestOptions & QueryRequestOptions = {}): Promise<AtlasResponse> {
    return this.#sender.send(queryRequest(this.baseUrl, query.toQuery(), options), options);
  }

  /**
   * All rows of a query as CSV (reference §3.8), read as they arrive: memory stays flat whatever their number. Nothing is sent until
   * they are read; each reading asks anew.
   *
   * Values are text: `""` stands for an empty text and for no value, and booleans are `t` and `f`. What a query includes does not
   * come; `tabular` names columns of other tables. A query's `numRows` and `limit` bound the rows; pages there are none.
   *
   * Reading throws an `ApiError` when the service refuses the query, a `DecodeError` with the number of the row when the text is not
   * CSV, two columns have one name, or a row has another width than the first, and a `ConnectionError` when it is cut short.
   *
   * @throws {TypeError} If the query ends with a service, which gives no CSV.
   */
  csv(query: TypedQuery<unknown>, options: CsvOptions = {}): AsyncIterable<CsvRow> {
    return csvRows(this.#sender, query, options);
  }

  /**
   * The structures of a graph as a tree (`structure_graph_download`, reference §4.1): 1 is the mouse's, 10 the human's.
   *
   * @throws {DecodeError} If there is no such graph, or it is no tree.
   * @throws {RangeError} If the id is no whole number of 0 or more.
   */
  async structureTree(graphId: number, options: Omit<RequestOptions, "throwHttpErrors"> = {}): Promise<StructureTree> {
    return fetchStructureTree(this.#sender, graphId, options);
  }

  /**
   * A structure or a specimen and, where asked for, those that it lies in and those that lie in it: a flat list, by level
   * (`tree_search`, reference §4.2). Empty if there is none of this id.
   *
   * @throws {RangeError} If the id is no whole number of 0 or more.
   */
  async treeSearch<Model extends TreeModel>(
    model: Model,
    id: number,
    options: TreeSearchOptions = {},
  ): Promise<Models[Model]["attributes"][]> {
    return fetchRelatives(this.#sender, model, id, options);
  }

  /**
   * Section data sets of the developing mouse by what annotators noted on the expression in structures
   * (`annotated_section_data_sets`, reference §8.6), all at once. `manualAnnotations.dataSets()` asks the same as a query, with pages.
   *
   * @throws {RangeError} If there is no structure, an id is no whole number above 0, or a value is unknown.
   */
  async annotatedDataSets(
    condition: AnnotationCondition,
    options: Omit<RequestOptions, "throwHttpErrors"> = {},
  ): Promise<AnnotatedDataSetRow[]> {
    const { fetchAnnotated } = await import("./annotated.ts");
    return fetchAnnotated(this.#sender, condition, options);
  }

  /**
   * Section data sets that meet all of several conditions, or one (`compound_annotated_section_data_sets`):
   * `{ or: [{ structures: 112763676, intensityValues: "High" }, { structures: 112763686, intensityValues: "Low" }] }`.
   *
   * Throws as {@link BrainAtlas.annotatedDataSets} does.
   */
  async compoundAnnotatedDataSets(
    query: AnnotatedQuery,
    options: Omit<RequestOptions, "throwHttpErrors"> = {},
  ): Promise<AnnotatedDataSetRow[]> {
    const { fetchCompoundAnnotated } = await import("./annotated.ts");
    return fetchCompoundAnnotated(this.#sender, query, options);
  }

  /**
   * Fetches any path of the API, or a whole URL.
   *
   * @param path Path from the API's origin, such as `/api/v2/svg/100960224`, or a URL.
   * @param options `query` is added to the path, encoded.
   * @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false.
   */
  async get(path: string, options: RequestOptions & PathOptions = {}): Promise<AtlasResponse> {
    return this.#sender.send({ url: this.#urlOf(path, options) }, options);
  }

  /**
   * Opens any path of the API, or a whole URL, and gives its body as it arrives, whatever its length.
   *
   * It is sent again only until the headers are there. From then on `timeoutMs` is the longest wait for one chunk, `totalTimeoutMs`
   * does not count, and neither does `concurrency`.
   *
   * @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false.
   * @example for await (const chunk of (await client.stream("/api/v2/svg/100960224")).chunks()) console.log(chunk.length);
   */
  async stream(path: string, options: StreamOptions & PathOptions = {}): Promise<AtlasStream> {
    return this.#sender.stream({ url: this.#urlOf(path, options) }, options);
  }

  #urlOf(path: string, { query = {} }: PathOptions): string {
    const pairs = Object.entries(query).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    );
    return addQuery(resolvePath(path, this.baseUrl), printQuery(pairs));
  }
}

/** The archive's host is the institute's only where the API's is: who asks a mirror is not to be sent elsewhere without a word. */
function downloadUrlOf(given: string | undefined, baseUrl: string): string {
  if (given !== undefined) return normaliseBaseUrl(given, "downloadUrl");
  return baseUrl === DEFAULT_BASE_URL ? DEFAULT_DOWNLOAD_URL : baseUrl;
}
