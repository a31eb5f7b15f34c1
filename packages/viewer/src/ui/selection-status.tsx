import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { selectionWords } from "../model/selection-words.ts";
import { useSession } from "../session/context.ts";
import { stageTree } from "../session/stage-drawing.ts";
import { useStage } from "./stage-context.ts";

/** Says what is selected to those who do not see it, whenever it changes while the panel is the active one. */
export function SelectionStatus(): JSX.Element {
  const session = useSession();
  const stage = useStage();
  const words = useSignal("");
  const said = useRef(session.view.peek().structures);
  const structures = useComputed(() => session.view.value.structures);
  const tree = useComputed(() => stageTree(session, stage));
  useSignalEffect(() => {
    const [before, after] = [said.current, structures.value];
    said.current = after;
    const isActive = session.view.peek().active === stage.index;
    if (before !== after && isActive) words.value = selectionWords(tree.peek(), before, after);
  });
  return (
    <div class="visually-hidden" role="status">
      {words}
    </div>
  );
}
