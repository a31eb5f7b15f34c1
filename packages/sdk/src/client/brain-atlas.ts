import { decode as platformDecode, writeFile } from "#platform";
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
import { addQuery, normaliseBaseUrl, resolvePath } from "./address.ts";
import { type CsvOptions, csvRows } from "./csv-rows.ts";
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
 * @example const allen = new BrainAtlas({ baseUrl: "http://127.0.0.1:8080" })
 */
export class BrainAtlas {
  /** Origin of the API, without a trailing slash. */
  readonly baseUrl: string;
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
