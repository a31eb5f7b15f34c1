import type { Stage } from "../session/stage.ts";
import type { Tasks } from "./use-task.ts";

/** What each part of the export menu is given. */
export interface ExportProps {
  /** The active panel. */
  readonly stage: Stage;
  readonly tasks: Tasks;
}
