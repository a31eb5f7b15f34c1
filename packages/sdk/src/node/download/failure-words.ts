import { show } from "../../check.ts";
import { isAtlasError } from "../../errors.ts";
import { codeOf } from "./disk.ts";

/** What the file system says, and what would help. */
const DISK_WORDS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; make room, and run it again to go on",
  EDQUOT: "your share of the disk is used up; make room, and run it again to go on",
  EIO: "the disk reports a fault; look after it, and verify what is there",
  EROFS: "the file system is read-only; give another directory",
  EACCES: "writing there is not allowed; give another directory, or allow it",
  EPERM: "writing there is not allowed; give another directory, or allow it",
  ENAMETOOLONG: "its path is too long; give a shorter name or directory",
  EEXIST: "a file has the name of one of its folders; move it away, or give another name",
  ENOTDIR: "a file has the name of one of its folders; move it away, or give another name",
  EISDIR: "a folder has that name; move it away, or give another name",
  EMFILE: "too many files are open; lower concurrency, or raise the system's limit",
  ENFILE: "too many files are open; lower concurrency, or raise the system's limit",
};

/** What an error of the file system means, by its code, and what would help. */
export function diskWords(code: string): string | undefined {
  return DISK_WORDS[code];
}

/** Codes that end all writing, whatever the file. */
const HOPELESS: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EROFS"]);

/** Whether an error of the disk would meet all other files as well. */
export function endsAllWriting(error: unknown): boolean {
  return HOPELESS.has(codeOf(error) ?? "");
}

/** Why an item was not had, in words that name its file and its URL. */
export function describeItemFailure(name: string, url: string, error: unknown): string {
  const start = `Cannot download ${show(name)}`;
  const code = codeOf(error);
  const disk = code === undefined ? undefined : DISK_WORDS[code];
  if (disk !== undefined) return `${start} from ${url}: ${disk}`;
  const message = error instanceof Error ? error.message : String(error);
  if (message.startsWith(start)) return message;
  const words = `${message}${hintOf(url, error)}`;
  return message.includes(url) ? `${start}: ${lowerFirst(words)}` : `${start} from ${url}: ${lowerFirst(words)}`;
}

/** Codes of a host name that was not found. */
const NOT_FOUND: ReadonlySet<string> = new Set(["ENOTFOUND", "EAI_AGAIN"]);

/** What would help beside what the message says itself. */
function hintOf(url: string, error: unknown): string {
  if (isAtlasError(error, "ATLAS_DECODE")) return "; try again later";
  if (!isAtlasError(error, "ATLAS_CONNECTION") || !isNoHost(url)) return "";
  const isUnknown = NOT_FOUND.has(codeOf(error.cause) ?? "");
  return isUnknown ? "; if a mirror in this process answers there, give its fetch as an option" : "";
}

/** Whether a URL is of those that no name server knows, as a mirror without a socket has them. */
function isNoHost(url: string): boolean {
  return URL.canParse(url) && new URL(url).hostname.endsWith(".invalid");
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
