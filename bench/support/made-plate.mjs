// A made plate and its drawing, as large as real ones and the same on every machine. It is kept between runs, as it takes a while.
import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRandom } from "./random.mjs";

export const PLATE_ID = 900000001;
export const PLATE_WIDTH = 16384;
export const PLATE_HEIGHT = 12288;

/** Edge of the texture that the plate repeats, in pixels. */
const TEXTURE_PX = 2048;
const ROWS_A_STRIP = 64;
/** To be raised when the content changes. */
const VERSION = 1;
const SOURCE_QUALITY = 92;
const PATHS = 600;
const POINTS = 72_909;

/**
 * Files of the plate: a JPEG and an SVG document, both named by the plate's id.
 *
 * @returns {Promise<{ picture: string, drawing: string }>} Their paths.
 */
export async function makePlate() {
  const folder = join(tmpdir(), `brainatlas-bench-plate-${PLATE_WIDTH}x${PLATE_HEIGHT}-v${VERSION}`);
  mkdirSync(folder, { recursive: true });
  const picture = join(folder, `${PLATE_ID}.jpg`);
  const drawing = join(folder, `${PLATE_ID}.svg`);
  if (!existsSync(picture)) await writePicture(picture);
  writeFileSync(drawing, makeDrawing());
  return { picture, drawing };
}

/** By way of a file without compression, written in strips: at no time is all of it in memory. */
async function writePicture(/** @type {string} */ path) {
  const { default: sharp } = await import("sharp");
  const plain = `${path}.tif`;
  const part = `${path}.part`;
  try {
    writePlainTiff(plain);
    const options = { limitInputPixels: false, sequentialRead: true };
    await sharp(plain, options).jpeg({ quality: SOURCE_QUALITY, chromaSubsampling: "4:4:4" }).toFile(part);
    await rename(part, path);
  } finally {
    rmSync(plain, { force: true });
    rmSync(part, { force: true });
  }
}

/** A TIFF of 8-bit RGB in strips: header, strips, and the directory last. */
function writePlainTiff(/** @type {string} */ path) {
  const texture = makeTexture();
  const rowBytes = PLATE_WIDTH * 3;
  const stripBytes = ROWS_A_STRIP * rowBytes;
  const strips = PLATE_HEIGHT / ROWS_A_STRIP;
  const file = openSync(path, "w");
  try {
    const header = Buffer.from("49492a0000000000", "hex");
    header.writeUInt32LE(8 + strips * stripBytes, 4);
    writeSync(file, header);
    const strip = Buffer.alloc(stripBytes);
    for (let row = 0; row < PLATE_HEIGHT; row += 1) {
      fillRow(strip, (row % ROWS_A_STRIP) * rowBytes, row, texture);
      if (row % ROWS_A_STRIP === ROWS_A_STRIP - 1) writeSync(file, strip);
    }
    writeSync(file, plainDirectory(strips, stripBytes));
  } finally {
    closeSync(file);
  }
}

function plainDirectory(/** @type {number} */ strips, /** @type {number} */ stripBytes) {
  const after = 8 + strips * stripBytes;
  const [SHORT, LONG] = [3, 4];
  const entries = 10;
  const arrays = after + 2 + entries * 12 + 4;
  const offsets = arrays + 6;
  const fields = [
    [256, LONG, 1, PLATE_WIDTH],
    [257, LONG, 1, PLATE_HEIGHT],
    [258, SHORT, 3, arrays],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, strips, offsets],
    [277, SHORT, 1, 3],
    [278, LONG, 1, ROWS_A_STRIP],
    [279, LONG, strips, offsets + strips * 4],
    [284, SHORT, 1, 1],
  ];
  const bytes = Buffer.alloc(offsets - after + strips * 8);
  bytes.writeUInt16LE(entries, 0);
  for (const [index, [tag, type, count, value]] of fields.entries()) {
    bytes.writeUInt16LE(tag, 2 + index * 12);
    bytes.writeUInt16LE(type, 4 + index * 12);
    bytes.writeUInt32LE(count, 6 + index * 12);
    bytes.writeUInt32LE(value, 10 + index * 12);
  }
  for (let channel = 0; channel < 3; channel += 1) bytes.writeUInt16LE(8, arrays - after + channel * 2);
  for (let strip = 0; strip < strips; strip += 1) {
    bytes.writeUInt32LE(8 + strip * stripBytes, offsets - after + strip * 4);
    bytes.writeUInt32LE(stripBytes, offsets - after + (strips + strip) * 4);
  }
  return bytes;
}

