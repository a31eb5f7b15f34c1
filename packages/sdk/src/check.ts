/** Text of a value for a message: quoted when it is a string, short in any case. */
export function show(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Passes a whole number from `min` to `max` through. */
export function checkCount(name: string, value: unknown, min: number, max: number = Number.MAX_SAFE_INTEGER): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) return value;
  const rule =
    max === Number.MAX_SAFE_INTEGER ? `a whole number of ${min} or more` : `a whole number from ${min} to ${max}`;
  throw new RangeError(`Cannot use ${name} ${show(value)}; give ${rule}`);
}

/** Passes a number above 0 through, `Infinity` included. */
export function checkPositive(name: string, value: unknown): number {
  if (typeof value === "number" && value > 0) return value;
  throw new RangeError(`Cannot use ${name} ${show(value)}; give a number above 0, or Infinity for no limit`);
}
