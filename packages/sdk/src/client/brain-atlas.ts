import { decode as platformDecode, writeFile } from "#platform";
import { show } from "../check.ts";
import { type HttpOptions, normaliseHttpOptions, type RequestOptions } from "../http/options.ts";
import { AtlasResponse, type ResponseTools } from "../http/response.ts";
import { createTransport, type Transport } from "../http/transport.ts";
import type {
  AtlasImageParameters,
  ProjectionImageParameters,
  SectionImageParameters,
  SubImageParameters,
} from "../image/parameters.ts";
import { printQuery } from "../image/query.ts";
import type { ImageService, ParametersByService } from "../image/services.ts";
import type { Decoder } from "../pixels.ts";
import {
  type AtlasImage,
  createImage,
  type ProjectionImage,
  type RemoteImage,
  type SectionImage,
  type SubImage,
} from "./remote-image.ts";

/** Where the institute serves the API. */
export const DEFAULT_BASE_URL = "https://api.brain-map.org";

/** Options of a client. */
export interface BrainAtlasOptions extends HttpOptions {
  /**
   * Where the API is served: the institute's, or a mirror's.
   * @default "https://api.brain-map.org"
   */
  baseUrl?: string | undefined;
  /**
   * Turns pictures into pixels.
   * @default the browser's decoder; in Node, Deno and Bun the optional package sharp
   */
  decoder?: Decoder | undefined;
}

/** Values of a query; `undefined` leaves one out. */
export type QueryParameters = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * A client of the Allen Brain Atlas API.
 *
 * @example const allen = new BrainAtlas({ baseUrl: "http://127.0.0.1:8080" })
 */
export class BrainAtlas {
  /** Origin of the API, without a trailing slash. */
  readonly baseUrl: string;
  readonly #transport: Transport;
  readonly #tools: ResponseTools;
  readonly #throwHttpErrors: boolean;

  /**
   * @throws {TypeError} If the base URL is none of http or https, or an option is unknown.
   * @throws {RangeError} If a limit is out of its range.
   */
  constructor(options: BrainAtlasOptions = {}) {
    checkOptionNames(options);
    const settings = normaliseHttpOptions(options);
    this.baseUrl = normaliseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL);
    this.#transport = createTransport(settings);
    this.#throwHttpErrors = settings.limits.throwHttpErrors;
    this.#tools = { decode: options.decoder ?? platformDecode, writeFile };
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
   * Fetches any path of the API, or a whole URL.
   *
   * @param path Path from the API's origin, such as `/api/v2/svg/100960224`, or a URL.
   * @param query Added to the path, encoded.
   * @throws {HttpError} If the status is not 200 to 299, unless `throwHttpErrors` is false.
   */
  async get(
    path: string,
    options: RequestOptions & { query?: QueryParameters | undefined } = {},
  ): Promise<AtlasResponse> {
    const pairs = Object.entries(options.query ?? {}).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const url = addQuery(resolvePath(path, this.baseUrl), printQuery(pairs));
    const response = new AtlasResponse(await this.#transport.request({ url }, options), this.#tools);
    return (options.throwHttpErrors ?? this.#throwHttpErrors) ? response.raiseForStatus() : response;
  }
}

/** Every option, by its type: one that is missing here does not compile. */
const OPTION_NAMES = Object.keys({
  baseUrl: true,
  decoder: true,
  fetch: true,
  concurrency: true,
  headers: true,
  onEvent: true,
  timeoutMs: true,
  totalTimeoutMs: true,
  retries: true,
  backoffMs: true,
  maxBackoffMs: true,
  maxRedirects: true,
  maxBodyBytes: true,
  throwHttpErrors: true,
} satisfies Record<keyof BrainAtlasOptions, true>);

/** A misspelt base URL must not send anyone to the institute's service without a word. */
function checkOptionNames(options: BrainAtlasOptions): void {
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.includes(name)) {
      throw new TypeError(`Cannot use option ${show(name)}; give some of ${OPTION_NAMES.join(", ")}`);
    }
  }
}

function resolvePath(path: string, baseUrl: string): string {
  if (path.startsWith("/")) return baseUrl + path;
  return path.startsWith(`${baseUrl}/`) ? path : parseUrl(path).href;
}

function addQuery(url: string, query: string): string {
  const [address = ""] = url.split("#", 1); // A fragment is never sent, and would hide the query.
  return address.includes("?") ? address + query.replace("?", "&") : address + query;
}

function normaliseBaseUrl(text: string): string {
  const url = parseUrl(text);
  if (url.search !== "" || url.hash !== "" || url.username !== "" || url.password !== "") {
    throw new TypeError(`Cannot use baseUrl ${show(text)}; give an origin, with a path before the API's at most`);
  }
  return url.href.replace(/\/+$/, "");
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new TypeError(`Cannot use address ${show(text)}; give one that starts with http:// or https://`);
}
