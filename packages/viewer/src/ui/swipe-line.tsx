import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { clamp } from "../model/clamp.ts";
import { pictureWords } from "../model/layer-words.ts";
import { overKind, shownKind } from "../model/picture-layers.ts";
import { useChangePicture } from "./change-picture.ts";
import { Icon } from "./icons.tsx";
import { percentWords } from "./range-field.tsx";
import { useStage } from "./stage-context.ts";

/** How far a key moves the line, as a share of the panel's width. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.01,
  ArrowDown: -0.01,
  ArrowRight: 0.01,
  ArrowUp: 0.01,
  PageDown: -0.1,
  PageUp: 0.1,
  Home: -1,
  End: 1,
};

/** The line between two pictures side by side, which is dragged. */
export function SwipeLine(): JSX.Element | undefined {
  const stage = useStage();
  const change = useChangePicture();
  const line = useRef<HTMLDivElement>(null);
  const [series, image, view] = [stage.series.value, stage.image.value, stage.panel.value.picture];
  if (series === undefined || image === undefined || view.mix !== "swipe") return undefined;
  const over = overKind(series, image, view);
  if (over === undefined) return undefined;
  const move = (share: number): void => change({ share: clamp(share, 0, 1) }, "move");
  const onPointerMove = (event: PointerEvent): void => {
    const box = line.current?.parentElement?.getBoundingClientRect();
    if (line.current?.hasPointerCapture(event.pointerId) !== true || box === undefined) return;
    move((event.clientX - box.left) / box.width);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.ctrlKey || event.altKey || event.metaKey ? undefined : STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    move(view.share + step);
  };
  const [left, right] = [shownKind(series, image, view.shown), over].map((kind) => pictureWords(series, kind));
  return (
    <div
      class="swipe-line"
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label="Swipe line"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(view.share * 100)}
      aria-valuetext={`${left} left, ${right} right of ${percentWords(view.share)}`}
      style={{ left: `${view.share * 100}%` }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    >
      <span class="swipe-name before glass small">{left}</span>
      <span class="swipe-grip">
        <Icon name="swipe" />
      </span>
      <span class="swipe-name after glass small">{right}</span>
    </div>
  );
}
