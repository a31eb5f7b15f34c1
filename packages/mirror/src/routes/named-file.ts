/** `{id}.{format}`, the form of which is JSON where none is given. */
export interface NamedFile {
  readonly id: number;
  readonly extension: string;
}

/** Reads the last part of a path. Ids beyond what a number holds exactly are those of no row. */
export function readNamedFile(file: string): NamedFile | undefined {
  const [, id, extension = "json"] = /^(\d+)(?:\.([^.]*))?$/.exec(file) ?? [];
  return id === undefined ? undefined : { id: Math.min(Number(id), Number.MAX_SAFE_INTEGER), extension };
}
