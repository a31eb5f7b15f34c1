import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { plateNumber } from "../model/plates.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { stageDrawing } from "../session/stage-drawing.ts";
import { createStage } from "./create-stage.ts";
import { CursorReadout } from "./cursor-readout.tsx";
import { DrawingOverlay } from "./drawing-overlay.tsx";
import { HoverCard } from "./hover-card.tsx";
import { LayerControls } from "./layer-controls.tsx";
import { LinkCursor } from "./link-cursor.tsx";
import { MeasureTool } from "./measure-tool.tsx";
import { Overview } from "./overview.tsx";
import { PanelState } from "./panel-state.tsx";
import { PanelTitle } from "./panel-title.tsx";
import { PlaceCard } from "./place-card.tsx";
import { ScaleBar } from "./scale-bar.tsx";
import { SectionControls } from "./section-controls.tsx";
import { StageContext } from "./stage-context.ts";
import { ZoomControls } from "./zoom-controls.tsx";

/** One deep-zoom panel with all that lies over it. */
export function Panel({ index }: { index: number }): JSX.Element {
  const session = useSession();
  const own = useMemo(() => createStage(session, index), [session, index]);
  const frame = useRef<HTMLDivElement>(null);
  const { stage } = own;
  const isActive = useComputed(() => session.view.value.active === index).value;
  const isLoaded = useComputed(() => String(stage.progress.value.isWhole && !isDrawingComing(session, stage)));
  const series = stage.series.value;
  const name = series?.name ?? "";
  const image = stage.image.value;
  const activate = (): void =>
    session.change((view) => (view.active === index ? view : { ...view, active: index }), "move");
  useEffect(() => own.mount(frame.current), [own]);
  return (
    <StageContext.Provider value={stage}>
      <section
        class={isActive ? "panel active" : "panel"}
        aria-label={[`Panel ${index + 1}`, series && image && `${name}, ${plateNumber(series, image)}`]
          .filter(Boolean)
          .join(": ")}
        data-loaded={isLoaded}
        onPointerDownCapture={activate}
        onWheelCapture={activate}
        onFocusCapture={activate}
      >
        <div class="panel-picture" ref={frame} />
        <DrawingOverlay />
        <LinkCursor />
        <MeasureTool />
        <PanelState />
        <PanelTitle />
        <div class="panel-corner upper-left">
          <LayerControls />
          <SectionControls />
        </div>
        <div class="panel-corner upper-right">
          <ZoomControls />
        </div>
        <div class="panel-corner lower-left">
          <ScaleBar />
          <CursorReadout />
        </div>
        <div class="panel-corner lower-right">
          <Overview />
        </div>
        <HoverCard />
        <PlaceCard />
      </section>
    </StageContext.Provider>
  );
}

/** Whether what is drawn over the picture is still on its way. */
function isDrawingComing(session: Session, stage: Stage): boolean {
  return session.view.value.drawing.shown && stageDrawing(session, stage)?.state === "loading";
}
