import { type AlignedImage, AlignedSet } from "./aligned-set.ts";
import { columnsOf, fault, parseAlignment2d, parseAlignment3d, readNumber } from "./alignment.ts";

/**
 * Makes an aligned set of the API's rows: of a data set with its `alignment3d`, and of its images with their `alignment2d`. Images that
 * have none are left out: nothing can be said of them.
 *
 * @param dataSet Row of a SectionDataSet or AtlasDataSet.
 * @param images Rows of its images; without them those in the row's own `section_images`, as a query includes them.
 * @throws {DecodeError} If a column is missing or no number, or no image has an alignment.
 * @example parseAlignedSet(
 *   {
 *     id: 7,
 *     section_thickness: 25,
 *     reference_space_id: 9,
 *     alignment3d: { tvr: "1,0,0,0,1,0,0,0,1,0,0,0", trv: "1,0,0,0,1,0,0,0,1,0,0,0" },
 *   },
 *   [{ id: 70, section_number: 4, alignment2d: { tsv: "1,0,0,1,0,0", tvs: "1,0,0,1,0,0" } }],
 * ).referenceToImage(10, 20, 100);
 * // gives { imageId: 70, sectionNumber: 4, x: 10, y: 20 }
 */
export function parseAlignedSet(dataSet: unknown, images?: readonly unknown[]): AlignedSet {
  const row = columnsOf(dataSet, "the data set", "a row");
  const id = readNumber(row.id, "id");
  const thicknessUm = readNumber(row.section_thickness, "section_thickness");
  if (thicknessUm <= 0) throw fault(row.section_thickness, "section_thickness", "a number above 0");
  const space = row.reference_space_id ?? undefined;
  const aligned = imageRows(row, images).flatMap((image, index) => parseImage(image, `section_images[${index}]`) ?? []);
  if (aligned.length === 0) throw fault(undefined, "section_images", "at least one image with an alignment2d");
  return new AlignedSet({
    id,
    thicknessUm,
    alignment3d: parseAlignment3d(row.alignment3d),
    referenceSpaceId: space === undefined ? undefined : readNumber(space, "reference_space_id"),
    images: aligned,
  });
}

function imageRows(row: Readonly<Record<string, unknown>>, images: readonly unknown[] | undefined): readonly unknown[] {
  const rows = images ?? row.section_images;
  if (Array.isArray(rows)) return rows;
  throw fault(rows, "section_images", "a list of images");
}

function parseImage(image: unknown, at: string): AlignedImage | undefined {
  const row = columnsOf(image, at, "a row");
  if (row.alignment2d === null || row.alignment2d === undefined) return undefined;
  const sectionNumber = readNumber(row.section_number, `${at}.section_number`);
  if (!Number.isSafeInteger(sectionNumber)) throw fault(sectionNumber, `${at}.section_number`, "a whole number");
  return {
    imageId: readNumber(row.id, `${at}.id`),
    sectionNumber,
    alignment2d: parseAlignment2d(row.alignment2d, `${at}.alignment2d`),
    annotated: row.annotated === true,
  };
}
