import type { JSX } from "preact";
import { withTurn, withWhole } from "../model/view-actions.ts";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";
import { useStage } from "./stage-context.ts";
import { showActualPixels, toggleFullScreen, ZOOM_STEP, zoomBy } from "./zoom-commands.ts";

/** Buttons for zoom, rotation, full screen and measuring. */
export function ZoomControls(): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const { measuring } = session.page;
  const toggleMeasuring = (): void => {
    measuring.value = !measuring.value;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form.
    <div class="zoom-controls glass" role="group" aria-label="Zoom and tools">
      <Button label="Zoom in" icon="plus" keys="+" kind="plain" onClick={() => zoomBy(session, stage, ZOOM_STEP)} />
      <Button label="Zoom out" icon="minus" keys="-" kind="plain" onClick={() => zoomBy(session, stage, -ZOOM_STEP)} />
      <Button
        label="Whole plate"
        icon="fit"
        keys="0"
        kind="plain"
        onClick={() => session.change((view) => withWhole(view, stage.index), "move")}
      />
      <Button
        label="Actual pixels"
        icon="actual"
        keys="1"
        kind="plain"
        onClick={() => showActualPixels(session, stage)}
      />
      <Button
        label="Rotate"
        icon="rotate"
        keys="R"
        kind="plain"
        onClick={() => session.change((view) => withTurn(view, stage.index, 90), "move")}
      />
      <FullScreenButton />
      <Button label="Measure" icon="ruler" keys="M" kind="plain" pressed={measuring.value} onClick={toggleMeasuring} />
    </div>
  );
}

/** Not there where the browser has no full screen for parts of a page, as on telephones. */
function FullScreenButton(): JSX.Element | undefined {
  const session = useSession();
  if (document.fullscreenEnabled !== true) return undefined;
  return (
    <Button
      label="Full screen"
      icon="fullscreen"
      keys="F"
      kind="plain"
      pressed={session.page.isFull.value}
      onClick={() => void toggleFullScreen(session)}
    />
  );
}
