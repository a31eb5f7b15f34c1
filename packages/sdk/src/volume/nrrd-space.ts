import { show } from "../check.ts";
import { DecodeError, UnsupportedError } from "../errors.ts";
import type { Fields } from "./nrrd-lines.ts";
import type { Triple } from "./voxels.ts";

const WHAT = "the NRRD volume";

/** Where the axes of an NRRD file lie. */
export interface NrrdAxes {
  readonly spacingUm: Triple | undefined;
  readonly originUm: Triple | undefined;
  readonly space: string | undefined;
}

const ANATOMICAL = /^(right|left)-(anterior|posterior)-(superior|inferior)$|^(RAS|LAS|LPS)$/i;
const OTHER_SPACES: readonly string[] = ["scanner-xyz", "3d-right-handed", "3d-left-handed"];

/** Micrometres in a unit. Files of the institute name none, and are in µm. */
const UNITS: Readonly<Record<string, number>> = {
  um: 1,
  µm: 1,
  μm: 1,
  micron: 1,
  microns: 1,
  micrometer: 1,
  micrometers: 1,
  mm: 1000,
  millimeter: 1000,
  millimeters: 1000,
};

/**
 * Reads how far apart the voxels are.
 *
 * @throws {DecodeError} If a number is none, or the fields contradict each other.
 * @throws {UnsupportedError} If the axes are turned or mirrored, or the unit is not known.
 */
export function readAxes(fields: Fields): NrrdAxes {
  checkKinds(fields);
  const space = readSpace(fields);
  const directions = fields.get("space directions");
  const spacings = fields.get("spacings");
  if (directions !== undefined && spacings !== undefined) {
    throw new DecodeError(WHAT, { at: "spacings", expected: "nothing beside space directions", found: show(spacings) });
  }
  const spacing = directions === undefined ? readSpacings(spacings) : readDirections(directions);
  const origin = readOrigin(fields);
  const [first, ...others] = readUnits(fields);
  if (others.some((unit) => unit !== first)) {
    throw new UnsupportedError("axes of different units", "a volume has one; write it anew");
  }
  const scale = (at: string, triple: Triple | undefined): Triple | undefined => inUm(at, triple, first ?? 1);
  return { spacingUm: scale("spacings", spacing), originUm: scale("space origin", origin), space };
}

/** Whether a word is one that the format has for a space of 3 dimensions. */
export function isSpace(word: string): boolean {
  return ANATOMICAL.test(word) || OTHER_SPACES.includes(word.toLowerCase());
}

/** An axis of another kind holds the parts of a value, and is none that a voxel lies on. */
function checkKinds(fields: Fields): void {
  const text = fields.get("kinds");
  if (text === undefined) return;
  const kinds = text.toLowerCase().split(/\s+/);
  if (kinds.length !== 3) throw new DecodeError(WHAT, { at: "kinds", expected: "3 kinds", found: show(text) });
  const other = kinds.find((kind) => !["domain", "space", "???", "none"].includes(kind));
  if (other !== undefined)
    throw new UnsupportedError(`an axis of kind ${show(other)}`, "all 3 of a volume lie in space");
}

function readSpace(fields: Fields): string | undefined {
  const space = fields.get("space");
  const dimension = fields.get("space dimension");
  if (space !== undefined && dimension !== undefined) {
    throw new DecodeError(WHAT, { at: "space dimension", expected: "nothing beside space", found: show(dimension) });
  }
  if (dimension !== undefined && dimension !== "3") {
    throw new UnsupportedError(`a space of ${show(dimension)} dimensions`, "that of a volume has 3");
  }
  if (space === undefined || isSpace(space)) return space;
  if (/-time$|^(RAST|LAST|LPST)$/i.test(space))
    throw new UnsupportedError(`space ${show(space)}`, "time is not read here");
  throw new DecodeError(WHAT, {
    at: "space",
    expected: 'a space of the format, such as "left-posterior-superior"',
    found: show(space),
  });
}

