import type { Session } from "../session/session.ts";

/**
 * Copies a text, and says so.
 *
 * @param done What is said then, such as "Link copied".
 */
export async function copyText(session: Pick<Session, "notice">, text: string, done: string): Promise<void> {
  const isCopied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  session.notice.value = isCopied === true || copyByField(text) ? done : "The browser does not allow copying here";
}

/** As it is done where the page came by plain http from another computer: there the clipboard is closed to scripts. */
function copyByField(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  const focused = document.activeElement;
  // Outside of an open dialog nothing can be selected, or it closes.
  (focused?.closest("dialog, [role=dialog]") ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
