import { checkPositive } from "../check.ts";
import type { AtlasStream } from "../http/atlas-stream.ts";
import type { RequestOptions } from "../http/options.ts";
import type { Mesh } from "../mesh/mesh.ts";
import { type ArchiveFile, printArchivePath } from "../volume/archive-paths.ts";
import { type ProjectionGridOptions, printExpressionGridPath, printProjectionGridPath } from "../volume/grid-paths.ts";
import type { GridZip } from "../volume/read-grid-zip.ts";
import type { Volume } from "../volume/volume.ts";
import {
  type AnnotationRelease,
  DEFAULT_RELEASE,
  type ExpressionVolume,
  type ResolutionUm,
} from "../volume/volume-names.ts";
import type { Sender, StreamOptions } from "./sender.ts";

/** What is asked for: a grid of a data set, or a file of the archive of reference volumes. */
export type VolumeFile =
  | {
      readonly kind: "expression-grid";
      /** SectionDataSet id. */
      readonly dataSetId: number;
      /** @default none: the service gives energy and the data set's record */
      readonly include?: readonly ExpressionVolume[] | undefined;
    }
  | ({
      readonly kind: "projection-grid";
      /** SectionDataSet id. */
      readonly dataSetId: number;
    } & ProjectionGridOptions)
  | ArchiveFile;

/** How a volume is asked for and read. */
export interface VolumeRequestOptions extends Omit<RequestOptions, "throwHttpErrors" | "maxBodyBytes"> {
  /**
   * Bytes of the voxels when they are unpacked.
   * @default 8589934592
   */
  maxBytes?: number | undefined;
}

/** Which grids of an expression experiment are asked for. */
export interface ExpressionGridOptions extends VolumeRequestOptions {
  /** @default none: the service gives energy and the data set's record */
  include?: readonly ExpressionVolume[] | undefined;
}

/** Which resolution of a volume is asked for. */
export interface ResolutionOptions extends VolumeRequestOptions {
  /**
   * Edge of a voxel, in µm: 10, 25, 50 or 100. The annotation of 10 µm takes 4.8 GB in one array, which Node has from version 22 on;
   * where there is no room, that is told before its voxels are waited for.
   * @default 25
   */
  resolutionUm?: ResolutionUm | undefined;
}

/** Which annotation is asked for. */
export interface AnnotationOptions extends ResolutionOptions {
  /** @default "ccf_2017" */
  release?: AnnotationRelease | undefined;
}

/** Memory and time grow with the third power: 10 µm takes 4.8 GB. */
const DEFAULT_RESOLUTION_UM: ResolutionUm = 25;

/**
 * Voxel grids of data sets and the reference volumes of the mouse (reference §6).
 *
 * A volume is unpacked as it arrives, so that only its voxels are held; a zip is held whole. As with `client.stream`, a request is
 * sent again only until its headers are there, and `timeoutMs` is the longest wait for one chunk; of zips it limits the whole attempt.
 *
 * All methods reject with a `RangeError` before anything is sent if an id, a name, a resolution or a limit is none; with a `DecodeError` if
 * what comes is damaged, cut short, or none; and with an `UnsupportedError` if it is written in a way that is not read here.
 */
export class VolumeServices {
  /** Origin of the archive of reference volumes, without a trailing slash. */
  readonly downloadUrl: string;
  readonly #sender: Sender;

  /** @internal */
  constructor(sender: Sender, downloadUrl: string) {
    this.#sender = sender;
    this.downloadUrl = downloadUrl;
  }

  /**
   * URL of a grid or a file.
   *
   * @throws {RangeError} If there can be no such file.
   * @example new BrainAtlas().volumes.url({ kind: "mesh", structureId: 997 }).slice(0, 35) // → "https://download.alleninstitute.org"
   */
  url(file: VolumeFile): string {
    switch (file.kind) {
      case "expression-grid":
        return this.#sender.baseUrl + printExpressionGridPath(file.dataSetId, file.include);
      case "projection-grid":
        return this.#sender.baseUrl + printProjectionGridPath(file.dataSetId, file);
      default:
        return this.downloadUrl + printArchivePath(file);
    }
  }

  /** The bytes of a grid or a file as they arrive. @throws {HttpError} If the status is not 200 to 299. */
  async stream(file: VolumeFile, options: Omit<StreamOptions, "throwHttpErrors"> = {}): Promise<AtlasStream> {
    return await this.#sender.stream({ url: this.url(file) }, { ...options, throwHttpErrors: true });
  }

