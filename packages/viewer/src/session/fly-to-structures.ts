import { loadCentre } from "../load/structure-centre.ts";
import { errorWords } from "../model/error-words.ts";
import { micronsPerPixel } from "../model/follow.ts";
import { onward, outward } from "../model/plate-order.ts";
import { plateWord } from "../model/plates.ts";
import { withDescendants } from "../model/selection.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import { placeOfBox, shownShare, structureBox } from "../model/structure-place.ts";
import { isSameSeries, type PanelView, type View, withPanel } from "../model/view.ts";
import type { Session } from "./session.ts";
import { stageOf } from "./stage.ts";

/** Share of a panel that a structure fills, whole and on the plate that is shown, when there is no need to go nearer. */
const SEEN_SHARE = 0.25;

/** What is shown around the centre of a structure where nothing is drawn, in µm. */
const AROUND_UM = 4000;

/** What a search begins with. */
interface Start {
  readonly index: number;
  readonly panel: PanelView;
  readonly series: Series;
  readonly image: SeriesImage;
}

/**
 * Takes the active panel to structures: on the plate that is shown, else on the nearest one that shows one of them.
 *
 * @param kind How another plate goes into the history: "move" where what led here is a step already.
 */
export async function flyToStructures(session: Session, ids: readonly number[], kind: "step" | "move"): Promise<void> {
  const start = startOf(session);
  if (start === undefined) return;
  const { series, image } = start;
  await search(session, ids, series.images.length, async (signal, onRead) => {
    if (!series.isDrawn) return await goToCentre(session, start, ids, { signal, kind });
    const images = outward(series.images, image.positionUm);
    const ordered = [image, ...images.filter((each) => each !== image)];
    const all = await withAllWithin(session, series, ids, signal);
    const found = await session.structurePlates.first(series, ordered, all, { signal, onRead });
    if (found.image === undefined) {
      session.notice.value = `${namesOf(session, ids)}: not drawn on any plate of ${series.name}${unreadWords(found.unread)}`;
      return;
    }
    await goToPlate(session, start, found.image, { all, signal, kind, minShare: SEEN_SHARE, staysThere: false });
  });
}

/**
 * Takes the active panel to the next or the previous plate that shows one of the selected structures.
 *
 * @param step 1 for the next, -1 for the previous.
 */
export async function stepToSelected(session: Session, step: 1 | -1): Promise<void> {
  const ids = session.view.peek().structures;
  const start = startOf(session);
  if (start === undefined || ids.length === 0) {
    session.notice.value = "Select a structure first, in the tree or in the picture";
    return;
  }
  const { series, image } = start;
  if (!series.isDrawn) {
    session.notice.value = `${series.name} has no drawings that say which ${plateWord(series).toLowerCase()} shows a structure`;
    return;
  }
  const images = onward(series.images, image.number, step);
  await search(session, ids, images.length, async (signal, onRead) => {
    const all = await withAllWithin(session, series, ids, signal);
    const found = await session.structurePlates.first(series, images, all, { signal, onRead });
    if (found.image === undefined) {
      const side = step === 1 ? "after" : "before";
      session.notice.value = `${namesOf(session, ids)}: not drawn on any plate ${side} this one${unreadWords(found.unread)}`;
      return;
    }
    await goToPlate(session, start, found.image, { all, signal, kind: "step", minShare: 0, staysThere: true });
  });
}

function startOf(session: Session): Start | undefined {
  const { active, view } = session;
  const [panel, series, image] = [active.panel.peek(), active.series.peek(), active.image.peek()];
  if (panel === undefined || series === undefined || image === undefined) return undefined;
  return { index: view.peek().active, panel, series, image };
}

