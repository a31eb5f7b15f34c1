import { type ReadonlySignal, type Signal, useComputed } from "@preact/signals";
import type { JSX, TargetedPointerEvent } from "preact";
import { type LineEnd, withEnd } from "../model/distance.ts";
import { toImage, toScreen } from "../model/screen-map.ts";
import type { LineView } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import { pixelIn } from "./hear-lines.ts";
import { useStage } from "./stage-context.ts";

/** How far an arrow key moves an end, in CSS pixels; ten times as far with Shift. */
const STEP_PX = 1;

const ARROWS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface LineHandleProps {
  readonly end: LineEnd;
  readonly line: ReadonlySignal<LineView | undefined>;
  readonly draft: Signal<LineView | undefined>;
  /** How long the line is. */
  readonly words: ReadonlySignal<string>;
}

/** An end of the measuring line, which is dragged, or moved by the arrow keys as it is seen. */
export function LineHandle({ end, line, draft, words }: LineHandleProps): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const point = useComputed(() => line.value?.[end]);
  const at = useComputed(() => {
    const [map, place] = [stage.map.value, point.value];
    if (map === undefined || place === undefined) return undefined;
    const { x, y } = toScreen(map, place);
    return `translate(${x} ${y})`;
  });
  const said = useComputed(() => {
    const { x, y } = point.value ?? { x: 0, y: 0 };
    return `x ${Math.round(x)}, y ${Math.round(y)} px; the line is ${words.value} long`;
  });
  const moved = (pixel: { x: number; y: number }): LineView | undefined => {
    const [map, now, image] = [stage.map.peek(), line.peek(), stage.image.peek()];
    return map && now && image && withEnd(now, end, toImage(map, pixel), image.record);
  };
  const keep = (next: LineView | undefined): void => {
    draft.value = undefined;
    if (next !== undefined) session.change((view) => ({ ...view, line: next }), "move");
  };
  const onPointerMove = (event: TargetedPointerEvent<SVGGElement>): void => {
    const frame = stage.frame.peek();
    if (frame === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    draft.value = moved(pixelIn(frame, event));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isBrowsers = event.altKey || event.ctrlKey || event.metaKey;
    const arrow = isBrowsers ? undefined : ARROWS[event.key];
    const [map, place] = [stage.map.peek(), point.peek()];
    if (arrow === undefined || map === undefined || place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.shiftKey ? 10 * STEP_PX : STEP_PX;
    const { x, y } = toScreen(map, place);
    keep(moved({ x: x + arrow[0] * step, y: y + arrow[1] * step }));
  };
  return (
    <g
      class="measure-handle"
      transform={at}
      role="slider"
      tabindex={0}
      aria-label={end === "from" ? "Start of the measuring line" : "End of the measuring line"}
      aria-valuemin={0}
      aria-valuemax={stage.image.value?.record.width ?? 0}
      aria-valuenow={Math.round(point.value?.x ?? 0)}
      aria-valuetext={said}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onPointerUp={() => draft.value !== undefined && keep(draft.peek())}
      onPointerCancel={() => keep(undefined)}
      onKeyDown={onKeyDown}
    >
      <circle class="measure-reach" r="14" />
      <circle class="measure-end" r="5" />
    </g>
  );
}