  /**
   * Expression of a gene, voxel by voxel (`grid_data/download`): 200 µm in the adult mouse. The value −1 stands for no data.
   *
   * @param dataSetId SectionDataSet id.
   * @example (await allen.volumes.expressionGrid(69289763)).volumes.get("energy")?.range({ noData: -1 });
   */
  async expressionGrid(dataSetId: number, options: ExpressionGridOptions = {}): Promise<GridZip> {
    const { include, ...rest } = options;
    return await this.#readZip({ kind: "expression-grid", dataSetId, include }, rest);
  }

  /**
   * A volume of a tracer experiment (`grid_data/download_file`): the density of projections, at 100 µm, unless told.
   *
   * @param dataSetId SectionDataSet id.
   * @example await allen.volumes.projectionGrid(181777177, { image: "injection_fraction", resolutionUm: 25 });
   */
  async projectionGrid(dataSetId: number, options: ProjectionGridOptions & VolumeRequestOptions = {}): Promise<Volume> {
    const { image, resolutionUm, ...rest } = options;
    return await this.#readNrrd({ kind: "projection-grid", dataSetId, image, resolutionUm }, rest);
  }

  /** The average template of the common coordinate framework: autofluorescence of 1675 brains. */
  async template({ resolutionUm = DEFAULT_RESOLUTION_UM, ...options }: ResolutionOptions = {}): Promise<Volume> {
    return await this.#readNrrd({ kind: "template", resolutionUm }, options);
  }

  /** The Nissl-stained volume of the atlas, fitted to the framework. */
  async nissl({ resolutionUm = DEFAULT_RESOLUTION_UM, ...options }: ResolutionOptions = {}): Promise<Volume> {
    return await this.#readNrrd({ kind: "nissl", resolutionUm }, options);
  }

  /**
   * Structure ids, voxel by voxel; 0 where there is none.
   *
   * @example (await allen.volumes.annotation({ resolutionUm: 100 })).labelAt([6600, 4000, 5700]);
   */
  async annotation(options: AnnotationOptions = {}): Promise<Volume> {
    const { resolutionUm = DEFAULT_RESOLUTION_UM, release = DEFAULT_RELEASE, ...rest } = options;
    return await this.#readNrrd({ kind: "annotation", release, resolutionUm }, rest);
  }

  /** 1 where a structure of the 2017 annotation is, with all in it, else 0. */
  async structureMask(structureId: number, options: ResolutionOptions = {}): Promise<Volume> {
    const { resolutionUm = DEFAULT_RESOLUTION_UM, ...rest } = options;
    return await this.#readNrrd({ kind: "mask", structureId, resolutionUm }, rest);
  }

  /** The surface of a structure of the 2017 annotation, in µm of reference space. */
  async structureMesh(structureId: number, options: Omit<RequestOptions, "throwHttpErrors"> = {}): Promise<Mesh> {
    const url = this.url({ kind: "mesh", structureId });
    const [response, { parseObj }] = await Promise.all([
      this.#sender.send({ url }, { ...options, throwHttpErrors: true }),
      import("../mesh/parse-obj.ts"),
    ]);
    return parseObj(response.bytes());
  }

  /**
   * Volumes of an older atlas: of age `P56` the types `Mouse_annotation`, `Mouse_gridAnnotation` and `atlasVolume`, of ages such as
   * `E11pt5` and `P4` the types `DevMouse2012_annotation`, `DevMouse2012_gridAnnotation` and `atlasVolume`.
   */
  async ageAtlas(age: string, type: string, options: VolumeRequestOptions = {}): Promise<GridZip> {
    return await this.#readZip({ kind: "age-atlas", age, type }, options);
  }

  async #readNrrd(file: VolumeFile, { maxBytes, ...options }: VolumeRequestOptions): Promise<Volume> {
    checkMaxBytes(maxBytes);
    // What reads a volume is loaded by those alone who ask for one.
    const [stream, { readNrrd }] = await Promise.all([this.stream(file, options), import("../volume/read-nrrd.ts")]);
    return await readNrrd(stream.chunks(), { maxBytes });
  }

  async #readZip(file: VolumeFile, { maxBytes, ...options }: VolumeRequestOptions): Promise<GridZip> {
    checkMaxBytes(maxBytes);
    const request = { url: this.url(file) };
    const [response, { readGridZip }] = await Promise.all([
      this.#sender.send(request, { ...options, throwHttpErrors: true }),
      import("../volume/read-grid-zip.ts"),
    ]);
    return await readGridZip(response.bytes(), { maxBytes });
  }
}

/** Before anything is sent: what reads the answer would tell it too late. */
function checkMaxBytes(maxBytes: number | undefined): void {
  if (maxBytes !== undefined) checkPositive("maxBytes", maxBytes);
}