/** Structures and all that lie in them, which the tree alone knows: it is waited for. */
async function withAllWithin(
  session: Session,
  { graphId }: Series,
  ids: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlySet<number>> {
  if (graphId === undefined) return new Set(ids);
  // What failed before is asked for once more.
  session.trees.retry(graphId);
  return withDescendants(ids, await session.trees.wait(graphId, signal));
}

/** Runs a search, in place of the one before; where it fails, a notice says so. */
async function search(
  session: Session,
  ids: readonly number[],
  plates: number,
  run: (signal: AbortSignal, onRead: (read: number) => void) => Promise<void>,
): Promise<void> {
  session.flight.peek()?.stop();
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const show = (read: number): void => {
    if (!controller.signal.aborted) session.flight.value = { ids, read, plates, stop };
  };
  controller.signal.addEventListener("abort", () => {
    session.flight.value = undefined;
  });
  show(0);
  try {
    await run(controller.signal, show);
  } catch (error) {
    if (controller.signal.aborted) return;
    session.notice.value = `Cannot look for ${namesOf(session, ids)}: ${errorWords(error)}`;
  } finally {
    stop();
  }
}

interface GoOptions {
  readonly signal: AbortSignal;
  readonly kind: "step" | "move";
}

interface PlateOptions extends GoOptions {
  /** The structures and all that lie in them. */
  readonly all: ReadonlySet<number>;
  /** From which share of the panel that they fill there is no need to go nearer. */
  readonly minShare: number;
  /** Whether that holds on another plate than the one that is shown, too. */
  readonly staysThere: boolean;
}

/** Shows a plate, and goes nearer to the structures on it. */
async function goToPlate(
  session: Session,
  { index, panel, series }: Start,
  image: SeriesImage,
  { all, signal, kind, minShare, staysThere }: PlateOptions,
): Promise<void> {
  const drawing = await session.drawings.wait(image.id, signal);
  const box = structureBox(drawing, all);
  const stage = stageOf(session.stages.peek(), index);
  const [map, size] = [stage?.map.peek(), stage?.size.peek()];
  const isShown = stage?.image.peek()?.id === image.id;
  const goOn = (now: PanelView): PanelView => {
    if (box === undefined || size === undefined || size.width === 0) return { ...now, imageId: image.id };
    const share = map === undefined ? 0 : shownShare(box, map, size);
    const stays = (isShown || staysThere) && share > minShare;
    const place = stays ? {} : placeOfBox(box, { image, size, rotationDeg: now.rotationDeg });
    return { ...now, imageId: image.id, ...place };
  };
  // On the plate that is shown it is a movement only.
  change(session, { index, panel, series }, goOn, isShown ? "move" : kind);
}

/** Changes the panel, unless the user has gone elsewhere with it meanwhile. */
function change(
  session: Session,
  { index, panel, series }: Pick<Start, "index" | "panel" | "series">,
  next: (panel: PanelView) => PanelView,
  kind: "step" | "move",
  more: (view: View) => View = (view) => view,
): void {
  session.change((view) => {
    const now = view.panels[index];
    if (now === undefined || !isSameSeries(now.series, series.ref) || now.imageId !== panel.imageId) return view;
    return more(withPanel(view, index, next));
  }, kind);
}

/** Where nothing is drawn, the centre of a structure in reference space says where it is. */
async function goToCentre(
  session: Session,
  start: Start,
  ids: readonly number[],
  { signal, kind }: GoOptions,
): Promise<void> {
  const { index, series } = start;
  const [id] = ids;
  if (id === undefined) return;
  const name = namesOf(session, ids);
  if (series.aligned === undefined) {
    session.notice.value = `${series.name} has no drawings, and is not aligned with a reference space: where ${name} is cannot be said`;
    return;
  }
  const place = await loadCentre(session.api, id, series, signal);
  const image = series.images.find((each) => each.id === place?.imageId);
  if (place === undefined || image === undefined) {
    session.notice.value = `The centre of ${name} is not known here, or not within ${series.name}`;
    return;
  }
  const size = session.stages
    .peek()
    .find((each) => each.index === index)
    ?.size.peek();
  const { x, y } = place.point;
  const half = AROUND_UM / 2 / (micronsPerPixel(series, image.id) ?? 1);
  const box = { left: x - half, top: y - half, right: x + half, bottom: y + half };
  const goOn = (now: PanelView): PanelView => ({
    ...now,
    imageId: image.id,
    ...(size === undefined || size.width === 0 ? {} : placeOfBox(box, { image, size, rotationDeg: now.rotationDeg })),
  });
  change(session, start, goOn, kind, (view) => ({ ...view, pin: { panel: index, imageId: image.id, x, y } }));
}

/** Acronyms, as far as the tree knows them. */
function namesOf({ active }: Session, ids: readonly number[]): string {
  const tree = active.tree.peek();
  return ids.map((id) => tree?.get(id)?.acronym.trim() ?? `structure ${id}`).join(", ");
}

function unreadWords(unread: number): string {
  return unread === 0 ? "" : `; ${unread} drawings could not be read`;
}
