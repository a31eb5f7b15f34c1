import { effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { findPicturedDataSet } from "../load/find-series.ts";
import { errorSentence } from "../model/error-words.ts";
import { firstAtlas } from "../model/first-series.ts";
import { isSameSeries, type SeriesRef } from "../model/view.ts";
import type { ViewLink } from "../model/view-url.ts";
import { findAcronyms, openLink } from "./open-link.ts";
import type { ChangeKind, Session } from "./session.ts";

/** How far the page has come to show something. */
export type Opening =
  | { readonly state: "waiting" }
  | { readonly state: "open" }
  /** The API answers, and holds no pictures to look at. */
  | { readonly state: "empty"; readonly atlasCount: number }
  | { readonly state: "failed"; readonly error: unknown };

/** Brings the page to what links ask for. */
export interface Opener {
  readonly opening: ReadonlySignal<Opening>;
  /** Goes where a link leads; a link before it that is not there yet is given up. */
  open(link: ViewLink, kind: ChangeKind): void;
  /** Once more for what failed, or was empty. */
  retry(): void;
}

/** Makes the opener of a session. */
export function createOpener(session: Session): Opener {
  const opening = signal<Opening>({ state: "waiting" });
  const { acronyms } = session;
  /** What the link selects by ids, once it is followed. */
  let said: readonly number[] | undefined;
  let current = new AbortController();
  let last: readonly [ViewLink, ChangeKind] | undefined;

  const show = async (link: ViewLink, kind: ChangeKind, abort: AbortSignal): Promise<void> => {
    const usual = isComplete(link) ? link.panels[0]?.series : await findFirst(session, abort);
    if (usual === undefined) {
      opening.value = { state: "empty", atlasCount: session.atlases.peek("all")?.length ?? 0 };
      return;
    }
    acronyms.value = link.acronyms;
    said = undefined;
    await openLink(session, link, usual, kind, abort).catch((error: unknown) => {
      if (!abort.aborted) stay();
      throw error;
    });
    said = link.structures;
    opening.value = { state: "open" };
    // All series wait for the atlases: where these do not come, the page has nothing to show.
    await session.atlases.wait("all", abort);
    if (link.acronyms.length === 0) return;
    try {
      await select(link.acronyms, abort);
    } catch (error) {
      if (!abort.aborted) whenTreeComes(session, abort, () => void select(link.acronyms, abort).catch(() => {}));
      throw error;
    }
  };
  /** Where a link cannot be followed the address says again what is seen. */
  const stay = (): void => {
    if (opening.peek().state !== "open") return;
    acronyms.value = [];
    session.change((view) => ({ ...view }), "restore");
  };
  const select = async (names: readonly string[], abort: AbortSignal): Promise<void> => {
    const { ids, unknown } = await findAcronyms(session, names, abort);
    // The user has selected something else meanwhile.
    if (acronyms.peek() !== names) return;
    acronyms.value = [];
    session.change((view) => ({ ...view, structures: [...new Set([...view.structures, ...ids])] }), "move");
    if (unknown.length > 0) session.notice.value = `No structure here is called ${unknown.map(quoted).join(", ")}`;
  };
  session.onChange(({ structures }) => {
    if (said !== undefined && structures !== said && acronyms.peek().length > 0) acronyms.value = [];
  });
  const open: Opener["open"] = (link, kind) => {
    current.abort();
    current = new AbortController();
    last = [link, kind];
    const { signal: abort } = current;
    show(link, kind, abort).catch((error: unknown) => {
      if (abort.aborted) return;
      const isLost = opening.peek().state !== "open" || session.atlases.get("all").peek().state === "failed";
      if (isLost) opening.value = { state: "failed", error };
      else session.notice.value = errorSentence(error);
    });
  };
  return {
    opening,
    open,
    retry() {
      if (last === undefined || opening.peek().state === "open") return;
      opening.value = { state: "waiting" };
      session.atlases.forget("all");
      for (const { series } of session.view.peek().panels) session.series.retry(series);
      open(...last);
    },
  };
}

/** Acts each time that the tree of the series that the active panel shows now has come, as after a retry. */
function whenTreeComes({ active }: Session, abort: AbortSignal, act: () => void): void {
  const ref = active.panel.peek()?.series;
  const stop = effect(() => {
    const panel = active.panel.value;
    const isSame = panel !== undefined && ref !== undefined && isSameSeries(panel.series, ref);
    if (isSame && active.tree.value !== undefined) untracked(act);
  });
  abort.addEventListener("abort", stop);
}

/** Whether the link says of each panel what it goes through. */
function isComplete({ panels }: ViewLink): boolean {
  return panels.every(({ series }) => series !== undefined);
}

/** What is looked at where nothing else was asked for; a store without plates may hold an experiment. */
async function findFirst(session: Session, abort: AbortSignal): Promise<SeriesRef | undefined> {
  const atlases = await session.atlases.wait("all", abort);
  return firstAtlas(atlases) ?? (await findPicturedDataSet(session.api, abort));
}

function quoted(text: string): string {
  return `“${text}”`;
}
