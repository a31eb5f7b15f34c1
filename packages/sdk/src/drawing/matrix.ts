/** An affine map as SVG writes it: x′ = a·x + c·y + e, y′ = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** Changes nothing. */
export const IDENTITY: Matrix = /* @__PURE__ */ Object.freeze([1, 0, 0, 1, 0, 0] as const);

/** Functions of a transform that are read, with how many numbers they take. */
const FUNCTIONS: Readonly<Record<string, { counts: readonly number[]; make(values: readonly number[]): Matrix }>> = {
  matrix: { counts: [6], make: ([a = 1, b = 0, c = 0, d = 1, e = 0, f = 0]) => [a, b, c, d, e, f] },
  scale: { counts: [1, 2], make: ([x = 1, y = x]) => [x, 0, 0, y, 0, 0] },
  translate: { counts: [1, 2], make: ([x = 0, y = 0]) => [1, 0, 0, 1, x, y] },
};

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
/** A bound on the numbers also keeps the expression from trying many ways to read one text. */
const CALL = new RegExp(String.raw`^[\s,]*([a-z]+)\s*\(\s*(${NUMBER}(?:[\s,]+${NUMBER}){0,5})\s*\)\s*`, "i");

/**
 * Reads a `transform`: any of `scale`, `translate` and `matrix`, the first outermost.
 *
 * @returns `undefined` if it holds anything else, or maps everything onto a line.
 */
export function parseMatrix(text: string): Matrix | undefined {
  let matrix = IDENTITY;
  let rest = text.trim();
  while (rest !== "") {
    const [call, name = "", list = ""] = CALL.exec(rest) ?? [];
    const spec = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    const values = list.split(/[\s,]+/).map(Number);
    if (call === undefined || spec === undefined || !spec.counts.includes(values.length)) return undefined;
    matrix = multiply(matrix, spec.make(values));
    rest = rest.slice(call.length);
  }
  const [a, b, c, d] = matrix;
  const isUsable = matrix.every(Number.isFinite) && a * d - b * c !== 0;
  return isUsable ? Object.freeze(matrix) : undefined;
}

/** Prints a transform as the service does: scales with a fraction, after a blank (reference §2.1). */
export function printMatrix(matrix: Matrix): string {
  const [a, b, c, d, e, f] = matrix;
  if (b === 0 && c === 0 && e === 0 && f === 0) return ` scale(${printScale(a)}, ${printScale(d)})`;
  return ` matrix(${matrix.join(",")})`;
}

/**
 * Prints a factor, with one decimal at least.
 *
 * @example printScale(1) // → "1.0"
 */
export function printScale(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
}

function multiply([a, b, c, d, e, f]: Matrix, [a2, b2, c2, d2, e2, f2]: Matrix): Matrix {
  return [a * a2 + c * b2, b * a2 + d * b2, a * c2 + c * d2, b * c2 + d * d2, a * e2 + c * f2 + e, b * e2 + d * f2 + f];
}
