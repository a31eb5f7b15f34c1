import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { JSX } from "preact";
import { withStructure } from "../model/selection.ts";
import { structureWords } from "../model/structure-words.ts";
import { useSession } from "../session/context.ts";
import { Swatch } from "./swatch.tsx";

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
  const { acronym, name, path } = structureWords(tree, id);
  const select = (event: MouseEvent): void => {
    const isAdditive = event.ctrlKey || event.metaKey || event.shiftKey;
    session.change((view) => withStructure(view, id, isAdditive), "step");
  };
  return (
    <button type="button" class="structure-line" title="Select this structure" onClick={select}>
      <Swatch id={id} tree={tree} />
      <span>
        <strong>{acronym}</strong> {name}
        {path === "" ? undefined : <span class="small soft structure-line-more">{path}</span>}
        {by === "" ? undefined : <span class="small soft structure-line-more">{by}</span>}
      </span>
    </button>
  );
}
