import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import type { RequestOptions } from "../http/options.ts";
import type { AtlasResponse } from "../http/response.ts";
import { type ImageRegion, type ImageSize, regionOf, windowOf } from "../image/geometry.ts";
import { jpegFault } from "../image/media.ts";
import { checkImageParameters, type ImageParameterName } from "../image/parameters.ts";
import {
  checkImageId,
  IMAGE_SERVICES,
  type ImageService,
  type ParametersByService,
  printImageUrl,
} from "../image/services.ts";
import { parseSubImageRecord, type SubImageRecord } from "../image/sub-image-record.ts";
import type { Pixels } from "../pixels.ts";
import { toBase64 } from "./base64.ts";
import { readEnvelope } from "./envelope.ts";

/** What an image needs of its client. */
export interface ImageClient {
  readonly baseUrl: string;
  get(url: string, options?: RequestOptions): Promise<AtlasResponse>;
}

/** An image's database row once it was asked for; derived images share it, since they share the id. */
interface RecordMemo {
  row: Promise<SubImageRecord> | undefined;
}

/**
 * An image of the atlas, as one of the four download services gives it: an immutable value with the service's parameters as
 * its attributes. Nothing is sent until it is asked for.
 */
class ImageValue<S extends ImageService> {
  /** The service that gives it. */
  readonly service: S;
  /** Id of the AtlasImage, SectionImage or SubImage. */
  readonly id: number;
  /** The parameters that were given, checked. */
  readonly parameters: Readonly<ParametersByService[S]>;
  /** Where it is had from. */
  readonly url: string;
  readonly #client: ImageClient;
  readonly #memo: RecordMemo;

  constructor(client: ImageClient, service: S, id: number, parameters: ParametersByService[S], memo: RecordMemo) {
    const checked = checkImageParameters(parameters, IMAGE_SERVICES[service].parameters);
    this.#client = client;
    this.#memo = memo;
    this.service = service;
    this.id = checkImageId(id);
    this.parameters = checked as Readonly<ParametersByService[S]>; // Checked against this very service's names.
    this.url = printImageUrl(client.baseUrl, service, this.id, checked);
    const attributes: Partial<Record<ImageParameterName, unknown>> = {};
    for (const name of IMAGE_SERVICES[service].parameters) attributes[name] = checked[name];
    Object.freeze(Object.assign(this, attributes));
  }

  get [Symbol.toStringTag](): string {
    return `${this.service === "any" ? "Sub" : this.service.charAt(0).toUpperCase() + this.service.slice(1)}Image`;
  }

