/** Gives the focus to the picture of the active panel, which hears the keys of the page as a field does not; `false` where there is none. */
export function focusPicture(): boolean {
  const picture = document.querySelector<HTMLElement>(".panel.active .panel-picture [tabindex='0']");
  picture?.focus({ preventScroll: true });
  return picture !== null;
}
