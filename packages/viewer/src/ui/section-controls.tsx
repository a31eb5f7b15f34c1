import type { JSX } from "preact";
import { FULL_RANGE } from "../model/channel-window.ts";
import { maskOf } from "../model/layer-words.ts";
import { overKind, pictureKinds, shownKind } from "../model/picture-layers.ts";
import type { PictureView } from "../model/view.ts";
import { Button } from "./button.tsx";
import { useChangePicture } from "./change-picture.ts";
import { MaskControls } from "./mask-controls.tsx";
import { Popover } from "./popover.tsx";
import { RangeField } from "./range-field.tsx";
import { useStage } from "./stage-context.ts";
import { useDraft } from "./use-draft.ts";
import { WindowFields } from "./window-fields.tsx";

/** Gain and bias that change nothing, as mirrors read them. */
const NO_CONTRAST = [0.5, 0.5] as const;

/** How the sections of experiments are made: windows, colours, contrast. Plates are shown as they are. */
export function SectionControls(): JSX.Element | undefined {
  const stage = useStage();
  const change = useChangePicture();
  const [series, image, view] = [stage.series.value, stage.image.value, stage.panel.value.picture];
  if (series === undefined || image === undefined || series.ref.kind === "atlas") return undefined;
  const mask = maskOf(pictureKinds(series, image));
  const isPrimary = shownKind(series, image, view.shown) === "primary" || overKind(series, image, view) === "primary";
  const isDeep = image.record.bits_per_component === 16;
  return (
    <Popover label="Section picture" icon="sliders">
      <div class="layer-form">
        {mask === undefined ? undefined : <MaskControls series={series} image={image} mask={mask} />}
        {isDeep && isPrimary ? (
          <WindowFields
            range={view.range ?? series.serviceRange ?? FULL_RANGE}
            onChange={(range) => change({ range }, "move")}
          />
        ) : undefined}
        {isPrimary ? (
          <ContrastFields contrast={view.contrast} onChange={(contrast) => change({ contrast }, "move")} />
        ) : (
          <p class="small soft">Intensities and contrast are set of the section itself, which is not shown.</p>
        )}
        <Button
          label="Service's own"
          disabled={view.range === undefined && view.colormap === undefined && view.contrast === undefined}
          onClick={() => change({ range: undefined, colormap: undefined, contrast: undefined }, "step")}
        />
      </div>
    </Popover>
  );
}

function ContrastFields({
  contrast = NO_CONTRAST,
  onChange,
}: {
  contrast: PictureView["contrast"];
  onChange: (contrast: readonly [number, number]) => void;
}): JSX.Element {
  const draft = useDraft(contrast, onChange);
  const [gain, bias] = draft.value;
  const slider = { min: 0, max: 1, step: 0.01, words: (value: number) => value.toFixed(2) };
  return (
    <fieldset class="group">
      <legend>Contrast</legend>
      <RangeField label="Gain" {...slider} value={gain} onInput={(value) => draft.set([value, bias])} />
      <RangeField label="Bias" {...slider} value={bias} onInput={(value) => draft.set([gain, value])} />
    </fieldset>
  );
}
