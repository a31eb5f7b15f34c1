/**
 * A text without the characters that turn the direction of what stands after it in the same line. What is written from right to left stays so.
 *
 * @example withoutTurns("a\u202eb") // → "ab"
 */
export function withoutTurns(text: string): string {
  return text.replaceAll(/\p{Bidi_Control}/gu, "");
}
