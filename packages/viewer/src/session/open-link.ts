import { findSeriesOfImage } from "../load/find-series.ts";
import type { SeriesRef } from "../model/view.ts";
import { completeLink, type PanelLink, type ViewLink } from "../model/view-url.ts";
import type { ChangeKind, Session } from "./session.ts";

/**
 * Goes where a link leads: at once where all that it names is known, else when the API has told it. Structures that it names by acronyms are left
 * to {@link findAcronyms}.
 *
 * @param usual What a panel shows that the link says nothing of.
 * @throws What a request fails with, or the signal's reason.
 */
export async function openLink(
  session: Session,
  link: ViewLink,
  usual: SeriesRef,
  kind: ChangeKind,
  signal: AbortSignal,
): Promise<void> {
  const panels = link.panels.some(isOpen) ? await findPanels(session, link.panels, signal) : link.panels;
  session.change(() => completeLink({ ...link, panels }, usual), kind);
}

/** Whether the API has to be asked which series it is. */
function isOpen({ series, imageId }: PanelLink): boolean {
  return series === undefined && imageId !== undefined;
}

async function findPanels(
  session: Session,
  panels: readonly PanelLink[],
  signal: AbortSignal,
): Promise<readonly PanelLink[]> {
  return await Promise.all(
    panels.map(async (panel) => {
      const { imageId } = panel;
      if (!isOpen(panel) || imageId === undefined) return panel;
      const series = await findSeriesOfImage(session.api, imageId, signal);
      if (series !== undefined) return { ...panel, series };
      session.notice.value = `There is no plate ${imageId} here; another one is shown`;
      return { ...panel, imageId: undefined, centre: undefined, zoom: undefined };
    }),
  );
}

/** What became of the acronyms of a link. */
export interface FoundAcronyms {
  readonly ids: readonly number[];
  /** Those that no structure has. */
  readonly unknown: readonly string[];
}

/**
 * The structures that acronyms name among those of the active panel: the same acronym is another structure in another tree.
 *
 * @throws What a request fails with, or the signal's reason.
 */
export async function findAcronyms(
  session: Session,
  acronyms: readonly string[],
  signal: AbortSignal,
): Promise<FoundAcronyms> {
  const { panels, active } = session.view.peek();
  const ref = panels[active]?.series;
  const graphId = ref && (await session.series.wait(ref, signal)).graphId;
  const tree = graphId === undefined ? undefined : await session.trees.wait(graphId, signal);
  const found = acronyms.map(
    (acronym) => (tree?.byAcronym(acronym) ?? tree?.byAcronym(acronym, { ignoreCase: true }))?.id,
  );
  return {
    ids: found.filter((id) => id !== undefined),
    unknown: acronyms.filter((_, index) => found[index] === undefined),
  };
}
