import type { JSX } from "preact";
import { useSession } from "../session/context.ts";
import { stageOf } from "../session/stage.ts";
import { later } from "./later.tsx";
import { Popover } from "./popover.tsx";
import { useTasks } from "./use-task.ts";

const ExportBody = later(async () => (await import("./export-body.tsx")).ExportBody);

/** Pictures, drawings, tables and commands of what the active panel shows. */
export function ExportMenu(): JSX.Element {
  const { stages, view } = useSession();
  const tasks = useTasks();
  const stage = stageOf(stages.value, view.value.active);
  const [series, image] = [stage?.series.value, stage?.image.value];
  return (
    <Popover label="Export" icon="download" keys="E" at="below-right">
      {stage === undefined || series === undefined || image === undefined ? (
        <p class="soft">Nothing is shown yet.</p>
      ) : (
        <ExportBody stage={stage} tasks={tasks} series={series} image={image} />
      )}
    </Popover>
  );
}