function readSpacings(text: string | undefined): Triple | undefined {
  if (text === undefined) return undefined;
  const numbers = text.split(/\s+/).map(readNumber);
  if (isTriple(numbers) && numbers.every((value) => value > 0)) return numbers;
  throw new DecodeError(WHAT, { at: "spacings", expected: "3 numbers above 0", found: show(text) });
}

/** Vectors of the axes; each must go along its own axis of the space, as those of the institute do. */
function readDirections(text: string): Triple {
  const vectors = readVectors(text);
  if (vectors === undefined) {
    if (/\bnone\b/.test(text)) throw new UnsupportedError("an axis outside of space", "all 3 of a volume lie in it");
    throw new DecodeError(WHAT, { at: "space directions", expected: "3 vectors of 3 numbers", found: show(text) });
  }
  const [x, y, z] = [vectors[0]?.[0] ?? 0, vectors[1]?.[1] ?? 0, vectors[2]?.[2] ?? 0];
  const isStraight = vectors.every((vector, axis) => vector.every((value, other) => axis === other || value === 0));
  if (isStraight && x > 0 && y > 0 && z > 0) return [x, y, z];
  throw new UnsupportedError(
    `space directions ${show(text)}`,
    "turned and mirrored axes are not put right here; reorder the voxels first",
  );
}

function readOrigin(fields: Fields): Triple | undefined {
  const text = fields.get("space origin");
  const mins = readMins(fields);
  if (text === undefined) return mins;
  if (mins !== undefined) {
    throw new DecodeError(WHAT, { at: "axis mins", expected: "nothing beside space origin", found: mins.join(" ") });
  }
  const [origin, ...others] = readVectors(text, 1) ?? [];
  if (origin !== undefined && others.length === 0) return origin;
  throw new DecodeError(WHAT, { at: "space origin", expected: "a vector of 3 numbers", found: show(text) });
}

/** The origin of a file with `spacings`; `nan` is an axis that has none. */
function readMins(fields: Fields): Triple | undefined {
  const text = fields.get("axis mins");
  if (text === undefined || /^nan(\s+nan)*$/i.test(text)) return undefined;
  const numbers = text.split(/\s+/).map(readNumber);
  if (!isTriple(numbers)) throw new DecodeError(WHAT, { at: "axis mins", expected: "3 numbers", found: show(text) });
  if (fields.has("spacings")) return numbers;
  throw new UnsupportedError("axis mins without spacings", "they say where an axis begins, and not where it goes");
}

function readVectors(text: string, count = 3): readonly Triple[] | undefined {
  const found = text.match(/\([^()]*\)/g) ?? [];
  if (found.length !== count || text.replaceAll(/\([^()]*\)/g, "").trim() !== "") return undefined;
  const triples = found.flatMap((vector) => {
    const numbers = vector.slice(1, -1).split(",").map(readNumber);
    return isTriple(numbers) ? [numbers] : [];
  });
  return triples.length === count ? triples : undefined;
}

/** Micrometres in the units that are named. */
function readUnits(fields: Fields): number[] {
  const field = fields.has("space units") ? "space units" : "units";
  const text = fields.get(field) ?? "";
  const names = text.match(/"[^"]*"|\S+/g)?.map((each) => each.replaceAll('"', "").trim().toLowerCase()) ?? [];
  return names
    .filter((name) => name !== "" && name !== "???" && name !== "none")
    .map((name) => {
      const factor = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
      if (factor !== undefined) return factor;
      throw new UnsupportedError(`unit ${show(name)}`, `only ${Object.keys(UNITS).join(", ")} are known`);
    });
}

/** A number as the format has it; NaN for what is none, and for a distance that is not known. */
function readNumber(word: string): number {
  return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(word) ? Number(word) : Number.NaN;
}

function isTriple(numbers: number[]): numbers is [number, number, number] {
  return numbers.length === 3 && numbers.every(Number.isFinite);
}

function inUm(at: string, triple: Triple | undefined, factor: number): Triple | undefined {
  if (triple === undefined) return undefined;
  const scaled = triple.map((value) => value * factor);
  if (isTriple(scaled)) return scaled;
  throw new DecodeError(WHAT, { at, expected: "finite numbers of µm", found: triple.join(" ") });
}
