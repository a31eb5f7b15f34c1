import type { JSX } from "preact";
import { shownWords } from "../model/layer-words.ts";
import { DEFAULT_DRAWING, DEFAULT_PICTURE, withPanel } from "../model/view.ts";
import { useSession } from "../session/context.ts";
import { Button } from "./button.tsx";
import { DrawingControls } from "./drawing-controls.tsx";
import { PictureControls } from "./picture-controls.tsx";
import { Popover } from "./popover.tsx";
import { useStage } from "./stage-context.ts";

/** What is shown in a panel: its pictures, the drawing, and how. */
export function LayerControls(): JSX.Element | undefined {
  const session = useSession();
  const stage = useStage();
  const [series, image] = [stage.series.value, stage.image.value];
  if (series === undefined || image === undefined) return undefined;
  const { drawing } = session.view.value;
  const reset = (): void =>
    session.change(
      (view) =>
        withPanel({ ...view, drawing: DEFAULT_DRAWING }, stage.index, (panel) => {
          const { shown, over, mix, share } = DEFAULT_PICTURE;
          return { ...panel, picture: { ...panel.picture, shown, over, mix, share } };
        }),
      "step",
    );
  return (
    <>
      <Popover label="Layers" icon="layers">
        <div class="layer-form">
          <PictureControls series={series} image={image} />
          {series.isDrawn ? <DrawingControls series={series} image={image} /> : undefined}
          <Button label="Reset" onClick={reset} />
        </div>
      </Popover>
      <span class="layer-words glass small">{shownWords(series, image, stage.panel.value.picture, drawing)}</span>
    </>
  );
}
