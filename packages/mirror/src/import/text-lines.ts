/** Lines of a text, empty ones too; it is never split as a whole. */
export function* textLines(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf("\n", start);
    const next = end < 0 ? text.length : end + 1;
    yield text.slice(start, end < 0 ? next : end).replace(/\r$/, "");
    start = next;
  }
}
