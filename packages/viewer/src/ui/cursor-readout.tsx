import type { ImagePoint } from "@brainatlas/sdk/sync";
import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { spaceOf } from "../model/follow.ts";
import { spaceTitle, spaceWords } from "../model/place-words.ts";
import { toImage } from "../model/screen-map.ts";
import type { Stage } from "../session/stage.ts";
import { useStage } from "./stage-context.ts";

/** Where the pointer is, in pixels of the image and µm of its reference space; without a pointer, the middle of the panel. */
export function CursorReadout(): JSX.Element {
  const stage = useStage();
  const point = useComputed(() => stage.pointer.value ?? readMiddle(stage));
  const place = useComputed(() => {
    const [series, image] = [stage.series.value, stage.image.value];
    return series && image && point.value && spaceOf({ series, imageId: image.id, point: point.value });
  });
  const whose = useComputed(() => (stage.pointer.value === undefined ? "Middle " : "Pointer "));
  const pixels = useComputed(() => point.value && `${Math.round(point.value.x)}, ${Math.round(point.value.y)} px`);
  const microns = useComputed(() => (place.value === undefined ? "" : ` · ${spaceWords(place.value)}`));
  const title = useComputed(
    () => place.value && `${spaceTitle(place.value)}: x to posterior, y to inferior, z to the right`,
  );
  return (
    <div class="cursor-readout glass small numbers" title={title}>
      <span class="visually-hidden">{whose}</span>
      {pixels}
      <span class="cursor-microns">{microns}</span>
    </div>
  );
}

function readMiddle({ map, size }: Stage): ImagePoint | undefined {
  const [now, { width, height }] = [map.value, size.value];
  return now && toImage(now, { x: width / 2, y: height / 2 });
}
