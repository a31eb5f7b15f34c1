// Bytes between the markers of a JPEG, without the zero that is stuffed in behind each FF, and back.
//
// They lie backwards: byte i is at top - 1 - i. So the bits that follow are one little-endian load, with nothing to swap.

/** How many bytes below the last one a reader may look at: a square of 16 × 16 pixels takes at most 6 × 64 × 31 bits. */
export const SLACK = 2048;

// @ts-expect-error: a decorator of AssemblyScript
@inline
function reversed(bytes: v128): v128 {
  return i8x16.shuffle(bytes, bytes, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}

/** The bits from a position on, the next at the left; 57 at least. */
// @ts-expect-error: a decorator of AssemblyScript
@inline
export function peek(top: usize, position: i32): u64 {
  return load<u64>(top - 8 - (<usize>position >> 3)) << (position & 7);
}

let stopped: usize = 0;

/** Where the bytes ended that were unstuffed last: before the first marker, or before an FF at their end. */
export function unstuffedTo(): usize {
  return stopped;
}

/**
 * Writes the bytes backwards below `top`, without what is stuffed in, up to the first marker; the slack behind them is zero.
 *
 * Reads up to 16 bytes past their end, and writes up to 15 bytes past the slack.
 *
 * @returns How many bytes are left.
 */
export function unstuff(from: usize, size: i32, top: usize): i32 {
  const end = from + size;
  let to = top;
  const stuffed = i8x16.splat(-1);
  while (from < end) {
    const bytes = v128.load(from);
    v128.store(to - 16, reversed(bytes));
    const found = i8x16.bitmask(i8x16.eq(bytes, stuffed));
    if (found === 0) {
      from += 16;
      to -= 16;
      continue;
    }
    const before = ctz(found);
    from += before;
    to -= before;
    if (from + 1 >= end || load<u8>(from + 1) !== 0) break;
    from += 2;
    to -= 1;
  }
  // What was read past the end belongs to nothing.
  if (from > end) to += from - end;
  stopped = min(from, end);
  memory.fill(to - SLACK, 0, SLACK);
  return <i32>(top - to);
}

/**
 * Writes bytes that lie backwards below `top` in their order, stuffed.
 *
 * Reads and writes up to 16 bytes past their end.
 *
 * @returns Where they end.
 */
export function stuff(top: usize, size: i32, to: usize): usize {
  const end = top - size;
  const full = i8x16.splat(-1);
  while (top > end) {
    const bytes = reversed(v128.load(top - 16));
    v128.store(to, bytes);
    const found = i8x16.bitmask(i8x16.eq(bytes, full));
    if (found === 0) {
      top -= 16;
      to += 16;
      continue;
    }
    const before = ctz(found) + 1;
    if (before > <i32>(top - end)) break;
    top -= before;
    to += before;
    store<u8>(to, 0);
    to += 1;
  }
  // What was read past the end belongs to nothing; what was not stepped over is written.
  return to + (top - end);
}
