/** A colour at a place of a map: place from 0 to 1, then red, green and blue, 0 to 255. */
type Stop = readonly [place: number, red: number, green: number, blue: number];

/** Colours of a map. */
const SIZE = 256;

/** The heat of expression masks: from blue for little to red for much, on black. */
const HEAT: readonly Stop[] = [
  [0, 0, 0, 0],
  [1 / 255, 0, 0, 255],
  [0.25, 0, 255, 255],
  [0.5, 0, 255, 0],
  [0.75, 255, 255, 0],
  [1, 255, 0, 0],
];

/**
 * The maps by their numbers (reference §1.2), as lines between stops. The service's own tables are *unknown*: these are ours, by what
 * the names say.
 */
const STOPS: readonly (readonly Stop[])[] = [
  // gray: every value is itself.
  ramp(255, 255, 255),
  // hotmetal: black, red, yellow, white.
  [
    [0, 0, 0, 0],
    [0.375, 255, 0, 0],
    [0.75, 255, 255, 0],
    [1, 255, 255, 255],
  ],
  // jet: dark blue, blue, cyan, yellow, red, dark red.
  [
    [0, 0, 0, 128],
    [0.125, 0, 0, 255],
    [0.375, 0, 255, 255],
    [0.625, 255, 255, 0],
    [0.875, 255, 0, 0],
    [1, 128, 0, 0],
  ],
  // redtemp: black, red, orange, white.
  [
    [0, 0, 0, 0],
    [0.4, 208, 0, 0],
    [0.7, 255, 128, 0],
    [1, 255, 255, 255],
  ],
  // expression
  HEAT,
  // red, blue, green
  ramp(255, 0, 0),
  ramp(0, 0, 255),
  ramp(0, 255, 0),
  // aba: as the expression masks of the Allen Brain Atlas; the name says no more.
  HEAT,
  // aibsmap_alt: another order of such heat, with violet for the least and white for the most.
  [
    [0, 0, 0, 0],
    [0.2, 96, 0, 160],
    [0.4, 0, 0, 255],
    [0.6, 0, 208, 96],
    [0.8, 255, 224, 0],
    [1, 255, 255, 255],
  ],
  // colormap: a name for any map: the rainbow, from red to violet.
  [
    [0, 255, 0, 0],
    [0.2, 255, 255, 0],
    [0.4, 0, 255, 0],
    [0.6, 0, 255, 255],
    [0.8, 0, 0, 255],
    [1, 255, 0, 255],
  ],
  // projection: the heat of projection masks: black, red, orange, yellow.
  [
    [0, 0, 0, 0],
    [0.35, 160, 0, 0],
    [0.7, 255, 128, 0],
    [1, 255, 255, 64],
  ],
];

/** From black to one colour. */
function ramp(red: number, green: number, blue: number): readonly Stop[] {
  return [
    [0, 0, 0, 0],
    [1, red, green, blue],
  ];
}

/**
 * The colours of a map: red, green and blue of each value from 0 to 255.
 *
 * @param map Number of the map, 0 to 11.
 * @example colormapTable(5).subarray(3 * 255) // → Uint8Array.of(255, 0, 0)
 */
export function colormapTable(map: number): Uint8Array {
  const stops = STOPS[map] ?? [];
  const table = new Uint8Array(SIZE * 3);
  for (let value = 0; value < SIZE; value += 1) table.set(colourAt(stops, value / (SIZE - 1)), value * 3);
  return table;
}

function colourAt(stops: readonly Stop[], place: number): number[] {
  const next = stops.find(([at], index) => index > 0 && at >= place);
  const before = next === undefined ? undefined : stops[stops.indexOf(next) - 1];
  if (next === undefined || before === undefined) return [0, 0, 0];
  const share = (place - before[0]) / (next[0] - before[0]);
  return [1, 2, 3].map((channel) => {
    const [from = 0, to = 0] = [before[channel], next[channel]];
    return Math.round(from + (to - from) * share);
  });
}
