import type { JSX } from "preact";
import { readyValue } from "../load/loaded.ts";
import { groupWords } from "../model/layer-words.ts";
import { overKind, shownKind } from "../model/picture-layers.ts";
import type { DrawingGroupLabel, Series, SeriesImage } from "../model/series.ts";
import type { DrawingView } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import type { ChangeKind } from "../session/session.ts";
import { stageDrawing } from "../session/stage-drawing.ts";
import { CheckField } from "./check-field.tsx";
import { ShareField } from "./range-field.tsx";
import { useStage } from "./stage-context.ts";

/** How drawings are laid over the pictures. */
export function DrawingControls({ series, image }: { series: Series; image: SeriesImage }): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const { drawing } = session.view.value;
  const loaded = stageDrawing(session, stage);
  const change = (next: Partial<DrawingView>, kind: ChangeKind = "step"): void =>
    session.change((view) => ({ ...view, drawing: { ...view.drawing, ...next } }), kind);
  const { picture } = stage.panel.value;
  const isAlone = shownKind(series, image, picture.shown) === "none" && overKind(series, image, picture) === undefined;
  const off = drawing.shown ? undefined : "the drawing is off";
  const inGroups = new Set(readyValue(loaded)?.groups.map(({ labelId }) => labelId));
  const whyNot = ({ id }: DrawingGroupLabel): string | undefined =>
    loaded?.state === "ready" && !inGroups.has(id) ? "none on this plate" : off;
  const toggleGroup = (id: number, isShown: boolean): void => {
    const others = drawing.hiddenGroups.filter((each) => each !== id);
    change({ hiddenGroups: isShown ? others : [...others, id] });
  };
  return (
    <fieldset class="group">
      <legend>Drawing</legend>
      {loaded?.state === "failed" ? <p class="small soft">The drawing of this plate did not come.</p> : undefined}
      <CheckField label="Drawing over the picture" checked={drawing.shown} onChange={(shown) => change({ shown })} />
      <ShareField
        label="Opacity"
        value={isAlone ? 1 : drawing.opacity}
        disabled={
          off ?? (drawing.outlinesOnly ? "Outlines are not filled." : isAlone ? "Alone it is opaque." : undefined)
        }
        onInput={(opacity) => change({ opacity }, "move")}
      />
      <CheckField
        label="Outlines only"
        checked={drawing.outlinesOnly}
        disabled={off}
        onChange={(outlinesOnly) => change({ outlinesOnly })}
      />
      <CheckField
        label="Colours"
        checked={drawing.colours}
        disabled={off}
        onChange={(colours) => change({ colours })}
      />
      {series.groups.map((group) => (
        <CheckField
          key={group.id}
          label={groupWords(group, series.imageType)}
          checked={!drawing.hiddenGroups.includes(group.id)}
          disabled={whyNot(group)}
          onChange={(isShown) => toggleGroup(group.id, isShown)}
        />
      ))}
    </fieldset>
  );
}
