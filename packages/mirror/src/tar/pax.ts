/** What a header before another says of the file: what has no room in its own. */
export interface PaxFields {
  readonly path?: string | undefined;
  readonly sizeBytes?: number | undefined;
}

/** Prints such fields: each has its own length before it. */
export function printPax({ path, sizeBytes }: PaxFields): string {
  const fields = { ...(path !== undefined && { path }), ...(sizeBytes !== undefined && { size: String(sizeBytes) }) };
  return Object.entries(fields)
    .map(([name, value]) => withLength(` ${name}=${value}\n`))
    .join("");
}

/** The length counts its own digits. */
function withLength(rest: string): string {
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  while (bytes + String(length).length !== length) length = bytes + String(length).length;
  return `${length}${rest}`;
}

/**
 * Reads such fields; others than path and size are passed over.
 *
 * @throws {Error} If they cannot be read; the message is the reason alone.
 */
export function readPax(bytes: Uint8Array): PaxFields {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fields = new Map<string, string>();
  for (let start = 0; start < text.length; ) {
    const [digits = "", length] = /^(\d{1,7}) /.exec(text.toString("latin1", start, start + 8)) ?? [];
    const end = start + Number(length ?? Number.NaN);
    const record = text.toString("utf8", start + digits.length, end);
    const split = record.indexOf("=");
    if (!(end <= text.length) || end <= start + digits.length || split < 1 || !record.endsWith("\n")) {
      throw new Error("it has fields before a header that cannot be read");
    }
    fields.set(record.slice(0, split), record.slice(split + 1, -1));
    start = end;
  }
  const size = fields.get("size");
  if (size !== undefined && !/^\d{1,15}$/.test(size)) throw new Error("it has a size before a header that is none");
  return { path: fields.get("path"), sizeBytes: size === undefined ? undefined : Number(size) };
}
