import type { Region } from "@brainatlas/sdk/drawing";
import { micronsPerPixel } from "../model/follow.ts";
import { pictureLayers } from "../model/picture-layers.ts";
import { plateName, positionWords } from "../model/plates.ts";
import type { LineView, PinView } from "../model/view.ts";
import { createScenes, type DrawnScene } from "../session/drawn-scene.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { stageTree } from "../session/stage-drawing.ts";
import type { PictureShot } from "./compose-picture.ts";
import { chooseLegend, type Legend } from "./legend.ts";
import { paintedRegions, regionsInView } from "./regions-in-view.ts";
import { structureFacts } from "./structure-table.ts";

/** All that is in a picture of a panel, as it was when it was asked for. */
export interface Figure {
  readonly title: string;
  readonly subtitle: string;
  /** Whose data they are. */
  readonly credit: string;
  readonly shot: PictureShot;
  readonly drawn: DrawnScene | undefined;
  /** Regions with a line around them, as they are selected; `undefined` for none. */
  readonly selected: readonly Region[] | undefined;
  readonly legend: Legend;
  readonly line: LineView | undefined;
  readonly pin: PinView | undefined;
  /** Edge of a full-resolution pixel, in µm; `undefined` where it is not known. */
  readonly resolutionUm: number | undefined;
}

/** Said under what was computed and not measured. */
const SYNTHETIC = "Synthetic sample: computed, not measured. brainatlas";
const INSTITUTE = "Data: Allen Institute for Brain Science, alleninstitute.org/legal/terms-use. Shown with brainatlas";

/** How a figure is made. */
export interface FigureOptions {
  /** Pixels of the figure per CSS pixel. */
  readonly pixelRatio: number;
  readonly hasLegend: boolean;
}

/**
 * Reads what a panel shows; waits for its drawing, where one is on its way.
 *
 * @returns `undefined` while the panel shows nothing.
 */
export async function readFigure(
  session: Session,
  stage: Stage,
  options: FigureOptions,
  signal: AbortSignal,
): Promise<Figure | undefined> {
  for (let missing = missingDrawing(session, stage); missing !== undefined; missing = missingDrawing(session, stage)) {
    await session.drawings.wait(missing, signal);
  }
  const view = session.view.peek();
  const [series, image, map, size] = [stage.series.peek(), stage.image.peek(), stage.map.peek(), stage.size.peek()];
  if (series === undefined || image === undefined || map === undefined) return undefined;
  const scenes = createScenes(session, stage);
  const isHere = (mark: LineView | PinView): boolean => mark.panel === stage.index && mark.imageId === image.id;
  return {
    title: series.name,
    subtitle: `${plateName(series, image)}, ${positionWords(series, image)}; image ${image.id}`,
    credit: session.synthetic.peek() ? SYNTHETIC : INSTITUTE,
    shot: {
      record: image.record,
      layers: pictureLayers(series, image, stage.panel.peek().picture),
      map,
      size,
      pixelRatio: options.pixelRatio,
    },
    drawn: scenes.drawn.peek(),
    selected: scenes.selected.peek(),
    legend: options.hasLegend ? legendOf(session, stage, { map, size }) : { entries: [], more: 0 },
    line: view.line !== undefined && isHere(view.line) ? view.line : undefined,
    pin: view.pin !== undefined && isHere(view.pin) ? view.pin : undefined,
    resolutionUm: micronsPerPixel(series, image.id),
  };
}

/** Id of the image whose drawing belongs into the figure, and has not come. */
function missingDrawing({ drawings, view }: Session, stage: Stage): number | undefined {
  const [series, image] = [stage.series.peek(), stage.image.peek()];
  if (series?.isDrawn !== true || image === undefined || !view.peek().drawing.shown) return undefined;
  return drawings.peek(image.id) === undefined ? image.id : undefined;
}

function legendOf(session: Session, stage: Stage, { map, size }: Pick<PictureShot, "map" | "size">): Legend {
  const { structures, drawing: look } = session.view.peek();
  const image = stage.image.peek();
  const drawing = image === undefined || !look.shown ? undefined : session.drawings.peek(image.id);
  const regions = drawing === undefined ? [] : paintedRegions(drawing, look.hiddenGroups);
  const tree = stageTree(session, stage);
  return chooseLegend(structures, structureFacts(regionsInView(regions, map, size), tree), tree);
}
