/** Width and height, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether two are as large. */
export function isSameSize(one: Size | undefined, other: Size): boolean {
  return one?.width === other.width && one.height === other.height;
}
