/** What a key does. */
export type KeyAction =
  | "previousPlate"
  | "nextPlate"
  | "tenBack"
  | "tenOn"
  | "firstPlate"
  | "lastPlate"
  | "zoomIn"
  | "zoomOut"
  | "wholePlate"
  | "actualPixels"
  | "panLeft"
  | "panRight"
  | "panUp"
  | "panDown"
  | "rotate"
  | "rotateBack"
  | "fullScreen"
  | "drawing"
  | "outlines"
  | "colours"
  | "picture"
  | "mix"
  | "measure"
  | "link"
  | "addPanel"
  | "volume"
  | "tree"
  | "search"
  | "nextWithSelected"
  | "previousWithSelected"
  | "export"
  | "help"
  | "clear";

/** A key with what it does. */
export interface KeyBinding {
  readonly action: KeyAction;
  /** Keys as {@link chordOf} names them, each of which does it. */
  readonly chords: readonly [string, ...string[]];
  /** As the help shows them. */
  readonly shown: readonly [string, ...string[]];
  readonly does: string;
  readonly group: KeyGroup;
}

/** Headings of the help, in its order. */
export const KEY_GROUPS = ["Plates", "Picture", "Drawing and structures", "Panels and page"] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

/** All keys of the page. */
export const KEY_BINDINGS: readonly KeyBinding[] = [
  bind("Plates", "previousPlate", "Previous plate", ["ArrowLeft"], ["←"]),
  bind("Plates", "nextPlate", "Next plate", ["ArrowRight"], ["→"]),
  bind("Plates", "tenBack", "Ten plates back", ["PageUp"], ["Page ↑"]),
  bind("Plates", "tenOn", "Ten plates on", ["PageDown"], ["Page ↓"]),
  bind("Plates", "firstPlate", "First plate", ["Home"]),
  bind("Plates", "lastPlate", "Last plate", ["End"]),
  bind("Plates", "nextWithSelected", "Next plate with what is selected", ["N"]),
  bind("Plates", "previousWithSelected", "Previous plate with what is selected", ["Shift+N"]),
  bind("Picture", "zoomIn", "Zoom in", ["+", "="], ["+"]),
  bind("Picture", "zoomOut", "Zoom out", ["-"], ["−"]),
  bind("Picture", "wholePlate", "Whole plate", ["0"]),
  bind("Picture", "actualPixels", "Actual pixels", ["1"]),
  bind("Picture", "panLeft", "Move to the left", ["Shift+ArrowLeft"], ["⇧ ←"]),
  bind("Picture", "panRight", "Move to the right", ["Shift+ArrowRight"], ["⇧ →"]),
  bind("Picture", "panUp", "Move up", ["Shift+ArrowUp"], ["⇧ ↑"]),
  bind("Picture", "panDown", "Move down", ["Shift+ArrowDown"], ["⇧ ↓"]),
  bind("Picture", "rotate", "Rotate by 90°", ["R"]),
  bind("Picture", "rotateBack", "Upright again", ["Shift+R"]),
  bind("Picture", "picture", "Next picture of the plate", ["P"]),
  bind("Picture", "mix", "Two pictures: blend, swipe, one", ["S"]),
  bind("Picture", "measure", "Measure", ["M"]),
  bind("Picture", "fullScreen", "Full screen", ["F"]),
  bind("Drawing and structures", "drawing", "Drawing on or off", ["D"]),
  bind("Drawing and structures", "outlines", "Outlines only", ["O"]),
  bind("Drawing and structures", "colours", "Colours on or off", ["C"]),
  bind("Drawing and structures", "tree", "Tree of structures", ["T"]),
  bind("Drawing and structures", "search", "Search", ["/"]),
  bind("Drawing and structures", "clear", "Close, or clear what is selected", ["Escape"], ["Esc"]),
  bind("Panels and page", "addPanel", "Add a panel", ["A"]),
  bind("Panels and page", "link", "Link panels", ["L"]),
  bind("Panels and page", "volume", "Slices of the volume", ["V"]),
  bind("Panels and page", "export", "Export", ["E"]),
  bind("Panels and page", "help", "These keys", ["?"]),
];

/** What a key press has of a keyboard event. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "altKey" | "metaKey">;

/** Keys that widgets with rows or a value use for themselves. */
const WIDGET_CHORDS: readonly string[] = [
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Shift+ArrowLeft",
  "Shift+ArrowRight",
  "Shift+ArrowUp",
  "Shift+ArrowDown",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "+",
  "-",
];

/**
 * Name of a key press, such as "R", "Shift+R", "ArrowLeft" and "?"; `undefined` with Ctrl, Alt or the command key, which are the browser's.
 * Letters count as on a Latin keyboard where the layout has others.
 */
export function chordOf({ key, code, shiftKey, ctrlKey, altKey, metaKey }: KeyPress): string | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const letter = /^[a-z]$/i.test(key) ? key : /^\P{ASCII}$/u.test(key) ? /^Key([A-Z])$/.exec(code)?.[1] : undefined;
  if (letter !== undefined) return (shiftKey ? "Shift+" : "") + letter.toUpperCase();
  return key.length > 1 && shiftKey ? `Shift+${key}` : key;
}

/** What a key does; `undefined` for a key that is not the page's. */
export function bindingOf(chord: string | undefined): KeyBinding | undefined {
  return KEY_BINDINGS.find(({ chords }) => chord !== undefined && chords.includes(chord));
}

/** Whether a key belongs to the widget that has the focus where that has rows or a value, such as a tree or a slider. */
export function isWidgetKey(chord: string): boolean {
  return WIDGET_CHORDS.includes(chord);
}

function bind(
  group: KeyGroup,
  action: KeyAction,
  does: string,
  chords: readonly [string, ...string[]],
  shown: readonly [string, ...string[]] = [chords[0].replace("Shift+", "⇧ ")],
): KeyBinding {
  return { group, action, does, chords, shown };
}
