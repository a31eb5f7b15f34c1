const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/**
 * A number of bytes in words, in powers of 1000.
 *
 * @example printBytes(93214) // → "93.2 kB"
 */
export function printBytes(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  // 999.95 would print as 1000.0.
  while (value >= (unit === 0 ? 1000 : 999.95) && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  if (unit === 0) return `${value} ${value === 1 ? "byte" : "bytes"}`;
  return `${value.toFixed(1)} ${UNITS[unit]}`;
}

/** A picture's size in words. */
export function printPixels({ width, height }: { width: number; height: number }): string {
  return `${width} × ${height} pixels`;
}

/** A number with its noun. */
export function printCount(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

/**
 * A whole number with commas between thousands.
 *
 * @example printNumber(19991) // → "19,991"
 */
export function printNumber(value: number): string {
  return value.toLocaleString("en-US");
}
