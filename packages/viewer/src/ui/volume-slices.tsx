import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { Axis, SpacePoint } from "@brainatlas/sdk/sync";
import type { Volume } from "@brainatlas/sdk/volume";
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { readyValue } from "../load/loaded.ts";
import { withDescendants } from "../model/selection.ts";
import { clampPoint, labelColours, middleOf, SLICE_PLANES, spanUm } from "../model/slices.ts";
import { structureWords } from "../model/structure-words.ts";
import { useSession } from "../session/context.ts";
import { createVolumePlace } from "../session/volume-place.ts";
import { createSliceCache } from "./slice-cache.ts";
import { StructureLine, VOLUME_GRAPH_ID } from "./structure-line.tsx";
import { VolumeSlice } from "./volume-slice.tsx";

/** Part of the colours where the template shows through. */
const OVER_TEMPLATE = 0.55;

/** Space between slices, in CSS pixels, as in volume.css. */
const GAP_PX = 8;

/** The three slices, all of one scale, and what is at the place. */
export function VolumeSlices({
  annotation,
  template,
}: {
  annotation: Volume;
  template: ReadonlySignal<Volume | undefined>;
}): JSX.Element {
  const session = useSession();
  const box = useRef<HTMLDivElement>(null);
  const pxPerUm = useSignal(0);
  const isUnderlaid = useSignal(true);
  const own = useMemo(() => createVolumePlace(session), [session]);
  useEffect(() => () => own.dispose(), [own]);
  useEffect(() => watchScale(box.current, annotation, (scale) => (pxPerUm.value = scale)), [annotation]);
  const place = useComputed(() => clampPoint(annotation, own.point.value ?? middleOf(annotation)));
  const tree = useComputed(() => readyValue(session.trees.get(VOLUME_GRAPH_ID).value));
  const pictures = useComputed(() => {
    const { value } = tree;
    const selected = withDescendants(session.view.value.structures, value);
    const shades = isUnderlaid.value ? template.value : undefined;
    return value && createSliceCache(annotation, labelColours(value, selected), shades, OVER_TEMPLATE);
  });
  return (
    <div class="volume-body" ref={box}>
      {SLICE_PLANES.map((plane) => (
        <VolumeSlice
          key={plane}
          plane={plane}
          volume={annotation}
          place={place}
          pictures={pictures}
          tree={tree}
          pxPerUm={pxPerUm}
          onMove={own.move}
        />
      ))}
      <div class="volume-facts">
        <PlaceFacts annotation={annotation} place={place} tree={tree} />
        {template.value === undefined ? undefined : (
          <label class="check small">
            <input
              type="checkbox"
              checked={isUnderlaid.value}
              onChange={() => {
                isUnderlaid.value = !isUnderlaid.value;
              }}
            />
            Template under the colours
          </label>
        )}
        <Pointed tree={tree} />
        <details class="small soft">
          <summary>Annotation of 2017, {annotation.spacingUm[0]} µm</summary>
          <p>{SPACE_NOTE}</p>
        </details>
      </div>
    </div>
  );
}

/** What is known of the two spaces (reference §4.6, §6.3). */
const SPACE_NOTE =
  "Reference space 9 of the plates and the common coordinate framework of the volume have the same axes and the same extent, " +
  "13.2 × 8 × 11.4 mm. The structures of the volume were drawn anew, so that their borders need not be those of the plates.";

/** What the pointer is at in a slice; its line stays, so that nothing jumps. */
function Pointed({ tree }: { tree: ReadonlySignal<StructureTree | undefined> }): JSX.Element {
  const { pointed } = useSession();
  const id = pointed.value;
  const words = id !== undefined && tree.value?.has(id) === true ? structureWords(tree.value, id) : undefined;
  return (
    <p class="small volume-pointed" title={words?.name}>
      {words === undefined ? undefined : (
        <>
          <strong>{words.acronym}</strong> {words.name}
        </>
      )}
    </p>
  );
}

function PlaceFacts({
  annotation,
  place,
  tree,
}: {
  annotation: Volume;
  place: ReadonlySignal<SpacePoint>;
  tree: ReadonlySignal<StructureTree | undefined>;
}): JSX.Element {
  const { x, y, z } = place.value;
  const id = annotation.labelAt([x, y, z]);
  return (
    <>
      <p class="numbers small">
        {(["x", "y", "z"] as const).map((axis) => `${axis} ${(place.value[axis] / 1000).toFixed(2)}`).join("  ")} mm
      </p>
      {id === undefined ? (
        <p class="small soft">No structure here.</p>
      ) : (
        <StructureLine id={id} tree={tree.value} by="" />
      )}
    </>
  );
}

/** Tells how large a µm is when all slices are to fit, coronal beside sagittal and above horizontal. */
function watchScale(element: HTMLElement | null, volume: Volume, onScale: (pxPerUm: number) => void): () => void {
  if (element === null) return () => {};
  const span = (axis: Axis): number => spanUm(volume, axis);
  const measure = (): void => {
    const across = (element.clientWidth - 3 * GAP_PX) / (span("z") + span("x"));
    const down = (element.clientHeight - 3 * GAP_PX) / (span("y") + span("x"));
    onScale(Math.max(0, Math.min(across, down)));
  };
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  measure();
  return () => observer.disconnect();
}
