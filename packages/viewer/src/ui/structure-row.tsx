import type { StructureTree } from "@brainatlas/sdk/ontology";
import type { JSX } from "preact";
import { splitMatch, type TreeRow } from "../model/structure-rows.ts";
import { structureWords } from "../model/structure-words.ts";
import { Icon } from "./icons.tsx";
import { Swatch } from "./swatch.tsx";

/** A line of the tree of structures. */
export interface StructureRowProps {
  readonly row: TreeRow;
  /** Of all lines, 0-based. */
  readonly index: number;
  readonly tree: StructureTree;
  /** What is looked for, to be marked; empty for lines that are there for what lies in them. */
  readonly wanted: string;
  readonly isSelected: boolean;
  /** Whether it lies in something selected. */
  readonly isCovered: boolean;
  readonly isActive: boolean;
  readonly isHinted: boolean;
  /** Whether it is there only for what lies in it. */
  readonly isAside: boolean;
  /** Whether the plate does not show it. */
  readonly isAbsent: boolean;
  readonly onToggle: () => void;
  readonly onChoose: (event: MouseEvent) => void;
  readonly onPoint: () => void;
}

/** Id of the element of a line. */
export function rowElementId(structureId: number): string {
  return `structure-row-${structureId}`;
}

/** A structure in the tree: its colour, acronym, name, and how many lie in it. */
export function StructureRow(props: StructureRowProps): JSX.Element {
  const { row, index, tree, wanted, isSelected, isAbsent, onToggle, onChoose, onPoint } = props;
  const { acronym, name } = structureWords(tree, row.id);
  const onClick = (event: MouseEvent): void => {
    const isToggle = event.target instanceof Element && event.target.closest(".tree-toggle") !== null;
    if (isToggle && row.isOpen !== undefined) onToggle();
    else onChoose(event);
  };
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus, and names its line by aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys.
    <div
      role="treeitem"
      id={rowElementId(row.id)}
      class={rowClass(props)}
      style={{ "--index": index, "--level": Math.min(row.level, 20) }}
      aria-level={row.level}
      aria-setsize={row.siblings}
      aria-posinset={row.place}
      aria-expanded={row.isOpen}
      aria-selected={isSelected}
      title={`${acronym}: ${name}`}
      onClick={onClick}
      onPointerEnter={(event) => {
        if (event.pointerType === "mouse") onPoint();
      }}
    >
      <span class={row.isOpen === true ? "tree-toggle open" : "tree-toggle"}>
        {row.isOpen === undefined ? undefined : <Icon name="chevron" />}
      </span>
      <Swatch id={row.id} tree={tree} />
      <span class="tree-acronym">
        <Marked text={acronym} wanted={wanted} />
      </span>
      <span class="tree-name">
        <Marked text={name} wanted={wanted} />
      </span>
      {isAbsent ? <span class="visually-hidden">, not on this plate</span> : undefined}
      {row.below === 0 ? undefined : (
        <span class="tree-count numbers" aria-hidden="true">
          {row.below}
        </span>
      )}
    </div>
  );
}

/** A text in which what is looked for is marked. */
export function Marked({ text, wanted }: { text: string; wanted: string }): JSX.Element {
  const [before, match, after] = splitMatch(text, wanted);
  return (
    <>
      {before}
      {match === "" ? undefined : <mark>{match}</mark>}
      {after}
    </>
  );
}

function rowClass(props: StructureRowProps): string {
  const { isSelected: selected, isCovered: covered, isActive: active, isHinted: hinted } = props;
  const states = { selected, covered, active, hinted, aside: props.isAside, absent: props.isAbsent };
  return ["tree-row", ...Object.entries(states).flatMap(([name, is]) => (is ? name : []))].join(" ");
}
