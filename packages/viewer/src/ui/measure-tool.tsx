import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { labelPlace, printLine } from "../model/distance.ts";
import { toScreen } from "../model/screen-map.ts";
import type { LineView } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import { hearLines } from "./hear-lines.ts";
import { LineHandle } from "./line-handle.tsx";
import { useStage } from "./stage-context.ts";
import { useResolution } from "./use-resolution.ts";

/** A line that says how far two points are apart: drawn by a press and a drag, changed at its ends by pointer and keys. */
export function MeasureTool(): JSX.Element | undefined {
  const session = useSession();
  const stage = useStage();
  const draft = useSignal<LineView | undefined>(undefined);
  const kept = useComputed(() => {
    const { line } = session.view.value;
    return line?.panel === stage.index && line.imageId === stage.image.value?.id ? line : undefined;
  });
  const line = useComputed(() => draft.value ?? kept.value);
  const isMeasuring = session.page.measuring.value;
  const frame = stage.frame.value;
  useEffect(
    () => (isMeasuring && frame !== undefined ? hearLines(session, stage, frame, draft) : undefined),
    [isMeasuring, frame, session, stage, draft],
  );
  const hasLine = useComputed(() => line.value !== undefined && stage.map.value !== undefined).value;
  if (!hasLine) return undefined;
  return (
    <svg
      class="measure"
      onWheel={(event) => {
        // The picture takes it, so that the page neither scrolls nor zooms by it.
        if (frame?.dispatchEvent(new WheelEvent(event.type, event)) === false) event.preventDefault();
      }}
    >
      <title>Measuring line</title>
      <Line line={line} draft={draft} />
    </svg>
  );
}

interface LineProps {
  readonly line: ReadonlySignal<LineView | undefined>;
  readonly draft: Signal<LineView | undefined>;
}

/** Its parts follow the picture by themselves, with no new rendering. */
function Line({ line, draft }: LineProps): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const resolution = useResolution();
  const ends = useComputed(() => {
    const [map, now] = [stage.map.value, line.value];
    return map && now && { from: toScreen(map, now.from), to: toScreen(map, now.to) };
  });
  const words = useComputed(() => (line.value === undefined ? "" : printLine(line.value, resolution.value)));
  const path = useComputed(() => {
    const { from, to } = ends.value ?? {};
    return from && to && `M${from.x} ${from.y}L${to.x} ${to.y}`;
  });
  const label = useComputed(() => ends.value && labelPlace(ends.value, words.value.length));
  const at = useComputed(() => label.value && `translate(${label.value.x} ${label.value.y})`);
  const side = useComputed(() => `translate(${(label.value?.width ?? 0) / 2 + 16} 0)`);
  const remove = (): void => session.change((view) => ({ ...view, line: undefined }), "step");
  return (
    <>
      <path class="measure-halo" d={path} />
      <path class="measure-line" d={path} />
      <LineHandle end="from" line={line} draft={draft} words={words} />
      <LineHandle end="to" line={line} draft={draft} words={words} />
      <g transform={at}>
        <text class="measure-words numbers" text-anchor="middle" dominant-baseline="central">
          {words}
        </text>
        <g transform={side}>
          <RemoveButton onPress={remove} />
        </g>
      </g>
    </>
  );
}

function RemoveButton({ onPress }: { onPress: () => void }): JSX.Element {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onPress();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: it lies in a drawing.
    <g
      class="measure-remove"
      role="button"
      tabindex={0}
      aria-label="Remove the measuring line"
      onClick={onPress}
      onKeyDown={onKeyDown}
    >
      <circle r="12" />
      <path d="M-4 -4 4 4M-4 4 4 -4" />
    </g>
  );
}
