import { useComputed } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { thumbnailPath } from "../model/film.ts";
import { frameInside, overviewSize, seesWhole } from "../model/overview.ts";
import type { SeriesImage } from "../model/series.ts";
import { useSession } from "../session/context.ts";
import type { Stage } from "../session/stage.ts";
import { Button } from "./button.tsx";
import { useStage } from "./stage-context.ts";

/** Panels smaller than this have no room for it, in CSS pixels. */
const LEAST_PANEL_PX = { width: 420, height: 300 } as const;

/** The whole image in a corner, with what is seen of it; while a part of it is seen. */
export function Overview(): JSX.Element | undefined {
  const { page } = useSession();
  const stage = useStage();
  const image = stage.image.value;
  const isNeeded = useComputed(() => {
    const [map, size, record] = [stage.map.value, stage.size.value, stage.image.value?.record];
    const hasRoom = size.width >= LEAST_PANEL_PX.width && size.height >= LEAST_PANEL_PX.height;
    return hasRoom && map !== undefined && record !== undefined && !seesWhole(map, size, record);
  }).value;
  if (image === undefined || !isNeeded) return undefined;
  const toggle = (): void => {
    page.overview.value = !page.overview.value;
  };
  return (
    <div class={page.overview.value ? "overview glass" : "overview"}>
      {page.overview.value ? <Inset stage={stage} image={image} /> : undefined}
      <Button
        label={page.overview.value ? "Hide the overview" : "Overview"}
        icon={page.overview.value ? "close" : "overview"}
        onClick={toggle}
      />
    </div>
  );
}

/** Keys pan and zoom the picture itself; so this is for the pointer alone. */
function Inset({ stage, image }: { stage: Stage; image: SeriesImage }): JSX.Element {
  const { api } = useSession();
  const box = useRef<SVGSVGElement>(null);
  const { width, height } = overviewSize(image.record);
  const scale = width / image.record.width;
  const frame = useComputed(() => {
    const corners = stage.map.value === undefined ? [] : frameInside(stage.map.value, stage.size.value, scale);
    return corners.map(({ x, y }) => `${x},${y}`).join(" ");
  });
  const series = stage.series.value;
  const path = series && thumbnailPath(series, image);
  const goThere = (event: PointerEvent, smoothly: boolean): void => {
    const [zoom, edges] = [stage.zoom.peek(), box.current?.getBoundingClientRect()];
    const place = zoom?.place();
    if (zoom === undefined || place === undefined || edges === undefined) return;
    const centre = { x: (event.clientX - edges.left) / scale, y: (event.clientY - edges.top) / scale };
    zoom.goTo({ ...place, centre }, smoothly);
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    box.current?.setPointerCapture(event.pointerId);
    goThere(event, true);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (box.current?.hasPointerCapture(event.pointerId) === true) goThere(event, false);
  };
  return (
    <svg
      ref={box}
      class="overview-inset"
      width={width}
      height={height}
      aria-hidden="true"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    >
      {path === undefined ? undefined : (
        <image href={api.baseUrl + path} width={width} height={height} preserveAspectRatio="none" />
      )}
      <polygon class="overview-frame" points={frame} />
    </svg>
  );
}
