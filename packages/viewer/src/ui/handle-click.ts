import type { ImagePoint } from "@brainatlas/sdk/sync";
import { structureUnder } from "../model/hover.ts";
import { withoutStructures, withStructure } from "../model/selection.ts";
import type { PinView, View } from "../model/view.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";

/**
 * What a press on a picture does: it puts the pin there, and selects the structure that the image's drawing has there, be it shown or not; a
 * press beside all structures clears the selection. Of images without a drawing nothing is known, and the selection stays.
 *
 * @param isAdditive Adds the structure to the others, or takes it away where it is selected.
 */
export function handleClick(session: Session, stage: Stage, point: ImagePoint, isAdditive: boolean): void {
  const [image, series] = [stage.image.peek(), stage.series.peek()];
  if (image === undefined || series === undefined) return;
  const pin: PinView = { panel: stage.index, imageId: image.id, x: point.x, y: point.y };
  const drawing = session.drawings.peek(image.id);
  session.change((view) => {
    const { hiddenGroups } = view.drawing;
    const pinned = { ...view, pin };
    return drawing === undefined ? pinned : select(pinned, structureUnder(drawing, hiddenGroups, point), isAdditive);
  }, "step");
  if (drawing !== undefined) showUnder(session, pin);
  else if (series.isDrawn) void selectLater(session, stage, pin, isAdditive);
}

/** Selects what is under the pin once the drawing has come, if it is still where it was put. */
async function selectLater(session: Session, stage: Stage, pin: PinView, isAdditive: boolean): Promise<void> {
  const isPointed = stage.pointer.peek() !== undefined;
  // That it does not come, the panel says.
  const drawing = await session.drawings.wait(pin.imageId).catch(() => undefined);
  if (drawing === undefined || session.view.peek().pin !== pin) return;
  const { hiddenGroups } = session.view.peek().drawing;
  session.change((view) => select(view, structureUnder(drawing, hiddenGroups, pin), isAdditive), "move");
  // A pointer may be elsewhere by now, and says itself where; a finger points at nothing.
  if (!isPointed && stage.pointer.peek() === undefined) showUnder(session, pin);
}

function select(view: View, structureId: number | undefined, isAdditive: boolean): View {
  if (structureId !== undefined) return withStructure(view, structureId, isAdditive);
  return isAdditive ? view : withoutStructures(view);
}

/** What was pressed is under the pointer, also of a finger, which points at nothing before. */
function showUnder(session: Session, { panel, imageId, x, y }: PinView): void {
  const drawing = session.drawings.peek(imageId);
  const structureId = drawing && structureUnder(drawing, session.view.peek().drawing.hiddenGroups, { x, y });
  session.hover.value = { panel, imageId, point: { x, y }, structureId };
}
