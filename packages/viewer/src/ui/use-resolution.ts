import { type ReadonlySignal, useComputed } from "@preact/signals";
import { micronsPerPixel } from "../model/follow.ts";
import { useStage } from "./stage-context.ts";

/** Edge of a full-resolution pixel of the image in a panel, in µm; `undefined` where it is not known. */
export function useResolution(): ReadonlySignal<number | undefined> {
  const stage = useStage();
  return useComputed(() => {
    const [series, image] = [stage.series.value, stage.image.value];
    return series && image && micronsPerPixel(series, image.id);
  });
}
