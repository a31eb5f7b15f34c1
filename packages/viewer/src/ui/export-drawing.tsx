import { printDrawing } from "@brainatlas/sdk/drawing";
import type { JSX } from "preact";
import { fileName } from "../export/file-name.ts";
import { saveText } from "../export/save-file.ts";
import { visibleGroups } from "../model/drawing-groups.ts";
import { withDescendants } from "../model/selection.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { stageTree } from "../session/stage-drawing.ts";
import { Button } from "./button.tsx";
import type { ExportProps } from "./export-props.ts";

/** Saves the drawing, or of it the selected structures. */
export function ExportDrawing({ stage, tasks }: ExportProps): JSX.Element {
  const session = useSession();
  const selected = session.view.value.structures.length;
  const isBusy = tasks.running.value !== undefined;
  const save = (isSelection: boolean): void =>
    tasks.run("drawing", ({ signal }) => saveDrawing(session, stage, isSelection, signal));
  return (
    <fieldset class="group">
      <legend>Drawing (SVG)</legend>
      <div class="export-row">
        <Button label="Whole drawing" icon="download" words disabled={isBusy} onClick={() => save(false)} />
        <Button
          label={selected === 0 ? "Selection" : `Selection (${selected})`}
          icon="download"
          words
          disabled={isBusy || selected === 0}
          onClick={() => save(true)}
        />
      </div>
    </fieldset>
  );
}

async function saveDrawing(session: Session, stage: Stage, isSelection: boolean, signal: AbortSignal): Promise<string> {
  const [series, image] = [stage.series.peek(), stage.image.peek()];
  if (series === undefined || image === undefined) throw new Error("Nothing is shown yet");
  const drawing = await session.drawings.wait(image.id, signal);
  const view = session.view.peek();
  const structureIds = isSelection ? withDescendants(view.structures, stageTree(session, stage)) : undefined;
  if (structureIds !== undefined && drawing.regionsOf(structureIds).length === 0) {
    throw new Error("What is selected is not drawn on this plate; go to one that shows it, or select something else");
  }
  const groups = visibleGroups(drawing, view.drawing.hiddenGroups);
  const name = fileName(series, image, [isSelection ? "selection" : "drawing"], "svg");
  saveText(name, printDrawing(drawing, { structureIds, groups }), "image/svg+xml");
  return `Saved ${name}`;
}
