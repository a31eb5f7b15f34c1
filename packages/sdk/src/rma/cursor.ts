import { RmaSyntaxError } from "./rma-syntax-error.ts";

/** A place in a text. White space between the words of the grammar means nothing, and is passed over. */
export interface Cursor {
  /** Index of the next character, white space passed over. */
  offset(): number;
  /** Whether the next characters are these. */
  sees(text: string): boolean;
  /** Takes these characters if they are the next. */
  takes(text: string): boolean;
  /** Takes these characters, or fails. */
  take(text: string, expected?: string): void;
  /** Takes what matches a sticky expression here, or nothing. */
  match(expression: RegExp): string | undefined;
  /** Whether a sticky expression matches here; takes nothing. */
  looksAhead(expression: RegExp): boolean;
  atEnd(): boolean;
  fail(expected: string, offset?: number): never;
}

export function createCursor(text: string): Cursor {
  let index = 0;

  function skip(): number {
    while (index < text.length && /\s/.test(text.charAt(index))) index += 1;
    return index;
  }

  function fail(expected: string, offset = skip()): never {
    throw new RmaSyntaxError(text, offset, expected);
  }

  const cursor: Cursor = {
    offset: skip,
    sees: (wanted) => text.startsWith(wanted, skip()),
    takes(wanted) {
      if (!cursor.sees(wanted)) return false;
      index += wanted.length;
      return true;
    },
    take(wanted, expected = `"${wanted}"`) {
      if (!cursor.takes(wanted)) fail(expected);
    },
    match(expression) {
      expression.lastIndex = skip();
      const found = expression.exec(text)?.[0];
      if (found !== undefined) index += found.length;
      return found;
    },
    looksAhead(expression) {
      expression.lastIndex = skip();
      return expression.test(text);
    },
    atEnd: () => skip() >= text.length,
    fail,
  };
  return cursor;
}
