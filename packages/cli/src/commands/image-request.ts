import type { RemoteImage } from "@brainatlas/sdk";
import type { AnyImageParameters, ImageService } from "@brainatlas/sdk/image";
import type { ApiOptions } from "../api.ts";
import type { Context } from "../context.ts";
import type { ShowMode } from "../output/graphics.ts";
import { note } from "../output/notes.ts";

/** Options of `brainatlas image`, each as on the command line. */
export interface ImageOptions extends ApiOptions, AnyImageParameters {
  readonly id: number;
  /** @default "atlas" */
  readonly service?: ImageService | undefined;
  readonly out?: string | undefined;
  /** Size of the regions that it is fetched as, in pixels; in one piece by default. */
  readonly inRegions?: number | undefined;
  readonly open?: boolean | undefined;
  /** @default "auto" */
  readonly show?: ShowMode | undefined;
  readonly dryRun?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** The request as data. */
export function requestToJson({ service, id, parameters, url }: RemoteImage): Record<string, unknown> {
  return { service, id, parameters, url };
}

/** A value as it is printed for programs. */
export function printJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** What an answer says of the picture. */
interface Delivered {
  readonly headers: Headers;
  /** The tier that it is of; `null` where that is not said. */
  readonly downsample: number | string | null;
}

/** Says where the answer differs from what was asked for; a mirror names the parameters that it did not act on. */
export function noteDifferences(context: Context, { parameters }: RemoteImage, delivered: Delivered): void {
  const { downsample = 0 } = parameters;
  if (delivered.downsample !== null && String(delivered.downsample) !== String(downsample)) {
    note(context, `downsample ${downsample} is past the smallest tier; the picture is at ${delivered.downsample}`);
  }
  const ignored = delivered.headers.get("x-brainatlas-ignored");
  if (ignored !== null) note(context, `the mirror does not apply ${ignored}; the picture is without`);
}
