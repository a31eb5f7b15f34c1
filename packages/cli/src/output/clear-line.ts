/** Back to the start of the line, which is cleared: what tells a terminal how far something is goes there. */
export const CLEAR_LINE = "\r\u001b[K";
