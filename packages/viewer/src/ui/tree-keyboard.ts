import { findTyped, moveInTree } from "../model/tree-keys.ts";
import type { Session } from "../session/session.ts";
import { chooseStructure } from "./choose-structure.ts";
import type { TreeState } from "./tree-state.ts";

/** How long letters that are typed count as one word, in ms. */
const TYPING_MS = 700;

/** Keys that the tree keeps for itself where there is nowhere to go, too. */
const NAVIGATION: ReadonlySet<string> = new Set([
  ...["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"],
  ...["Home", "End", "PageUp", "PageDown", "*"],
]);

/** Goes to a line of the tree, and outlines its structure in the pictures. */
function goToLine(session: Session, state: TreeState, id: number): void {
  state.activeId.value = id;
  state.wantedId.value = id;
  session.pointed.value = id;
}

/** Makes what hears the keys of the tree: those that it has a use for reach nobody else. */
export function createTreeKeyboard(
  session: Session,
  state: TreeState,
  pageRows: () => number,
): (event: KeyboardEvent) => void {
  let typed = "";
  let typedAtMs = Number.NEGATIVE_INFINITY;

  const select = (event: KeyboardEvent): boolean => {
    const id = state.activeId.peek() ?? state.rows.peek()[0]?.id;
    if (id !== undefined) chooseStructure(session, id, event.ctrlKey || event.metaKey || event.shiftKey);
    return true;
  };
  const navigate = (event: KeyboardEvent): boolean => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    // Those are the browser's, such as Alt and an arrow to go back.
    if (ctrlKey || metaKey || altKey) return false;
    const place = { rows: state.rows.peek(), activeId: state.activeId.peek(), pageRows: pageRows() };
    const move = moveInTree(place, key);
    if (move?.kind === "go") {
      goToLine(session, state, move.id);
      if (shiftKey && key.startsWith("Arrow")) chooseStructure(session, move.id, true);
    } else if (move !== undefined) state.setOpen(move.kind === "open", move.ids);
    return move !== undefined || NAVIGATION.has(key);
  };
  const type = ({ key, timeStamp, ctrlKey, metaKey, altKey }: KeyboardEvent, isTyping: boolean): boolean => {
    if (!/^[\p{L}\p{N} ]$/u.test(key) || ctrlKey || metaKey || altKey) return false;
    typed = isTyping ? typed + key : key;
    typedAtMs = timeStamp;
    const id = findTyped({ rows: state.rows.peek(), activeId: state.activeId.peek() }, typed);
    if (id !== undefined) goToLine(session, state, id);
    return true;
  };
  const use = (event: KeyboardEvent): boolean => {
    const isTyping = typed !== "" && event.timeStamp - typedAtMs < TYPING_MS;
    if (event.key === "Enter" || (event.key === " " && !isTyping)) return select(event);
    return navigate(event) || type(event, isTyping);
  };
  return (event) => {
    if (!use(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
