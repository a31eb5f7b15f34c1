import { writeFileWhole } from "@brainatlas/sdk/node";
import { type RegisteredSection, registerSection, type SectionPlaneName, type SpacePoint } from "@brainatlas/sdk/sync";
import { type ApiOptions, openApi, waitFor } from "../api.ts";
import type { Context } from "../context.ts";
import { fileOf, openDestination, writePicture } from "../destination.ts";
import { asUsage, UsageError } from "../errors.ts";
import { EXIT } from "../exit.ts";
import type { ShowMode } from "../output/graphics.ts";
import { printable } from "../output/notes.ts";
import { encodePng } from "../output/png.ts";
import { printPixels } from "../output/quantities.ts";
import { showPixels } from "../output/show-picture.ts";
import { printFacts } from "../output/table.ts";
import { sayCredit } from "../rows.ts";
import { fetchSection } from "./sync-local.ts";

/** Options of `brainatlas sync register`. */
export interface SyncRegisterOptions extends ApiOptions {
  readonly id: number;
  /** µm. @default 25 */
  readonly spacing?: number | undefined;
  readonly plane?: SectionPlaneName | undefined;
  /** Left, top, width and height, in µm. */
  readonly region?: readonly number[] | undefined;
  readonly interpolation?: "nearest" | "linear" | undefined;
  readonly downsample?: number | undefined;
  readonly annotation?: boolean | undefined;
  readonly out?: string | undefined;
  /** @default "auto" */
  readonly show?: ShowMode | undefined;
  readonly json?: boolean | undefined;
}

const DEFAULT_SPACING_UM = 25;

/** Brings a section onto the grid of reference space. Returns the exit code. */
export async function run(context: Context, options: SyncRegisterOptions): Promise<number> {
  const { id, spacing: spacingUm = DEFAULT_SPACING_UM, plane, interpolation, annotation, json } = options;
  const destination = await openDestination(context, options.out, ".png");
  if (destination.kind === "stdout" && json === true) {
    throw new UsageError("Cannot print bytes and JSON on the same standard output; give --out a file");
  }
  const api = await openApi(context, options);
  const signal = { signal: context.signal };
  const { client } = api;
  const image = asUsage(() => (annotation === true ? client.atlasImage(id, { annotation }) : client.subImage(id)));
  const section = await waitFor(context, api, () => fetchSection(context, api, id));
  const record = await waitFor(context, api, () => image.record(signal));
  const downsample = Math.min(
    options.downsample ?? fittingDownsample(spacingUm, Number(record.resolution)),
    (record.tier_count ?? 1) - 1,
  );
  const tier = asUsage(() =>
    annotation === true ? client.atlasImage(id, { annotation, downsample }) : client.subImage(id, { downsample }),
  );
  const pixels = await waitFor(context, api, () => tier.pixels(signal));
  const result = asUsage(() =>
    registerSection(pixels, section, { spacingUm, plane, region: regionOf(options), interpolation, downsample }),
  );
  const png = encodePng(result);
  if (destination.kind === "stdout") {
    context.stdout.write(png);
  } else {
    const path = fileOf(destination, `registered-${id}-${result.plane}-${spacingUm}um.png`);
    await writePicture(path, png, (target) => writeFileWhole(target, png));
    const facts = factsOf(id, result, section.referenceSpaceId, downsample);
    if (json === true) {
      context.stdout.write(`${JSON.stringify({ ...facts, file: path }, undefined, 2)}\n`);
    } else {
      await showPixels(context, result, options.show ?? "auto");
      context.stdout.write(`${printResult(facts)}${printable(path)}\n`);
    }
  }
  sayCredit(context, api);
  return EXIT.done;
}

/** The tier whose pixels are the largest that are no larger than the result's. */
function fittingDownsample(spacingUm: number, resolutionUm: number): number {
  return resolutionUm > 0 ? Math.max(0, Math.floor(Math.log2(spacingUm / resolutionUm))) : 0;
}

function regionOf({ region }: SyncRegisterOptions) {
  if (region === undefined) return undefined;
  const [left = 0, top = 0, width = 0, height = 0] = region;
  return { left, top, width, height };
}

/** What tells where the picture lies. */
interface Facts {
  readonly id: number;
  readonly plane: SectionPlaneName;
  readonly width: number;
  readonly height: number;
  readonly spacingUm: number;
  readonly axes: readonly string[];
  readonly originUm: readonly number[];
  readonly referenceSpaceId: number | null;
  readonly downsample: number;
  /** Where the section lies in the middle of the picture. */
  readonly middleUm: SpacePoint;
}

function factsOf(
  id: number,
  { plane, width, height, spacingUm, axes, originUm, pointAt }: RegisteredSection,
  referenceSpaceId: number | undefined,
  downsample: number,
): Facts {
  const middleUm = pointAt((width - 1) / 2, (height - 1) / 2);
  return {
    id,
    plane,
    width,
    height,
    spacingUm,
    axes,
    originUm,
    referenceSpaceId: referenceSpaceId ?? null,
    downsample,
    middleUm,
  };
}

function printResult(facts: Facts): string {
  const { id, plane, spacingUm, axes, originUm, referenceSpaceId, downsample, middleUm } = facts;
  const [across = "", down = ""] = axes;
  const { x, y, z } = middleUm;
  return printFacts(`section ${id}, registered, ${plane}`, [
    ["size", `${printPixels(facts)} of ${spacingUm} µm`],
    ["space", referenceSpaceId === null ? undefined : `reference space ${referenceSpaceId}`],
    ["axes", `${across} to the right from ${originUm[0]} µm, ${down} down from ${originUm[1]} µm`],
    ["middle", `x ${x.toFixed(1)}, y ${y.toFixed(1)}, z ${z.toFixed(1)} µm`],
    ["taken from", `downsample ${downsample}`],
  ]);
}
