/** The journal, in the directory's root. */
export const MANIFEST_NAME = "manifest.ndjson";
/** What the names of all our own files begin with. */
export const OWN_PREFIX = ".brainatlas-";

/** Bytes of a part of a name, in UTF-8: the bound of most file systems. */
const MAX_PART_BYTES = 255;

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?$/i;

/**
 * Says why a name cannot be that of a file below the directory, on any system; `undefined` when it can.
 *
 * @example nameFault("../plate.jpg") // → 'its part ".." leads elsewhere; give a path below the directory'
 */
export function nameFault(name: string): string | undefined {
  if (name === "") return "it is empty; give a path below the directory";
  if (name.startsWith("/")) return 'it begins with "/"; give a path below the directory';
  if (name.toLowerCase() === MANIFEST_NAME) return "the journal has that name; give another";
  for (const part of name.split("/")) {
    const fault = partFault(part);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function partFault(part: string): string | undefined {
  if (part === "") return "a part of it is empty; give each folder a name";
  if (part === "." || part === "..") return `its part "${part}" leads elsewhere; give a path below the directory`;
  if (/\p{Cc}|\p{Cs}/u.test(part)) return "it holds a control character, or half of a character; leave it out";
  const unsafe = /[\\:*?"<>|]/.exec(part)?.[0];
  if (unsafe !== undefined)
    return `it holds ${unsafe === '"' ? "a quotation mark" : `"${unsafe}"`}, which some systems do not allow; use another character`;
  if (/[. ]$/.test(part)) return "a part of it ends with a dot or a blank, which some systems drop; leave it out";
  if (DEVICE.test(part)) return `"${part}" is a device on some systems; give another name`;
  if (part.toLowerCase().startsWith(OWN_PREFIX)) return `"${OWN_PREFIX}…" are working files; give another name`;
  const sizeBytes = Buffer.byteLength(part);
  if (sizeBytes > MAX_PART_BYTES)
    return `a part of it has ${sizeBytes} bytes, more than ${MAX_PART_BYTES}; give a shorter one`;
  return undefined;
}

/** What two names share that some systems take for one. */
export function foldName(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
