import { withStructure } from "../model/selection.ts";
import { flyToStructures } from "../session/fly-to-structures.ts";
import type { Session } from "../session/session.ts";

/**
 * Selects a structure from a list, and goes to it.
 *
 * @param isAdditive Adds it to the others, or takes it away where it is selected.
 */
export function chooseStructure(session: Session, id: number, isAdditive: boolean): void {
  const before = session.view.peek();
  session.change((view) => withStructure(view, id, isAdditive), "step");
  const after = session.view.peek();
  if (after.structures.includes(id)) void flyToStructures(session, [id], after === before ? "step" : "move");
}
