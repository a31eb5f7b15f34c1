import { COLORMAPS, type ColormapName, type ColormapThreshold } from "@brainatlas/sdk/image";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { pictureWords } from "../model/layer-words.ts";
import { overKind, shownKind } from "../model/picture-layers.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import { useChangePicture } from "./change-picture.ts";
import { CheckField } from "./check-field.tsx";
import { RangeField, ShareField } from "./range-field.tsx";
import { useStage } from "./stage-context.ts";
import { useDraft } from "./use-draft.ts";

/** Names of the service's colour maps, by their numbers. */
const MAPS = Object.keys(COLORMAPS) as readonly ColormapName[]; // The table's keys, by its type.

/** Largest lower threshold, in values of the mask. */
const MAX_THRESHOLD = 255;

/** The mask of a section: over it, and in which colours. */
export function MaskControls({
  series,
  image,
  mask,
}: {
  series: Series;
  image: SeriesImage;
  mask: "expression" | "projection";
}): JSX.Element {
  const change = useChangePicture();
  const view = useStage().panel.value.picture;
  const id = useId();
  const colormap = view.colormap;
  const threshold = useDraft(colormap?.lowerThreshold ?? 0, (lowerThreshold) => {
    if (colormap !== undefined) change({ colormap: { ...colormap, lowerThreshold } }, "move");
  });
  const isShown = shownKind(series, image, view.shown) === mask;
  const isOver = overKind(series, image, view) === mask;
  const name = pictureWords(series, mask);
  const hidden = isShown || isOver ? undefined : "The mask is not shown.";
  const chooseMap = (map: string): void => {
    const chosen = MAPS.find((each) => each === map);
    const next: ColormapThreshold | undefined = chosen && { map: chosen, lowerThreshold: colormap?.lowerThreshold };
    change({ colormap: next }, "step");
  };
  return (
    <fieldset class="group">
      <legend>{name} mask</legend>
      <CheckField
        label={`${name} mask over the section`}
        checked={isOver}
        disabled={isShown ? "it is shown itself" : undefined}
        onChange={(isOn) => change(isOn ? { over: mask, mix: "blend", share: 1 } : { over: undefined }, "step")}
      />
      {isOver && view.mix === "blend" ? (
        <ShareField label="How much of it shows" value={view.share} onInput={(share) => change({ share }, "move")} />
      ) : undefined}
      <label class="range-field" for={id}>
        Colour map
      </label>
      <select
        id={id}
        class="field"
        value={mapName(colormap)}
        disabled={hidden !== undefined}
        onChange={(event) => chooseMap(event.currentTarget.value)}
      >
        <option value="">Service's own</option>
        {MAPS.map((map) => (
          <option key={map} value={map}>
            {map}
          </option>
        ))}
      </select>
      <RangeField
        label="Colours from value"
        value={threshold.value}
        min={0}
        max={MAX_THRESHOLD}
        step={1}
        disabled={hidden ?? (colormap === undefined ? "Choose a colour map first." : undefined)}
        onInput={threshold.set}
      />
    </fieldset>
  );
}

function mapName(colormap: ColormapThreshold | undefined): string {
  if (colormap === undefined) return "";
  return typeof colormap.map === "string" ? colormap.map : (MAPS.find((map) => COLORMAPS[map] === colormap.map) ?? "");
}
