/** A text is no XML of the kind that the API writes. */
export class XmlSyntaxError extends SyntaxError {
  override readonly name = "XmlSyntaxError";
  /** Index in the text of the part that does not fit, from 0. */
  readonly offset: number;
  /** What was expected there. */
  readonly expected: string;
  /** What stands there, cut to a line. */
  readonly found: string;

  constructor(offset: number, expected: string, found: string) {
    const excerpt = found.replaceAll(/\s+/g, " ").trim().slice(0, 60);
    super(`Cannot read the XML at character ${offset}: it holds "${excerpt}" where ${expected} was expected`);
    this.offset = offset;
    this.expected = expected;
    this.found = excerpt;
  }
}
