import { show } from "../check.ts";
import { DecodeError } from "../errors.ts";
import type { Mesh } from "./mesh.ts";

const WHAT = "the OBJ mesh";
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** A corner of a face: vertex, texture place, normal; the texture is not kept. */
const CORNER = /^(-?\d+)(?:\/(-?\d+)?(?:\/(-?\d+)?)?)?$/;

/** Words that a line may begin with: a page or a table in place of a mesh has others. */
const KEYWORDS: ReadonlySet<string> = /* @__PURE__ */ new Set(
  (
    "v vt vn vp f fo l p g s o mg usemtl mtllib usemap maplib cstype deg bmat step curv curv2 surf parm trim hole scrv sp end con " +
    "bevel c_interp d_interp lod shadow_obj trace_obj ctech stech call csh bsp bzp cdc cdp res"
  ).split(" "),
);

/** What was read so far. */
interface Reading {
  readonly positions: number[];
  readonly normals: number[];
  /** Indices of triangles' vertices, 0-based. */
  readonly triangles: number[];
  /** Normal of each vertex, 0-based: of the first corner that names one; −1 where two corners disagree. */
  readonly normalOf: Map<number, number>;
}

/**
 * Reads a mesh in Wavefront's OBJ format, as the structure meshes are served (reference §6.3) and others write it.
 *
 * Faces of more than three corners become fans of triangles. Indices may count back from the last vertex. Texture places, groups
 * and materials are left out; lines and points, which bound nothing, too. A mesh without faces has no triangles.
 *
 * @throws {DecodeError} If no vertex is there; with the line, from 1, if its first word, a number, a corner or an index is none.
 * @example parseObj("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 -1").triangles // → Uint32Array.of(0, 1, 2)
 */
export function parseObj(source: string | Uint8Array): Mesh {
  const text = typeof source === "string" ? source : new TextDecoder().decode(source);
  const reading: Reading = { positions: [], normals: [], triangles: [], normalOf: new Map() };
  for (const [line, words] of linesOf(text)) {
    if (words[0] === "v") reading.positions.push(...readNumbers(words, line));
    else if (words[0] === "vn") reading.normals.push(...readNumbers(words, line));
    else if (words[0] === "f") readFace(words, line, reading);
    else if (!KEYWORDS.has(words[0])) throw fault(line, "a line of an OBJ file", words.join(" "));
  }
  if (reading.positions.length === 0)
    throw new DecodeError(WHAT, { at: "the file", expected: "a vertex", found: "none" });
  return {
    positions: Float64Array.from(reading.positions),
    normals: normalsOf(reading),
    triangles: Uint32Array.from(reading.triangles),
  };
}

/** Lines that say something, with their numbers from 1. A backslash at the end goes on in the next, unless in a comment. */
function* linesOf(text: string): Generator<[line: number, words: [string, ...string[]]]> {
  let line = 0;
  let first = 0;
  let begun = "";
  for (const [, raw = ""] of text.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)) {
    line += 1;
    if (begun === "") first = line;
    const [piece = ""] = raw.split("#", 1);
    if (piece.endsWith("\\")) {
      begun += `${piece.slice(0, -1)} `;
      continue;
    }
    const [word = "", ...others] = (begun + piece).trim().split(/\s+/);
    begun = "";
    if (word !== "") yield [first, [word, ...others]];
  }
}

/** Three numbers after the first word; more, such as a weight or a colour, are left out. */
function readNumbers(words: readonly string[], line: number): number[] {
  return [1, 2, 3].map((place) => {
    const word = words[place];
    const value = word !== undefined && NUMBER.test(word) ? Number(word) : Number.NaN;
    if (Number.isFinite(value)) return value;
    throw fault(line, "three numbers", words.join(" "));
  });
}

function readFace(words: readonly string[], line: number, reading: Reading): void {
  if (words.length < 4) throw fault(line, "a face of three corners or more", words.join(" "));
  const corners = words.slice(1).map((word) => readCorner(word, line, reading));
  const [first = 0] = corners;
  for (let i = 2; i < corners.length; i++) reading.triangles.push(first, corners[i - 1] ?? 0, corners[i] ?? 0);
}

/** The vertex of a corner; its normal is kept. */
function readCorner(word: string, line: number, { positions, normals, normalOf }: Reading): number {
  const [match, vertex = "", , normal] = CORNER.exec(word) ?? [];
  if (match === undefined) throw fault(line, "a corner such as 7, 7/1 or 7//7", word);
  const index = resolveIndex(vertex, positions.length / 3, line);
  if (normal === undefined) {
    normalOf.set(index, -1);
    return index;
  }
  const own = resolveIndex(normal, normals.length / 3, line);
  const known = normalOf.get(index);
  if (known === undefined) normalOf.set(index, own);
  else if (known !== own) normalOf.set(index, -1);
  return index;
}

/** An index from 1, or back from the last: only what stands above can be meant. */
function resolveIndex(word: string, count: number, line: number): number {
  const value = Number(word);
  const index = value < 0 ? count + value : value - 1;
  if (index >= 0 && index < count) return index;
  throw fault(line, count === 0 ? "an index after what it counts" : `an index from 1 to ${count}`, word);
}

/** One normal a vertex, if each has exactly one. */
function normalsOf({ positions, normals, normalOf }: Reading): Float64Array | undefined {
  const vertices = positions.length / 3;
  if (normalOf.size < vertices || vertices === 0) return undefined;
  const found = new Float64Array(positions.length);
  for (const [vertex, normal] of normalOf) {
    if (normal < 0) return undefined;
    for (let axis = 0; axis < 3; axis++) found[vertex * 3 + axis] = normals[normal * 3 + axis] ?? 0;
  }
  return found;
}

function fault(line: number, expected: string, found: string): DecodeError {
  return new DecodeError(WHAT, { at: `line ${line}`, expected, found: show(found) });
}
