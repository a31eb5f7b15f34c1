import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { printPng } from "../export/canvas.ts";
import { composePicture } from "../export/compose-picture.ts";
import { fileName } from "../export/file-name.ts";
import { paintFigure, readColours } from "../export/paint-figure.ts";
import { type FigureOptions, readFigure } from "../export/read-figure.ts";
import { saveFile } from "../export/save-file.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { Button } from "./button.tsx";
import { CheckField } from "./check-field.tsx";
import type { ExportProps } from "./export-props.ts";
import { Segments } from "./segments.tsx";
import type { TaskContext } from "./use-task.ts";

/** Saves what the panel shows. */
export function ExportPicture({ stage, tasks }: ExportProps): JSX.Element {
  const session = useSession();
  const [pixelRatio, setRatio] = useState(2);
  const [hasLegend, setLegend] = useState(true);
  const save = (): void =>
    tasks.run("picture", (context) => savePicture(session, stage, { pixelRatio, hasLegend }, context));
  return (
    <fieldset class="group">
      <legend>Picture of what is shown</legend>
      <div class="export-row">
        <Segments
          label="Size"
          options={[
            { value: 1, label: "1×" },
            { value: 2, label: "2×" },
          ]}
          value={pixelRatio}
          onChange={setRatio}
        />
        <CheckField label="Legend" checked={hasLegend} onChange={setLegend} />
        <Button label="Save PNG" icon="download" words disabled={tasks.running.value !== undefined} onClick={save} />
      </div>
    </fieldset>
  );
}

async function savePicture(
  session: Session,
  stage: Stage,
  options: FigureOptions,
  { signal, onProgress }: TaskContext,
): Promise<string> {
  const [series, image] = [stage.series.peek(), stage.image.peek()];
  const figure = await readFigure(session, stage, options, signal);
  if (figure === undefined || series === undefined || image === undefined) throw new Error("Nothing is shown yet");
  const picture = await composePicture(session.api, figure.shot, { signal, onProgress });
  const blob = await printPng(paintFigure(figure, picture, readColours(getComputedStyle(document.documentElement))));
  signal.throwIfAborted();
  const name = fileName(series, image, [`view-${options.pixelRatio}x`], "png");
  saveFile(name, blob);
  return `Saved ${name}`;
}
