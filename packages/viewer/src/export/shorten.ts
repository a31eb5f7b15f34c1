/**
 * The longest beginning of a text that fits, with an ellipsis where it is not all of it.
 *
 * @param fits Whether a text fits; what is shorter than one that fits does so too.
 */
export function shorten(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const letters = [...text];
  let [least, most] = [0, letters.length];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(`${letters.slice(0, middle).join("").trimEnd()}…`)) least = middle;
    else most = middle - 1;
  }
  return `${letters.slice(0, least).join("").trimEnd()}…`;
}
