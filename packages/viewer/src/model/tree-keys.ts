import { clamp } from "./clamp.ts";
import type { TreeRow } from "./structure-rows.ts";

/** What a key does in an outline: it goes to a line, or opens or closes some. */
export type TreeMove =
  | { readonly kind: "go"; readonly id: number }
  | { readonly kind: "open" | "close"; readonly ids: readonly number[] };

/** Where the keys of an outline act. */
export interface TreePlace {
  readonly rows: readonly TreeRow[];
  /** The line that the keys act on; the first one where it is not among the lines. */
  readonly activeId: number | undefined;
  /** Lines that fit onto the screen. */
  readonly pageRows: number;
}

/**
 * What a key does by the tree pattern of WAI-ARIA: the arrows, Home, End, Page keys, and * for all siblings. `undefined` for other keys, and
 * where there is nowhere to go.
 */
export function moveInTree({ rows, activeId, pageRows }: TreePlace, key: string): TreeMove | undefined {
  const index = Math.max(
    0,
    rows.findIndex(({ id }) => id === activeId),
  );
  const row = rows[index];
  if (row === undefined) return undefined;
  const steps = stepsOf(key, index, rows.length, Math.max(1, pageRows));
  if (steps !== undefined) return go(rows[clamp(index + steps, 0, rows.length - 1)], row);
  if (key === "ArrowRight") return row.isOpen === false ? { kind: "open", ids: [row.id] } : goInto(rows, index);
  if (key === "ArrowLeft") return row.isOpen === true ? { kind: "close", ids: [row.id] } : goOut(rows, index);
  if (key !== "*") return undefined;
  const closed = siblingsOf(rows, index).filter(({ isOpen }) => isOpen === false);
  return closed.length === 0 ? undefined : { kind: "open", ids: closed.map(({ id }) => id) };
}

/** The next line, from the top again after the last, whose acronym or name begins with what was typed; more than one letter may stay where it is. */
export function findTyped({ rows, activeId }: Pick<TreePlace, "rows" | "activeId">, typed: string): number | undefined {
  const wanted = typed.trimStart().toLowerCase();
  if (wanted === "") return undefined;
  const from = rows.findIndex(({ id }) => id === activeId) + (wanted.length === 1 ? 1 : 0);
  const start = Math.max(0, from);
  return [...rows.slice(start), ...rows.slice(0, start)].find(({ record: { acronym, name } }) =>
    [acronym, name].some((text) => text.trim().toLowerCase().startsWith(wanted)),
  )?.id;
}

function stepsOf(key: string, index: number, count: number, page: number): number | undefined {
  if (key === "ArrowDown") return 1;
  if (key === "ArrowUp") return -1;
  if (key === "Home") return -index;
  if (key === "End") return count - 1 - index;
  if (key === "PageDown") return page;
  return key === "PageUp" ? -page : undefined;
}

function go(to: TreeRow | undefined, from: TreeRow): TreeMove | undefined {
  return to === undefined || to === from ? undefined : { kind: "go", id: to.id };
}

function goInto(rows: readonly TreeRow[], index: number): TreeMove | undefined {
  const [row, next] = [rows[index], rows[index + 1]];
  return row?.isOpen === true && next !== undefined ? { kind: "go", id: next.id } : undefined;
}

function goOut(rows: readonly TreeRow[], index: number): TreeMove | undefined {
  const level = rows[index]?.level ?? 1;
  const parent = rows.slice(0, index).findLast((row) => row.level < level);
  return parent && { kind: "go", id: parent.id };
}

/** Lines of the same parent, itself included. */
function siblingsOf(rows: readonly TreeRow[], index: number): TreeRow[] {
  const level = rows[index]?.level ?? 1;
  const before = rows.slice(0, index).findLastIndex((row) => row.level < level);
  const after = rows.slice(index).findIndex((row) => row.level < level);
  return rows.slice(before + 1, after < 0 ? rows.length : index + after).filter((row) => row.level === level);
}
