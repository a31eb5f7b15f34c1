import { isFormat } from "../rma/format-answer.ts";

/** What a path below `/api/v2/data` asks for, and the extension that says in which form (reference §3.1). */
export type DataPath = DataTarget & { readonly extension: string };

type DataTarget =
  /** `/data/query`, or `/data/{Model}/query`. */
  | { readonly kind: "query"; readonly model: string | undefined }
  /** `/data/{Model}/{id}`. */
  | { readonly kind: "record"; readonly model: string; readonly id: number }
  /** `/data/enumerate` and `/data`; `/data/{Model}/describe` and `/data/{Model}`, of which one client reads a listing too. */
  | { readonly kind: "schema"; readonly model: string | undefined };

/** Reads a path; `undefined` for one that means nothing. */
export function readDataPath(pathname: string): DataPath | undefined {
  const found = /^\/api\/v2\/data((?:[/.].*?)??)(?:\.([^./]*))?\/?$/s.exec(pathname);
  if (found === null) return undefined;
  const [, name = "", extension = "json"] = found;
  const target = readTarget(name.split("/").slice(1).map(decode));
  return target === undefined ? undefined : { ...target, extension };
}

function readTarget([first, second, ...others]: readonly string[]): DataTarget | undefined {
  if (others.length > 0) return undefined;
  if (second === undefined) {
    if (first === "query") return { kind: "query", model: undefined };
    return { kind: "schema", model: first === "enumerate" || first === "" ? undefined : first };
  }
  // Without a model.
  if (first === undefined || first === "") return undefined;
  if (second === "query") return { kind: "query", model: first };
  if (second === "describe") return { kind: "schema", model: first };
  return /^-?\d+$/.test(second) ? { kind: "record", model: first, id: readId(second) } : undefined;
}

/** No row has an id beyond what a number holds exactly: the last one stands for all of those. */
function readId(text: string): number {
  const id = Number(text);
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, id));
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // Percent signs of its own: a name that nothing has.
  }
}

/** Whether a request may also come by POST. */
export function isQueryPath(pathname: string): boolean {
  const path = readDataPath(pathname);
  return path?.kind === "query" && isFormat(path.extension);
}
