/** Why bytes are not what they have to be. */
export interface ContentFault {
  /** Byte offset, or a place in words. */
  readonly at: number | string;
  readonly expected: string;
  readonly found: string;
}

export function faultOf(at: number | string, expected: string, found: string): ContentFault {
  return { at, expected, found };
}
