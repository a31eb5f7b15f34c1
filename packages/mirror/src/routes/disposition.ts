import type { ImageServiceRequest } from "@brainatlas/sdk/image";

/** Under which name a picture is saved, for one that is asked for as an attachment (reference §1.4). */
export function dispositionOf({ mime, fileout }: ImageServiceRequest): Record<string, string> {
  if (mime !== 1 && fileout === undefined) return {};
  const name = /^[\w.-]{1,100}$/.test(fileout ?? "") ? fileout : "imagefile.jpg";
  return { "content-disposition": `attachment; filename=${name}` };
}
