import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Stage } from "../session/stage.ts";

/** Hands the panel to what lies over its picture. */
export const StageContext = createContext<Stage | undefined>(undefined);

/**
 * The panel that a component lies in.
 *
 * @throws {Error} If it lies in none.
 */
export function useStage(): Stage {
  const stage = useContext(StageContext);
  if (stage === undefined) throw new Error("Cannot find the panel; put the component into one");
  return stage;
}
