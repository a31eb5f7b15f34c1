import { remember, remembered } from "./remembered.ts";

const KEY = "filmstrip";

/** Where there is little room, the filmstrip is closed at first. */
const LITTLE_ROOM = "(max-width: 640px), (max-height: 560px)";

/** Whether the filmstrip is open: as it was left, else where there is room. */
export function isFilmOpen(): boolean {
  const kept = remembered(KEY);
  return kept === undefined ? !matchMedia(LITTLE_ROOM).matches : kept === "open";
}

/** Keeps whether the filmstrip is open. */
export function rememberFilm(isOpen: boolean): void {
  remember(KEY, isOpen ? "open" : "closed");
}
