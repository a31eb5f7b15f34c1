import type { PaintContext } from "../paint-place.ts";

/** A call of a canvas, with how the canvas was set at that time. */
export interface Call {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly state: {
    readonly mode: string;
    readonly alpha: number;
    readonly fill: unknown;
    readonly stroke: unknown;
    readonly lineWidth: number;
  };
}

/** A context that paints nothing and keeps what it is asked for. */
export function fakeContext(): PaintContext & { readonly calls: Call[] } {
  const calls: Call[] = [];
  const record =
    (name: string) =>
    (...values: unknown[]): void => {
      const { globalCompositeOperation: mode, globalAlpha: alpha, fillStyle: fill, strokeStyle: stroke } = context;
      calls.push({ name, values, state: { mode, alpha, fill, stroke, lineWidth: context.lineWidth } });
    };
  const context: PaintContext & { readonly calls: Call[] } = {
    calls,
    globalAlpha: 1,
    globalCompositeOperation: "source-over",
    fillStyle: "#000000",
    strokeStyle: "#000000",
    lineWidth: 1,
    lineJoin: "miter",
    setTransform: record("setTransform"),
    clearRect: record("clearRect"),
    fillRect: record("fillRect"),
    fill: record("fill"),
    stroke: record("stroke"),
  };
  return context;
}

/** A path that keeps what is drawn into it, as SVG writes it. */
export class FakePath {
  d = "";
  moveTo(x: number, y: number): void {
    this.d += `M${x},${y}`;
  }
  lineTo(x: number, y: number): void {
    this.d += `L${x},${y}`;
  }
  bezierCurveTo(...points: number[]): void {
    this.d += `C${points.join(",")}`;
  }
  closePath(): void {
    this.d += "Z";
  }
}
