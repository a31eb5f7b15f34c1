// What the grammar's words are made of (reference §3.2), for the printer and the parser alike.

/** Whether a text names a column: `column`, or `table.column`; `*` may stand in either. */
export function isColumn(text: string): boolean {
  return /^[\w*]+(?:\.[\w*]+)?$/.test(text);
}

/** Whether a text is a number as the grammar writes it. */
export function isNumber(text: string): boolean {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
}

/** Whether a text may stand as a value without quotes, and is no number. */
export function isWord(text: string): boolean {
  return /^[^\s[\](),'$][^\s[\](),']*$/.test(text) && !isNumber(text) && !hasEscape(text);
}

/** Whether a text holds a percent escape of a URL. */
export function hasEscape(text: string): boolean {
  return /%[0-9a-f]{2}/i.test(text);
}
