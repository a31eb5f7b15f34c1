import { effect, type ReadonlySignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { paintDrawing } from "../draw/paint-drawing.ts";
import { POINTED_TONES, paintMark, SELECTED_TONES } from "../draw/paint-mark.ts";
import type { PaintContext, PaintPlace } from "../draw/paint-place.ts";
import { regionLook } from "../model/drawing-look.ts";
import { useSession } from "../session/context.ts";
import { createScenes } from "../session/drawn-scene.ts";
import type { Stage } from "../session/stage.ts";
import { createSheet } from "./canvas-sheet.ts";
import { followPointer } from "./follow-pointer.ts";
import { leaveDrawings } from "./leave-drawings.ts";
import { useStage } from "./stage-context.ts";
import { SwipeLine } from "./swipe-line.tsx";

/** Most device pixels a CSS pixel that are painted: more is not seen. */
const MAX_PIXEL_RATIO = 2;

/** The drawing of an image over its picture, and over it what is pointed at in it. */
export function DrawingOverlay(): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const drawn = useRef<HTMLCanvasElement>(null);
  const selected = useRef<HTMLCanvasElement>(null);
  const pointed = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const scenes = createScenes(session, stage);
    const stops = [
      keepPainted(drawn.current, stage, scenes.drawn, (scene, context, place) =>
        paintDrawing(context, scene.regions, place, (region) => regionLook(scene.look, region)),
      ),
      keepPainted(selected.current, stage, scenes.selected, (regions, context, place) =>
        paintMark(context, regions, place, SELECTED_TONES),
      ),
      keepPainted(pointed.current, stage, scenes.pointed, (regions, context, place) =>
        paintMark(context, regions, place, POINTED_TONES),
      ),
      followPointer(session, stage),
      leaveDrawings(session, stage),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [session, stage]);
  return (
    <>
      <div class="drawing-overlay" aria-hidden="true">
        <canvas ref={drawn} hidden />
        <canvas ref={selected} hidden />
        <canvas ref={pointed} hidden />
      </div>
      <SwipeLine />
    </>
  );
}

/** Keeps a canvas as it should look: painted anew when the scene is another one, and moved with the picture. */
function keepPainted<Scene>(
  canvas: HTMLCanvasElement | null,
  stage: Stage,
  scene: ReadonlySignal<Scene | undefined>,
  paint: (scene: Scene, context: PaintContext, place: PaintPlace) => void,
): () => void {
  if (canvas === null) return () => {};
  let painted: Scene | undefined;
  const sheet = createSheet(canvas, (context, place) => {
    if (painted !== undefined) paint(painted, context, place);
  });
  const stop = effect(() => {
    const [next, map, size] = [scene.value, stage.map.value, stage.size.value];
    const isMoved = next === painted;
    painted = next;
    canvas.hidden = next === undefined || map === undefined;
    if (next === undefined || map === undefined) return sheet.empty();
    sheet.update({ map, size, pixelRatio: Math.min(devicePixelRatio, MAX_PIXEL_RATIO) }, isMoved);
  });
  return () => {
    stop();
    sheet.empty();
  };
}
