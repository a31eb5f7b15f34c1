import { checkCount, show } from "../check.ts";
import { type Colormap, checkColormap, parseColormap, printColormap } from "./colormap.ts";

/** What every image service takes (reference §1.2). */
export interface RegionParameters {
  /** How many times both dimensions are halved, from 0. */
  readonly downsample?: number | undefined;
  /** JPEG quality, 0 to 100. Without it the service's own. */
  readonly quality?: number | undefined;
  /** Left edge of the region in full-resolution pixels of the stored file, whatever the downsample. */
  readonly left?: number | undefined;
  /** Upper edge of the region in full-resolution pixels of the stored file, whatever the downsample. */
  readonly top?: number | undefined;
  /** Width of the delivered picture, in pixels after downsampling. */
  readonly width?: number | undefined;
  /** Height of the delivered picture, in pixels after downsampling. */
  readonly height?: number | undefined;
}

/** What the atlas image service takes; with the id these are the nine attributes of an `AtlasImage`. */
export interface AtlasImageParameters extends RegionParameters {
  /** The drawn and coloured plate instead of the bare stain. */
  readonly annotation?: boolean | undefined;
  /** Id of the atlas whose drawing is meant, where two atlases share a plate. */
  readonly atlas?: number | undefined;
}

/** Windows of the red, green and blue channel: `[redLow, redHigh, greenLow, greenHigh, blueLow, blueHigh]`, 0 to 4095. */
export type ChannelRange = readonly [number, number, number, number, number, number];

/** An alternate rendering of a section. */
export type ImageView = "expression" | "projection" | "tumor_feature_annotation" | "tumor_feature_boundary";

/** What the section image service takes. */
export interface SectionImageParameters extends RegionParameters {
  /** An alternate rendering. */
  readonly view?: ImageView | undefined;
  /** The expression mask: the older spelling of `view: "expression"`. */
  readonly expression?: boolean | undefined;
  /** Linear window of each channel, for sections of 12 or 16 bits. */
  readonly range?: ChannelRange | undefined;
  /** False colour of the mask. */
  readonly colormap?: Colormap | undefined;
  /** Gain of the red, green and blue channel, each 0 to 1. */
  readonly rgb?: readonly [number, number, number] | undefined;
  /** Gain and bias, each 0 to 1. */
  readonly contrast?: readonly [number, number] | undefined;
  /** Whether a given width and height are to be reduced by the downsample as well. */
  readonly downsampleDimensions?: boolean | undefined;
}

/** What the projection image service takes. */
export interface ProjectionImageParameters extends SectionImageParameters {
  /** The projection mask: another spelling of `view: "projection"`. */
  readonly projection?: boolean | undefined;
}

/** What `image_download` takes, which answers for any kind of image. */
export interface SubImageParameters extends ProjectionImageParameters {
  /** The tumor feature overlay: another spelling of `view: "tumor_feature_annotation"`. */
  readonly tumorFeatureAnnotation?: boolean | undefined;
  /** The outlines of tumor features: another spelling of `view: "tumor_feature_boundary"`. */
  readonly tumorFeatureBoundary?: boolean | undefined;
  /** A filter of the image service, passed through as it is. */
  readonly filter?: string | undefined;
  /** The numbers that the filter takes. */
  readonly filterVals?: readonly number[] | undefined;
}

/** Every parameter of every image service. */
export type AnyImageParameters = AtlasImageParameters & SubImageParameters;

export type ImageParameterName = keyof AnyImageParameters;

/** How one parameter is written, checked, printed and read. */
interface ParameterSpec {
  /** Name in the URL. */
  readonly wire: string;
  /** Passes a valid value through, or throws a `RangeError` that says the rule. */
  check(value: unknown): unknown;
  print(value: never): string;
  parse(text: string): unknown;
}

/** Largest downsample: 2³⁰ is past any picture. */
export const MAX_DOWNSAMPLE = 30;
/** Largest coordinate or extent, in pixels. */
const MAX_PIXELS = 2 ** 31 - 1;
const MAX_INTENSITY = 4095;
const VIEWS: readonly ImageView[] = ["expression", "projection", "tumor_feature_annotation", "tumor_feature_boundary"];

/** The parameters in the order in which they stand in a URL. */
const SPECS: Readonly<Record<ImageParameterName, ParameterSpec>> = {
  downsample: wholeNumber("downsample", 0, MAX_DOWNSAMPLE),
  quality: wholeNumber("quality", 0, 100),
  left: wholeNumber("left", -MAX_PIXELS, MAX_PIXELS),
  top: wholeNumber("top", -MAX_PIXELS, MAX_PIXELS),
  width: wholeNumber("width", 1, MAX_PIXELS),
  height: wholeNumber("height", 1, MAX_PIXELS),
  downsampleDimensions: flag("downsample_dimensions"),
  annotation: flag("annotation"),
  atlas: wholeNumber("atlas", 1, Number.MAX_SAFE_INTEGER),
  view: oneOf("view", VIEWS),
  expression: flag("expression"),
  projection: flag("projection"),
  tumorFeatureAnnotation: flag("tumor_feature_annotation"),
  tumorFeatureBoundary: flag("tumor_feature_boundary"),
  range: numbers("range", 6, checkRange),
  colormap: { wire: "colormap", check: checkColormap, print: printColormap, parse: parseColormap },
  rgb: numbers("rgb", 3, checkUnit),
  contrast: numbers("contrast", 2, checkUnit),
  filter: { wire: "filter", check: checkFilter, print: String, parse: checkFilter },
  filterVals: numbers("filterVals", undefined, () => undefined),
};

