/** Text of a value for a message: quoted when it is a string, short in any case. */
export function show(value: unknown): string {
  const text = showWhole(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function showWhole(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" && typeof value !== "string") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return "an object"; // One that holds itself.
  }
}

/** Passes a whole number from `min` to `max` through. */
export function checkCount(name: string, value: unknown, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const open = max === Number.MAX_SAFE_INTEGER && Math.abs(min) < 2 && !(Number.isFinite(value) && Number(value) > max);
  const rule = open ? `a whole number of ${min} or more` : `a whole number from ${min} to ${max}`;
  throw new RangeError(`Cannot use ${name} ${show(value)}; give ${rule}`);
}

/** Passes a number above 0 through that is finite. */
export function checkFinitePositive(name: string, value: unknown): number {
  if (typeof value === "number" && value > 0 && value < Infinity) return value;
  throw new RangeError(`Cannot use ${name} ${show(value)}; give a finite number above 0`);
}

/** Passes a number above 0 through, `Infinity` included. */
export function checkPositive(name: string, value: unknown): number {
  if (typeof value === "number" && value > 0) return value;
  throw new RangeError(`Cannot use ${name} ${show(value)}; give a number above 0, or Infinity for no limit`);
}
