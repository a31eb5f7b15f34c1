/** A parameter of a header field: its name, and its value between quotes or plain (RFC 9110 §5.6.6). */
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))\s*/gy;

/**
 * Reads the name of a file from a `Content-Disposition` (RFC 6266); what leads into a folder is taken off.
 *
 * @returns `undefined` when there is none.
 * @example readFileName('attachment; filename="a/b.swc"') // → "b.swc"
 */
export function readFileName(header: string | null): string | undefined {
  const given = readParameters(header ?? "");
  const whole = decodeExtended(given.get("filename*")) ?? given.get("filename") ?? "";
  const name = whole.split(/[/\\]/).at(-1) ?? "";
  return /^\.*$/.test(name) ? undefined : name;
}

/** The parameters, by their names in lower case; the first of a name counts, and what is none ends the reading. */
function readParameters(header: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = header.search(/;|$/);
  for (let found = PARAMETER.exec(header); found !== null; found = PARAMETER.exec(header)) {
    const [, name = "", quoted, plain = ""] = found;
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replaceAll(/\\(.)/g, "$1") ?? plain.trim());
  }
  return parameters;
}

/** A value with its characters beyond ASCII as percent codes of UTF-8, the one encoding that must be known (RFC 8187). */
function decodeExtended(value: string | undefined): string | undefined {
  const [, codes] = /^utf-8'[^']*'(.*)$/i.exec(value ?? "") ?? [];
  try {
    return codes && decodeURIComponent(codes);
  } catch {
    return undefined; // The plain name beside it is the one for who cannot read this.
  }
}
