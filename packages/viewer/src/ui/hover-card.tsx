import type { StructureTree } from "@brainatlas/sdk/ontology";
import { useComputed, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { cardPlace } from "../model/card-place.ts";
import { toScreen } from "../model/screen-map.ts";
import { structureWords } from "../model/structure-words.ts";
import { useSession } from "../session/context.ts";
import type { Session } from "../session/session.ts";
import type { Stage } from "../session/stage.ts";
import { stageTree } from "../session/stage-drawing.ts";
import { SelectionStatus } from "./selection-status.tsx";
import { useStage } from "./stage-context.ts";
import { Swatch } from "./swatch.tsx";

/** Names the structure under the pointer, beside it. Screen readers are told what is selected instead. */
export function HoverCard(): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const card = useRef<HTMLDivElement>(null);
  const structureId = useComputed(() => {
    const hover = session.hover.value;
    return hover?.panel === stage.index && hover.imageId === stage.image.value?.id ? hover.structureId : undefined;
  });
  const tree = useComputed(() => (structureId.value === undefined ? undefined : stageTree(session, stage)));
  useSignalEffect(() => putBeside(card.current, session, stage));
  const id = structureId.value;
  // Its size is that of the words.
  useLayoutEffect(() => putBeside(card.current, session, stage), [id, tree.value]);
  return (
    <>
      <div class="hover-card" ref={card} hidden={id === undefined} aria-hidden="true">
        {id === undefined ? undefined : <HoverWords id={id} tree={tree.value} />}
      </div>
      <SelectionStatus />
    </>
  );
}

function HoverWords({ id, tree }: { id: number; tree: StructureTree | undefined }): JSX.Element {
  const { acronym, name, path } = structureWords(tree, id);
  return (
    <>
      <Swatch id={id} tree={tree} />
      <span>
        <b>{acronym}</b> {name}
        {path === "" ? undefined : <span class="hover-card-path small soft">{path}</span>}
      </span>
    </>
  );
}

function putBeside(card: HTMLElement | null, session: Session, stage: Stage): void {
  const [hover, map, size] = [session.hover.value, stage.map.value, stage.size.value];
  if (card === null || hover === undefined || map === undefined || hover.panel !== stage.index) return;
  const own = { width: card.offsetWidth, height: card.offsetHeight };
  // A finger hides what is below it.
  const isAbove = matchMedia("(hover: none)").matches;
  const { left, top } = cardPlace(toScreen(map, hover.point), own, size, isAbove);
  card.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
