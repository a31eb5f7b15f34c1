/** Characters of the text that the message shows on each side of the place. */
const CONTEXT = 30;

/** A text is no RMA query. The message shows the place with a caret below it. */
export class RmaSyntaxError extends SyntaxError {
  override readonly name = "RmaSyntaxError";
  /** Index in the text of the first character that does not fit, from 0. */
  readonly offset: number;
  /** What was expected there. */
  readonly expected: string;

  constructor(text: string, offset: number, expected: string) {
    super(describe(text, offset, expected));
    this.offset = offset;
    this.expected = expected;
  }
}

function describe(text: string, offset: number, expected: string): string {
  const start = Math.max(0, offset - CONTEXT);
  const shown =
    (start > 0 ? "…" : "") + text.slice(start, offset + CONTEXT) + (offset + CONTEXT < text.length ? "…" : "");
  const found = offset >= text.length ? "the query ends" : `there is ${JSON.stringify(text.slice(offset, offset + 1))}`;
  const caret = " ".repeat(offset - start + (start > 0 ? 1 : 0));
  // White space of any kind takes one column, so that the caret stands right.
  return `Cannot read the query at offset ${offset}: ${found}, expected ${expected}\n${shown.replaceAll(/\s/g, " ")}\n${caret}^`;
}
