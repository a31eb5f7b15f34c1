import type { JSX } from "preact";
import type { Series, SeriesImage } from "../model/series.ts";
import { ExportCommands } from "./export-commands.tsx";
import { ExportDrawing } from "./export-drawing.tsx";
import { ExportPicture } from "./export-picture.tsx";
import { ExportPlate } from "./export-plate.tsx";
import type { ExportProps } from "./export-props.ts";
import { ExportTable } from "./export-table.tsx";
import { TaskProgress } from "./task-progress.tsx";

/** What the export menu offers for an image. */
export function ExportBody({
  stage,
  tasks,
  series,
  image,
}: ExportProps & { readonly series: Series; readonly image: SeriesImage }): JSX.Element {
  return (
    <div class="export">
      <TaskProgress tasks={tasks} />
      <ExportPicture stage={stage} tasks={tasks} />
      <ExportPlate stage={stage} tasks={tasks} key={image.id} />
      {series.isDrawn ? <ExportDrawing stage={stage} tasks={tasks} /> : undefined}
      {series.isDrawn ? <ExportTable stage={stage} tasks={tasks} /> : undefined}
      <ExportCommands stage={stage} />
    </div>
  );
}