  /**
   * Another image that differs in these parameters; `undefined` takes one away.
   *
   * @throws {RangeError} If a value is out of its range.
   */
  with(parameters: ParametersByService[S]): RemoteImage<S> {
    const merged = { ...this.parameters, ...parameters };
    // The constructor defined the parameters as properties.
    return new ImageValue(this.#client, this.service, this.id, merged, this.#memo) as RemoteImage<S>;
  }

  /**
   * Fetches the picture.
   *
   * @throws {HttpError} With status 404 if there is no such image.
   * @throws {DecodeError} If what came is no complete JPEG, such as the HTML page that stands in during maintenance.
   * @throws {ConnectionError | TimeoutError | TooManyRedirectsError | NotMirroredError} As the request may end.
   */
  async download(options: RequestOptions = {}): Promise<AtlasResponse> {
    const response = await this.#client.get(this.url, options);
    if (response.ok) checkPicture(response);
    return response;
  }

  /** Fetches the picture and decodes it: RGBA, row by row from the upper left. Throws as `download()` and decoding do. */
  async pixels(options: RequestOptions = {}): Promise<Pixels> {
    return await (await this.download(options)).raiseForStatus().pixels();
  }

  /**
   * Fetches the picture and writes it to a file, which has its name only when it is complete.
   *
   * @throws {UnsupportedError} In runtimes without a file system.
   */
  async save(path: string, options: RequestOptions = {}): Promise<AtlasResponse> {
    const response = await this.download(options);
    await response.save(path);
    return response;
  }

  /**
   * Its database row, fetched once and kept for the images derived from it.
   *
   * @throws {DecodeError} If the API has no row of this id.
   */
  record(options: RequestOptions = {}): Promise<SubImageRecord> {
    const kept = this.#memo.row;
    if (kept !== undefined) return kept;
    const row = this.#fetchRecord(options);
    // Only a row is kept: what failed, or was given up, is asked for again.
    row.then(
      () => {
        this.#memo.row = row;
      },
      () => {},
    );
    return row;
  }

  /**
   * The region of the stored file that the picture shows: `left` and `top` in full-resolution pixels of the file, `width` and
   * `height` in pixels of the tier (reference §1.2, §1.3). Fetches the row when it is not known.
   */
  async region(options: RequestOptions = {}): Promise<ImageRegion> {
    return regionOf(await this.record(options), this.parameters);
  }

  /**
   * Size of the picture in pixels, as it will come: its region, less what lies beyond the stored file.
   *
   * @throws {RangeError} If nothing of the region lies in the file.
   */
  async size(options: RequestOptions = {}): Promise<ImageSize> {
    const record = await this.record(options);
    const region = regionOf(record, this.parameters);
    const window = windowOf(region, record);
    if (window !== undefined) return { width: window.width, height: window.height };
    throw new RangeError(
      `Cannot show the region at ${region.left}, ${region.top}: it lies outside of the picture of ${record.image_width} × ${record.image_height} pixels; give a left and top within`,
    );
  }

  /** The value as data. */
  toJSON(): Record<string, unknown> {
    return { service: this.service, id: this.id, ...this.parameters, url: this.url };
  }

  async #fetchRecord(options: RequestOptions): Promise<SubImageRecord> {
    const { model } = IMAGE_SERVICES[this.service];
    const url = `${this.#client.baseUrl}/api/v2/data/${model}/${this.id}.json`;
    const response = (await this.#client.get(url, options)).raiseForStatus();
    const { msg: rows } = readEnvelope(response);
    if (Array.isArray(rows) && rows.length > 0) return parseSubImageRecord(rows[0], "msg[0]", response.url);
    throw new DecodeError("the record", {
      at: "msg[0]",
      expected: `the row of ${model} ${this.id}`,
      found: "no row",
      url: response.url,
    });
  }
}

/** What a notebook of a JavaScript kernel shows for an image: the picture itself, and its source. */
async function display(this: ImageValue<ImageService>): Promise<Record<string, string>> {
  const response = (await this.download()).raiseForStatus();
  return {
    [response.mediaType]: toBase64(response.bytes()),
    "text/plain": `${this[Symbol.toStringTag]} ${this.id}, ${response.url}. Data: Allen Institute for Brain Science, alleninstitute.org/legal/terms-use`,
  };
}

// Isolated declarations have no way to state a member of this name within the class.
Object.defineProperty(ImageValue.prototype, Symbol.for("Jupyter.display"), { value: display });

/** An image of the atlas with its service's parameters as attributes. */
export type RemoteImage<S extends ImageService = ImageService> = ImageValue<S> &
  // Not `-?`, which drops `undefined` too where a program compiles without `exactOptionalPropertyTypes`.
  Readonly<{ [P in keyof Required<ParametersByService[S]>]: ParametersByService[S][P] | undefined }>;

/** A plate of an atlas: id, annotation, atlas, downsample, quality, left, top, width and height. */
export type AtlasImage = RemoteImage<"atlas">;
/** A section of an experiment. */
export type SectionImage = RemoteImage<"section">;
/** A section of a connectivity experiment. */
export type ProjectionImage = RemoteImage<"projection">;
/** An image of any kind. */
export type SubImage = RemoteImage<"any">;

/**
 * Makes an image.
 *
 * @throws {TypeError} If there is no such service, or it does not take a parameter.
 * @throws {RangeError} If the id or a value is out of its range.
 */
export function createImage<S extends ImageService>(
  client: ImageClient,
  service: S,
  id: number,
  parameters: ParametersByService[S],
): RemoteImage<S> {
  if (!Object.hasOwn(IMAGE_SERVICES, service)) {
    throw new TypeError(`Cannot use service ${show(service)}; give one of ${Object.keys(IMAGE_SERVICES).join(", ")}`);
  }
  // The constructor defined the parameters as properties.
  return new ImageValue(client, service, id, parameters, { row: undefined }) as RemoteImage<S>;
}

function checkPicture(response: AtlasResponse): void {
  const { mediaType, url } = response;
  if (!mediaType.startsWith("image/")) {
    const found = mediaType === "" ? "no type" : mediaType;
    throw new DecodeError("the picture", { at: "content-type", expected: "image/jpeg", found, url });
  }
  const fault = mediaType === "image/jpeg" ? jpegFault(response.bytes()) : undefined;
  if (fault !== undefined) throw new DecodeError("the picture", { ...fault, url });
}
