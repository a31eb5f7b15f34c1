import { type Format, MEDIA_TYPES } from "../rma/format-answer.ts";
import { SOURCE_HEADER } from "./refuse.ts";

/** Longest name that a client may give to its file. */
const MAX_NAME_CHARACTERS = 100;

/**
 * Headers of an answer of data. It is named `query.{format}`, or as the request says, in which case it is to be saved
 * (reference §3.9); whether the service shows or saves the others is unknown, and here a browser shows them.
 */
export function dataHeaders(format: Format, parameters: URLSearchParams): Record<string, string> {
  const given = fileName(parameters.get("filename") ?? "");
  return {
    "content-type": MEDIA_TYPES[format],
    "content-disposition": given === "" ? `inline; filename=query.${format}` : `attachment; filename=${given}`,
    vary: "Accept-Encoding",
    [SOURCE_HEADER]: "computed",
  };
}

/** The last part of a path, of harmless characters alone: what is written here ends in a header, and may end in a folder. */
function fileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const name = last.trim().replaceAll(/[^\w.-]/g, "_");
  return name.replace(/^[.-]+/, "").slice(0, MAX_NAME_CHARACTERS);
}
