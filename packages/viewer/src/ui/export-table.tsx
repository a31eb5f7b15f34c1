import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { fileName } from "../export/file-name.ts";
import { paintedRegions, regionsInView } from "../export/regions-in-view.ts";
import { saveText } from "../export/save-file.ts";
import { printStructureTable, structureFacts } from "../export/structure-table.ts";
import { micronsPerPixel } from "../model/follow.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { Button } from "./button.tsx";
import type { ExportProps } from "./export-props.ts";
import { Segments } from "./segments.tsx";

/** Saves the structures that are drawn, with their areas. */
export function ExportTable({ stage, tasks }: ExportProps): JSX.Element {
  const session = useSession();
  const [isView, setView] = useState(true);
  const save = (): void => tasks.run("table", ({ signal }) => saveTable(session, stage, isView, signal));
  return (
    <fieldset class="group">
      <legend>Structures with areas</legend>
      <div class="export-row">
        <Segments
          label="Which structures"
          options={[
            { value: true, label: "In view" },
            { value: false, label: "Whole plate" },
          ]}
          value={isView}
          onChange={setView}
        />
        <Button label="Save CSV" icon="download" words disabled={tasks.running.value !== undefined} onClick={save} />
      </div>
      <p class="small soft">
        Areas are those of whole regions. Regions lie on one another: do not add up structures that lie in each other.
      </p>
    </fieldset>
  );
}

async function saveTable(session: Session, stage: Stage, isView: boolean, signal: AbortSignal): Promise<string> {
  const [series, image, map, size] = [stage.series.peek(), stage.image.peek(), stage.map.peek(), stage.size.peek()];
  if (series === undefined || image === undefined || map === undefined) throw new Error("Nothing is shown yet");
  const drawing = await session.drawings.wait(image.id, signal);
  const tree = series.graphId === undefined ? undefined : await session.trees.wait(series.graphId, signal);
  const painted = paintedRegions(drawing, session.view.peek().drawing.hiddenGroups);
  const facts = structureFacts(isView ? regionsInView(painted, map, size) : painted, tree);
  const name = fileName(series, image, [isView ? "structures-in-view" : "structures"], "csv");
  saveText(name, printStructureTable(facts, micronsPerPixel(series, image.id)), "text/csv");
  return `Saved ${name}: ${facts.length} structures`;
}
