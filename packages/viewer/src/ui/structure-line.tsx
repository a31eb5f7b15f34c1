import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { JSX } from "preact";
import { withStructure } from "../model/selection.ts";
import { useSession } from "../session/context.ts";

/** Graph whose structures the annotated volume names: that of the adult mouse. */
export const VOLUME_GRAPH_ID = 1;

/** What is said of a structure. */
export interface StructureLineProps {
  readonly id: number;
  /** `undefined` until it has come. */
  readonly tree: StructureTree | undefined;
  /** By what it is known to be there; "" for what needs no words. */
  readonly by: string;
}

/** A structure by its colour, acronym, name and path; a press selects it. */
export function StructureLine({ id, tree, by }: StructureLineProps): JSX.Element {
  const session = useSession();
  const structure = tree?.get(id);
  const rgb = tree?.rgb(id);
  const select = (event: MouseEvent): void => {
    const isAdditive = event.ctrlKey || event.metaKey || event.shiftKey;
    session.change((view) => withStructure(view, id, isAdditive), "step");
  };
  return (
    <button type="button" class="structure-line" title="Select this structure" onClick={select}>
      <span class="swatch" style={rgb === undefined ? {} : { backgroundColor: `rgb(${rgb.join(" ")})` }} />
      <span>
        <strong>{structure?.acronym ?? id}</strong> {structure?.name ?? ""}
        {tree === undefined || structure === undefined ? undefined : (
          <span class="small soft structure-line-more">
            {tree.pathText(id, { separator: " › ", label: "acronym" })}
          </span>
        )}
        {by === "" ? undefined : <span class="small soft structure-line-more">{by}</span>}
      </span>
    </button>
  );
}
