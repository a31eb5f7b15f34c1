import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { SpacePoint } from "@brainatlas/sdk/sync";
import type { SlicePlane, Volume } from "@brainatlas/sdk/volume";
import { type ReadonlySignal, useSignalEffect } from "@preact/signals";
import type { JSX, TargetedPointerEvent } from "preact";
import { useRef } from "preact/hooks";
import { paintSlice } from "../draw/paint-slice.ts";
import { printMm } from "../model/plates.ts";
import { atSlice, pointInSlice, shareInSlice, sliceAxes, sliceCount, sliceIndex, spanUm } from "../model/slices.ts";
import { useSession } from "../session/context.ts";
import type { SliceCache } from "./slice-cache.ts";

/** One slice of a volume. */
export interface VolumeSliceProps {
  readonly plane: SlicePlane;
  readonly volume: Volume;
  readonly place: ReadonlySignal<SpacePoint>;
  /** `undefined` until the colours are known. */
  readonly pictures: ReadonlySignal<SliceCache | undefined>;
  readonly tree: ReadonlySignal<StructureTree | undefined>;
  readonly pxPerUm: ReadonlySignal<number>;
  readonly onMove: (point: SpacePoint) => void;
}

/** Slices that a key goes on by. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

const NAMES = { coronal: "Coronal slice", sagittal: "Sagittal slice", horizontal: "Horizontal slice" } as const;

/** A slice through the place: a press or a drag in it moves the place, the wheel and keys go to the slices before and after it. */
export function VolumeSlice(props: VolumeSliceProps): JSX.Element {
  const { plane, volume, place, tree, pxPerUm, onMove } = props;
  const session = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => paint(canvas.current, props));
  const { right, down, normal } = sliceAxes(plane);
  const [width, height] = [spanUm(volume, right) * pxPerUm.value, spanUm(volume, down) * pxPerUm.value];
  const at = place.value;
  const index = sliceIndex(volume, plane, at);
  const structure = tree.value?.get(volume.labelAt([at.x, at.y, at.z]) ?? 0);
  const position = printMm(at[normal]);
  const step = (by: number): void =>
    onMove(atSlice(volume, plane, place.peek(), sliceIndex(volume, plane, place.peek()) + by));
  const pointAt = (event: TargetedPointerEvent<HTMLCanvasElement>): SpacePoint => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
    return pointInSlice(volume, plane, place.peek(), share);
  };
  return (
    <figure class={`volume-slice ${plane}`}>
      <canvas
        ref={canvas}
        style={{ width: `${width}px`, height: `${height}px` }}
        role="slider"
        tabIndex={0}
        aria-label={NAMES[plane]}
        aria-valuemin={1}
        aria-valuemax={sliceCount(volume, plane)}
        aria-valuenow={index + 1}
        aria-valuetext={`${position}, ${structure?.name ?? "no structure"}`}
        onKeyDown={(event) => {
          const by = STEPS[event.key];
          if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
          event.preventDefault();
          event.stopPropagation();
          step(by);
        }}
        onWheel={(event) => {
          event.preventDefault();
          if (event.deltaY !== 0) step(Math.sign(event.deltaY));
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          onMove(pointAt(event));
        }}
        onPointerMove={(event) => {
          const point = pointAt(event);
          session.pointed.value = volume.labelAt([point.x, point.y, point.z]);
          if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(point);
        }}
        onPointerLeave={() => {
          session.pointed.value = undefined;
        }}
      />
      <figcaption class="small numbers glass">
        {normal} {position}
      </figcaption>
    </figure>
  );
}

function paint(canvas: HTMLCanvasElement | null, { plane, volume, place, pictures, pxPerUm }: VolumeSliceProps): void {
  const [at, scale, cache] = [place.value, pxPerUm.value, pictures.value];
  const context = canvas?.getContext("2d");
  if (canvas === null || context === null || context === undefined || cache === undefined || scale === 0) return;
  const density = window.devicePixelRatio;
  const { right, down } = sliceAxes(plane);
  const [width, height] = [right, down].map((axis) => Math.max(1, Math.round(spanUm(volume, axis) * scale * density)));
  if (canvas.width !== width) canvas.width = width ?? 1;
  if (canvas.height !== height) canvas.height = height ?? 1;
  const style = getComputedStyle(canvas);
  paintSlice(context, {
    picture: cache.get(plane, sliceIndex(volume, plane, at)),
    cross: shareInSlice(volume, plane, at),
    lineColour: style.getPropertyValue("--cross"),
    edgeColour: style.getPropertyValue("--stage"),
    density,
  });
}