/** All parameter names, in URL order. */
export const IMAGE_PARAMETER_NAMES = Object.keys(SPECS) as readonly ImageParameterName[]; // The table's keys, by its type.

/**
 * Checks parameters and drops the ones that are `undefined`.
 *
 * @param allowed The names that the service takes.
 * @returns A frozen copy in URL order.
 * @throws {TypeError} If a name is not one of the service's.
 * @throws {RangeError} If a value is out of its range; the message says the rule.
 */
export function checkImageParameters(
  parameters: AnyImageParameters,
  allowed: readonly ImageParameterName[],
): Readonly<AnyImageParameters> {
  if (typeof parameters !== "object" || parameters === null) {
    throw new TypeError(`Cannot use parameters ${show(parameters)}; give an object, such as { downsample: 4 }`);
  }
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && !(allowed as readonly string[]).includes(name)) {
      throw new TypeError(
        `Cannot use parameter ${show(name)}: the service does not take it; give ${allowed.join(", ")}`,
      );
    }
  }
  const given = allowed.filter((name) => parameters[name] !== undefined);
  return Object.freeze(Object.fromEntries(given.map((name) => [name, SPECS[name].check(parameters[name])])));
}

/** The parameters as pairs of a URL's query, in order. Expects checked ones. */
export function printImageParameters(parameters: AnyImageParameters): [string, string][] {
  return IMAGE_PARAMETER_NAMES.filter((name) => parameters[name] !== undefined).map((name) => [
    SPECS[name].wire,
    SPECS[name].print(parameters[name] as never), // Each entry prints its own type.
  ]);
}

/**
 * Reads parameters from a URL's query. Unknown ones are ignored, as the service does (reference §1.2), and so are the known
 * ones that this service does not take; an empty value counts as not given.
 *
 * @throws {RangeError} If a value is not of its parameter's form.
 */
export function parseImageParameters(
  query: URLSearchParams,
  allowed: readonly ImageParameterName[],
): Readonly<AnyImageParameters> {
  const found: Record<string, unknown> = {};
  for (const name of allowed) {
    const text = query.get(SPECS[name].wire);
    if (text !== null && text !== "") found[name] = SPECS[name].parse(text);
  }
  return checkImageParameters(found, allowed);
}

function wholeNumber(wire: string, min: number, max: number): ParameterSpec {
  const check = (value: unknown): number => checkCount(wire, value, min, max);
  // The text itself is checked: Number() would read "", "0x10" and "1e9" as numbers.
  return { wire, check, print: String, parse: (text) => check(/^-?\d+$/.test(text) ? Number(text) : text) };
}

function flag(wire: string): ParameterSpec {
  const fail = (value: unknown): never => {
    throw new RangeError(`Cannot use ${wire} ${show(value)}; give true or false`);
  };
  return {
    wire,
    check: (value) => (typeof value === "boolean" ? value : fail(value)),
    print: String,
    parse: (text) => (text === "true" ? true : text === "false" ? false : fail(text)),
  };
}

function oneOf(wire: string, values: readonly string[]): ParameterSpec {
  const check = (value: unknown): unknown => {
    if (values.includes(value as string)) return value;
    throw new RangeError(`Cannot use ${wire} ${show(value)}; give one of ${values.join(", ")}`);
  };
  return { wire, check, print: String, parse: check };
}

function numbers(
  wire: string,
  length: number | undefined,
  rule: (values: readonly number[]) => string | undefined,
): ParameterSpec {
  const check = (value: unknown): unknown => {
    const list = Array.isArray(value) && value.every((item) => Number.isFinite(item)) ? (value as number[]) : undefined;
    const counted = list !== undefined && list.length > 0 && (length === undefined || list.length === length);
    const broken = counted ? rule(list) : `${length ?? "some"} numbers`;
    if (broken === undefined) return Object.freeze([...(list as number[])]);
    throw new RangeError(`Cannot use ${wire} ${show(value)}; give ${broken}`);
  };
  const parse = (text: string): unknown =>
    check(text.split(",").map((part) => (part.trim() === "" ? Number.NaN : Number(part))));
  return { wire, check, print: (value: readonly number[]) => value.join(","), parse };
}

function checkRange(values: readonly number[]): string | undefined {
  const valid = values.every(
    (value, index) =>
      Number.isInteger(value) &&
      value >= 0 &&
      value <= MAX_INTENSITY &&
      (index % 2 === 0 || value >= (values[index - 1] ?? 0)),
  );
  return valid
    ? undefined
    : `whole numbers from 0 to ${MAX_INTENSITY}, low and high of red, green and blue, no low above its high`;
}

function checkUnit(values: readonly number[]): string | undefined {
  return values.every((value) => value >= 0 && value <= 1) ? undefined : "numbers from 0 to 1";
}

function checkFilter(value: unknown): string {
  if (typeof value === "string" && /^\w+$/.test(value)) return value;
  throw new RangeError(`Cannot use filter ${show(value)}; give a name of letters, digits and underscores`);
}