/** The texture again and again, brighter and darker over the whole plate, so that no two places are alike. */
function fillRow(
  /** @type {Buffer} */ into,
  /** @type {number} */ start,
  /** @type {number} */ row,
  /** @type {Uint8Array} */ texture,
) {
  const line = (row % TEXTURE_PX) * TEXTURE_PX;
  for (let column = 0, at = start; column < PLATE_WIDTH; column += 1, at += 3) {
    const from = (line + (column % TEXTURE_PX)) * 3;
    const shade = (column * 40) >> 14;
    const shadeDown = (row * 40) >> 14;
    into[at] = texture[from] - shade;
    into[at + 1] = texture[from + 1] - shadeDown;
    into[at + 2] = texture[from + 2] - ((shade + shadeDown) >> 1);
  }
}

/** Specks on a stain that wavers, without a seam: RGB, 80 to 255. */
function makeTexture() {
  const specks = wavering(11, 1);
  const cells = wavering(12, 4);
  const tissue = wavering(13, 60);
  const tint = wavering(14, 30);
  const texture = new Uint8Array(TEXTURE_PX * TEXTURE_PX * 3);
  for (let index = 0; index < TEXTURE_PX * TEXTURE_PX; index += 1) {
    const dark = 6 * specks[index] + 5 * cells[index] + 18 * tissue[index];
    const hue = 12 * tint[index];
    texture[index * 3] = clamp(196 + dark + hue);
    texture[index * 3 + 1] = clamp(180 + dark);
    texture[index * 3 + 2] = clamp(200 + dark - hue);
  }
  return texture;
}

const clamp = (/** @type {number} */ value) => Math.max(80, Math.min(255, Math.round(value)));

/** Noise of deviation 1 whose spots have about the radius, in pixels; its edges meet. */
function wavering(/** @type {number} */ seed, /** @type {number} */ radius) {
  const random = createRandom(seed);
  const noise = Float32Array.from({ length: TEXTURE_PX * TEXTURE_PX }, () => random(2 ** 16) / 2 ** 16 - 0.5);
  for (const step of [1, TEXTURE_PX]) {
    blur(noise, step, radius);
    blur(noise, step, radius);
  }
  const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
  return noise.map((value) => value / deviation);
}

/** A running mean along rows (step 1) or columns. */
function blur(/** @type {Float32Array} */ values, /** @type {number} */ step, /** @type {number} */ radius) {
  const across = step === 1 ? TEXTURE_PX : 1;
  const line = new Float32Array(TEXTURE_PX);
  for (let start = 0; start < TEXTURE_PX; start += 1) {
    for (let at = 0; at < TEXTURE_PX; at += 1) line[at] = values[start * across + at * step];
    let sum = 0;
    for (let at = -radius; at <= radius; at += 1) sum += line.at(at) ?? 0;
    for (let at = 0; at < TEXTURE_PX; at += 1) {
      values[start * across + at * step] = sum / (2 * radius + 1);
      sum += line[(at + radius + 1) % TEXTURE_PX] - (line.at(at - radius) ?? 0);
    }
  }
}

/** Structures of a plate, as the service draws them: closed paths within a scaled group. */
function makeDrawing() {
  const random = createRandom(21);
  const paths = Array.from({ length: PATHS }, (_, index) => {
    const points = Math.floor(POINTS / PATHS) + (index < POINTS % PATHS ? 1 : 0);
    const [x, y] = [1200 + random(PLATE_WIDTH - 2400), 1200 + random(PLATE_HEIGHT - 2400)];
    const radius = 200 + random(900);
    const corners = Array.from({ length: points }, (__, corner) => {
      const angle = (corner * 2 * Math.PI) / points;
      const reach = radius * (1 + 0.1 * Math.sin(angle * 7 + index) + random(100) / 5000);
      return `${(x + reach * Math.cos(angle)).toFixed(2)},${(y + reach * Math.sin(angle)).toFixed(2)}`;
    });
    const fill = (0x404040 + random(0xbfbfbf)).toString(16).padStart(6, "0");
    return `<path id="${index + 10}" parent_id="7" order="${index}" structure_id="${index}" d="M${corners.join("L")}z" style="stroke:black;fill:#${fill}"/>`;
  });
  return `<svg width="${PLATE_WIDTH}" height="${PLATE_HEIGHT}" xmlns="http://www.w3.org/2000/svg">
<g transform="scale(1.0)">
<g id="7" order="1" parent_id="" graphic_group_label_id="28" graphic_group_label="Atlas - Adult Mouse" sub_image_id="${PLATE_ID}" transform=" scale(1.0, 1.0)">${paths.join("\n")}</g></g></svg>
`;
}
