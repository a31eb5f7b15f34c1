import type { AnyImageParameters, ImageServiceRequest } from "@brainatlas/sdk/image";
import { type ChannelRange, checkImageParameters, colormapNumber, parseImageParameters } from "@brainatlas/sdk/image";
import { readRequest } from "../failures.ts";
import type { PixelFilters } from "./filters.ts";

/** What a request asks to be done to the values of a picture. */
export interface AskedFilters {
  /** `undefined` where the picture is asked for as it is. */
  readonly filters: PixelFilters | undefined;
  /** Names of parameters that were understood and are not acted on: filters that this mirror does not know. */
  readonly ignored: readonly string[];
  /** Names of filters that are applied by curves and colours of our own, as the service's are *unknown*. */
  readonly approximated: readonly string[];
}

/** Parameters of the image service that say what is done to values. */
type FilterParameters = Pick<ImageServiceRequest, "filter" | "filterVals" | "colormap" | "rgb" | "contrast">;

/**
 * Reads the filters of a request to the image service (reference §1.4): `filter=range` with six numbers, `filter=colormap` with five, of
 * which the second is the lower threshold and the last the map, and `colormap`, `rgb` and `contrast`. A map that `filter` names goes before
 * `colormap`.
 *
 * @throws {RequestError} If a filter has not its numbers, or one of them is out of its range; the message says the rule.
 * @example readFilters({ filter: "range", filterVals: [0, 923, 0, 987, 0, 4095] }).filters // → { range: [0, 923, 0, 987, 0, 4095] }
 */
export function readFilters(asked: Partial<FilterParameters>): AskedFilters {
  return readRequest(() => {
    const { filter, filterVals, rgb, contrast } = asked;
    const range = filter === "range" ? checkRange(filterVals) : undefined;
    const colormap = filter === "colormap" ? checkColormapValues(filterVals) : readColormap(asked.colormap);
    // Of other lengths they are refused by the check.
    const gains = checkImageParameters({ rgb, contrast } as AnyImageParameters, ["rgb", "contrast"]);
    const filters: PixelFilters = {
      ...(range && { range }),
      ...(gains.rgb && { rgb: gains.rgb }),
      ...(gains.contrast && { contrast: gains.contrast }),
      ...(colormap && { colormap }),
    };
    return {
      filters: Object.keys(filters).length === 0 ? undefined : filters,
      ignored: findIgnored(asked),
      approximated: (["contrast", "colormap"] as const).filter((name) => name in filters),
    };
  });
}

function findIgnored({ filter, filterVals }: Partial<FilterParameters>): string[] {
  if (filter === "range" || filter === "colormap") return [];
  return [...(filter === undefined ? [] : ["filter"]), ...(filterVals === undefined ? [] : ["filterVals"])];
}

function checkRange(values: readonly number[] | undefined): ChannelRange | undefined {
  // None are refused as too few.
  return checkImageParameters({ range: (values ?? []) as unknown as ChannelRange }, ["range"]).range;
}

/** The five numbers, as they stand in a URL, are one of the forms of `colormap` (reference §1.2). */
function checkColormapValues(values: readonly number[] | undefined): PixelFilters["colormap"] {
  if (values?.length === 5) return readColormap(values.join(","));
  throw new RangeError(
    `Cannot use filterVals ${JSON.stringify(values ?? [])} for filter=colormap; give five numbers: 0.5, the lower threshold from 0 to 255, 0, 256 and the map from 0 to 11`,
  );
}

function readColormap(text: string | undefined): PixelFilters["colormap"] {
  if (text === undefined) return undefined;
  const { colormap } = parseImageParameters(new URLSearchParams({ colormap: text }), ["colormap"]);
  if (colormap === undefined) return undefined;
  const { map, lowerThreshold = 0 } = typeof colormap === "object" ? colormap : { map: colormap };
  return { map: colormapNumber(map), lowerThreshold };
}
