/** How long the browser has to take a file over, in ms. */
const TAKEN_MS = 30_000;

/** Saves bytes as a file of the browser's downloads, whole or not at all. */
export function saveFile(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN_MS);
}

/** Saves text as a file. */
export function saveText(name: string, text: string, type: "image/svg+xml" | "text/csv"): void {
  saveFile(name, new Blob([text], { type: `${type};charset=utf-8` }));
}
