// The points and alignments of the synchronisation bench: made here, and in numpy-sync.py in the same way.

/** Sections of the made data set. */
const SECTIONS = 500;
const EVERY = 4;
const THICKNESS_UM = 25;

/** Numbers from 0 to 1 that look drawn by lot; in doubles the same in every language. */
export function createNumbers(/** @type {number} */ seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const STACK = {
  tvr: [0.006, -0.011, 0.9995, 0.0045, 1.0015, 0.0062, 0.9988, -0.0038, 0.0051, 120, 340, -90],
  trv: [0.0051, -0.0062, 1.0013, -0.0046, 0.9986, 0.0109, 1.0006, 0.0063, -0.0061, 91, -338, -118],
};

function mapsOf(/** @type {number} */ index) {
  const turn = 0.02 * Math.sin(index);
  const [cos, sin] = [1.049 * Math.cos(turn), 1.049 * Math.sin(turn)];
  const determinant = cos * cos + sin * sin;
  return {
    tsv: [cos, -sin, sin, cos, 500 + index, 300 - index],
    tvs: [cos / determinant, sin / determinant, -sin / determinant, cos / determinant, -470 - index, -290 + index],
  };
}

/** The aligned set, the section that points are of, and the points. */
export async function readWorld(/** @type {number} */ count) {
  const { AlignedSet } = await import("@brainatlas/sdk/sync");
  const set = new AlignedSet({
    id: 1,
    thicknessUm: THICKNESS_UM,
    alignment3d: /** @type {any} */ (STACK),
    images: Array.from({ length: SECTIONS }, (_, index) => ({
      imageId: index + 1,
      sectionNumber: index * EVERY,
      alignment2d: /** @type {any} */ (mapsOf(index)),
    })),
  });
  const next = createNumbers(1);
  const xy = Float64Array.from({ length: count * 2 }, () => next() * 14_000);
  const xyz = Float64Array.from({ length: count * 3 }, () => next() * 13_000);
  return { set, section: set.nearest(269), xy, xyz };
}

/** The world as JSON, for who computes in another language. */
export async function printWorld() {
  const { set, section } = await readWorld(0);
  const maps = set.sections.map(({ sectionNumber, alignment2d }) => ({ sectionNumber, ...alignment2d }));
  return JSON.stringify({ ...STACK, thicknessUm: THICKNESS_UM, section: set.sections.indexOf(section), maps });
}
