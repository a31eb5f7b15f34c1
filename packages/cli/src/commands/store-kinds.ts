import type { EntryKind } from "@brainatlas/mirror";

/** Kinds of entries: here as well as in the mirror, which help is not to load; by its type. */
export const KINDS: readonly EntryKind[] = ["picture", "drawing", "answer", "grid", "archive", "file"];
