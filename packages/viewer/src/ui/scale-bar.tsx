import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { scaleBar } from "../model/scale-bar.ts";
import { scaleOf } from "../model/screen-map.ts";
import { useStage } from "./stage-context.ts";
import { useResolution } from "./use-resolution.ts";

/** Where the bar stands in its drawing, in CSS pixels. */
const LEFT_PX = 1;
const HEIGHT_PX = 8;

/** How long a µm is on the screen. */
export function ScaleBar(): JSX.Element {
  const stage = useStage();
  const resolution = useResolution();
  const bar = useComputed(() => stage.map.value && scaleBar(scaleOf(stage.map.value), resolution.value));
  const label = useComputed(() => bar.value?.label ?? "");
  const right = useComputed(() => LEFT_PX + (bar.value?.lengthPx ?? 0));
  const width = useComputed(() => Math.ceil(right.value) + LEFT_PX);
  const line = useComputed(() => {
    return `M${LEFT_PX} 1v${HEIGHT_PX - 2}M${right.value} 1v${HEIGHT_PX - 2}M${LEFT_PX} ${HEIGHT_PX - 2}H${right.value}`;
  });
  return (
    <div class="scale-bar glass small numbers">
      <svg width={width} height={HEIGHT_PX} aria-hidden="true">
        <path d={line} fill="none" stroke="currentColor" stroke-width="2" />
      </svg>
      <span>
        <span class="visually-hidden">Scale bar: </span>
        {label}
      </span>
    </div>
  );
}
