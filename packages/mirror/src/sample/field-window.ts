import { tissueAt } from "./model.ts";
import { createTissue, FAR_UM, type Tissue } from "./tissue.ts";

/** A window of a section at one tier. All places are tier pixels counted from `origin`. */
export interface FieldRequest {
  /** Pixel to reference space, see `toReference`. */
  readonly matrix: Float64Array;
  /** Full-resolution pixel of the grid's corner, relative to the section box. */
  readonly originX: number;
  readonly originY: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly downsample: number;
}

/** Tissue of every pixel of a padded window; row-major, `stride` pixels a row. */
export interface FieldWindow {
  readonly stride: number;
  /** Index of the window's first pixel. */
  readonly first: number;
  /** Structure ids, 0 outside. */
  readonly ids: Int32Array;
  readonly depthUm: Float32Array;
  readonly spanUm: Float32Array;
  readonly bandUm: Float32Array;
  readonly edgeUm: Float32Array;
}

/** Edge of a lattice cell: larger cells could step over the thinnest layers. */
const CELL_UM = 36;
const UNKNOWN = -1;

interface Job extends FieldWindow {
  readonly request: FieldRequest;
  readonly x0: number;
  readonly y0: number;
  readonly tissue: Tissue;
  readonly withFields: boolean;
}

/**
 * Samples the model over a window: exactly on a lattice anchored to the grid, exactly wherever the corners of a lattice
 * cell differ, and interpolated inside cells of one structure. Any two windows agree on the pixels they share.
 *
 * @param request The window.
 * @param withFields False fills `ids` alone.
 * @returns Structure and distances a pixel.
 * @example fieldWindow(request, false).ids
 */
export function fieldWindow(request: FieldRequest, withFields: boolean): FieldWindow {
  const size = cellSize(request);
  const x0 = Math.floor(request.left / size) * size;
  const y0 = Math.floor(request.top / size) * size;
  const columns = Math.floor((request.left + request.width - 1) / size) - x0 / size + 1;
  const rows = Math.floor((request.top + request.height - 1) / size) - y0 / size + 1;
  const stride = columns * size + 1;
  const count = stride * (rows * size + 1);
  const field = (): Float32Array => new Float32Array(withFields ? count : 0);
  const job: Job = {
    request,
    x0,
    y0,
    stride,
    withFields,
    first: (request.top - y0) * stride + request.left - x0,
    tissue: createTissue(),
    ids: new Int32Array(count).fill(UNKNOWN),
    depthUm: field(),
    spanUm: field(),
    bandUm: field(),
    edgeUm: field(),
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) fillCell(job, column * size, row * size, size);
  }
  return job;
}

/** Largest power of two of tier pixels that is at most {@link CELL_UM} wide; it depends on the tier alone. */
function cellSize(request: FieldRequest): number {
  const { matrix } = request;
  const pixelUm = Math.hypot(matrix[0] ?? 0, matrix[3] ?? 0, matrix[6] ?? 0) * 2 ** request.downsample;
  return 2 ** Math.max(0, Math.floor(Math.log2(CELL_UM / pixelUm)));
}

function fillCell(job: Job, x: number, y: number, size: number): void {
  const { stride, ids } = job;
  const a = y * stride + x;
  const b = a + size;
  const c = a + size * stride;
  const d = c + size;
  const id = known(job, a, x, y);
  const same =
    known(job, b, x + size, y) === id && known(job, c, x, y + size) === id && known(job, d, x + size, y + size) === id;
  if (size === 1) return;
  if (!same) {
    const half = size / 2;
    fillCell(job, x, y, half);
    fillCell(job, x + half, y, half);
    fillCell(job, x, y + half, half);
    fillCell(job, x + half, y + half, half);
    return;
  }
  for (let row = 0; row < size; row++) ids.fill(id, a + row * stride, a + row * stride + size);
  if (!job.withFields || id === 0) return;
  spread(job.depthUm, stride, a, size);
  spread(job.spanUm, stride, a, size);
  spread(job.edgeUm, stride, a, size);
  spread(job.bandUm, stride, a, size);
}

/** Bilinear fill of a cell from its four corners; corners are exact, so neighbouring cells meet. */
function spread(values: Float32Array, stride: number, a: number, size: number): void {
  const v00 = values[a] ?? 0;
  const v01 = values[a + size] ?? 0;
  const v10 = values[a + size * stride] ?? 0;
  const v11 = values[a + size * stride + size] ?? 0;
  for (let row = 0; row < size; row++) {
    const f = row / size;
    const from = v00 + (v10 - v00) * f;
    const step = (v01 + (v11 - v01) * f - from) / size;
    const at = a + row * stride;
    for (let column = 0; column < size; column++) values[at + column] = from + step * column;
  }
}

function known(job: Job, index: number, x: number, y: number): number {
  const id = job.ids[index] ?? 0;
  return id === UNKNOWN ? evaluate(job, index, x, y) : id;
}

function evaluate(job: Job, index: number, x: number, y: number): number {
  const { request, tissue } = job;
  const m = request.matrix;
  const scale = 2 ** request.downsample;
  const px = (job.x0 + x + 0.5) * scale - 0.5 + request.originX;
  const py = (job.y0 + y + 0.5) * scale - 0.5 + request.originY;
  const xUm = (m[0] ?? 0) * px + (m[1] ?? 0) * py + (m[2] ?? 0);
  const yUm = (m[3] ?? 0) * px + (m[4] ?? 0) * py + (m[5] ?? 0);
  const zUm = (m[6] ?? 0) * px + (m[7] ?? 0) * py + (m[8] ?? 0);
  tissueAt(xUm, yUm, zUm, tissue);
  job.ids[index] = tissue.id;
  if (job.withFields) {
    job.depthUm[index] = tissue.depthUm;
    job.spanUm[index] = tissue.spanUm;
    job.bandUm[index] = Math.min(tissue.bandUm, FAR_UM);
    job.edgeUm[index] = tissue.edgeUm;
  }
  return tissue.id;
}
