import type { JSX } from "preact";
import { pictureWords } from "../model/layer-words.ts";
import { overKind, pictureKinds, shownKind } from "../model/picture-layers.ts";
import type { Series, SeriesImage } from "../model/series.ts";
import type { PictureView } from "../model/view.ts";
import { useChangePicture } from "./change-picture.ts";
import { RadioGroup } from "./radio-group.tsx";
import { ShareField } from "./range-field.tsx";
import { useStage } from "./stage-context.ts";

/** Which picture is shown, and which one over it. */
export function PictureControls({ series, image }: { series: Series; image: SeriesImage }): JSX.Element {
  const change = useChangePicture();
  const view = useStage().panel.value.picture;
  const kinds = pictureKinds(series, image);
  const shown = shownKind(series, image, view.shown);
  const over = overKind(series, image, view);
  const others = kinds.filter((kind) => kind !== shown && kind !== "none");
  const option = <Kind extends (typeof kinds)[number]>(value: Kind) => ({ value, label: pictureWords(series, value) });
  return (
    <>
      {kinds.length === 0 ? <p class="small soft">This image has no picture here.</p> : undefined}
      {kinds.length > 1 ? (
        <RadioGroup
          label="Picture"
          options={kinds.map((kind) =>
            kind === "none" ? { value: kind, label: "None, the drawing alone" } : option(kind),
          )}
          value={shown}
          onChange={(kind) => change({ shown: kind }, "step")}
        />
      ) : undefined}
      {others.length > 0 && shown !== "none" ? (
        <RadioGroup
          label="Second picture over it"
          options={[{ value: undefined, label: "None" }, ...others.map(option)]}
          value={over}
          onChange={(kind) => change({ over: kind }, "step")}
        />
      ) : undefined}
      {over === undefined ? undefined : (
        <>
          <RadioGroup<PictureView["mix"]>
            label="Together by"
            options={[
              { value: "blend", label: "Blend" },
              { value: "swipe", label: "Swipe" },
            ]}
            value={view.mix}
            onChange={(mix) => change({ mix }, "step")}
          />
          <ShareField
            label={view.mix === "blend" ? `How much ${pictureWords(series, over).toLowerCase()} shows` : "Swipe line"}
            value={view.share}
            onInput={(share) => change({ share }, "move")}
          />
        </>
      )}
    </>
  );
}
