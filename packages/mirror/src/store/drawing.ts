/** The drawing of an image as a store holds it. */
export interface StoredDrawing {
  /**
   * The document, at whatever scale it was put.
   *
   * @param signal Ends the wait for one that is made only now.
   */
  svg(signal?: AbortSignal): Promise<string>;
  readonly lastModified: Date;
  /** Changes when the document does. */
  readonly tag: string;
  /** Whether it has all groups that there are, so that one that it has not is none. */
  readonly hasAllGroups: boolean;
  /** GraphicGroupLabel ids of its groups, where they are known without the document. */
  readonly labels?: readonly number[] | undefined;
}
