import { escapeXml } from "./escape-xml.ts";
import { niceScale } from "./nice-scale.ts";
import { fitText, textWidth } from "./width.ts";

/** One bar. */
export interface Bar {
  /** Short, in front of the name, such as an acronym. */
  readonly label: string;
  readonly name: string;
  /** 0 or more; `null` for none. */
  readonly value: number | null;
  /** Six hexadecimal digits; grey for what is none. */
  readonly color: string;
}

/** What a chart shows beside its bars. */
export interface BarChart {
  readonly title: string;
  readonly subtitle: string;
  /** What the length of a bar means. */
  readonly axis: string;
  /** Whose data these are. */
  readonly credit: string;
  readonly bars: readonly Bar[];
}

// In px. Letters are set in fonts that the reader has, whose widths are not known: room is kept for wide ones.
const WIDTH = 900;
const MARGIN = 28;
const HEAD = 92;
const FOOT = 84;
const ROW = 30;
const BAR = 20;
const LETTER = 8.4;
const VALUE_ROOM = 66;
const GAP = 10;

const INK = "#1c2733";
const MUTED = "#5c6b7a";
const GRID = "#dde3e9";
// In letters, of which those of a label are bold and count more.
const MAX_LETTERS = 44;
const MAX_LABEL = 20;
const BOLD = 1.2;

const NO_COLOUR = "#9aa5b1";

/**
 * A chart of horizontal bars as a whole SVG document, in the order of the bars, which begin at 0.
 *
 * @example printBarChart({ title: "Pdyn", subtitle: "", axis: "energy", credit: "", bars: [] }).startsWith("<svg") // → true
 */
export function printBarChart(chart: BarChart): string {
  const { bars } = chart;
  const height = HEAD + Math.max(1, bars.length) * ROW + FOOT;
  const scale = niceScale(Math.max(0, ...bars.map(({ value }) => value ?? 0)));
  const left = MARGIN + labelWidth(bars);
  const plotWidth = WIDTH - MARGIN - VALUE_ROOM - left;
  const xOf = (value: number): number => round(left + (value / scale.end) * plotWidth);
  const bottom = height - FOOT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif" font-size="13">`,
    `<title>${escapeXml(chart.title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    text(MARGIN, 40, chart.title, `font-size="22" font-weight="bold" fill="${INK}"`),
    text(MARGIN, 64, chart.subtitle, `font-size="14" fill="${MUTED}"`),
    ...scale.ticks.map((tick) => gridLine(xOf(tick), bottom, tick)),
    ...bars.map((bar, index) => printBar(bar, HEAD + index * ROW, left, xOf)),
    `<line x1="${left}" y1="${HEAD - 6}" x2="${left}" y2="${bottom}" stroke="${MUTED}"/>`,
    text(left, bottom + 40, chart.axis, `fill="${INK}"`),
    text(MARGIN, height - 16, chart.credit, `font-size="11" fill="${MUTED}"`),
    "</svg>",
    "",
  ].join("\n");
}

function printBar(bar: Bar, y: number, left: number, xOf: (value: number) => number): string {
  const middle = y + ROW / 2 + 4.5;
  const name = nameOf(bar);
  const colour = /^[0-9a-f]{6}$/i.test(bar.color) ? `#${bar.color}` : NO_COLOUR;
  const value = bar.value === null ? "no value" : printShort(bar.value);
  const end = bar.value === null ? left : xOf(bar.value);
  // The ontology's colours are pale, some white: the edge keeps them apart from the ground.
  const rect = `<rect x="${left}" y="${y + (ROW - BAR) / 2}" width="${round(end - left)}" height="${BAR}" fill="${colour}" stroke="${INK}" stroke-opacity="0.35"/>`;
  const label = `<text x="${left - GAP}" y="${middle}" text-anchor="end" fill="${MUTED}">${escapeXml(name)}<tspan${name === "" ? "" : ' dx="8"'} font-weight="bold" fill="${INK}">${escapeXml(fitText(bar.label, MAX_LABEL))}</tspan></text>`;
  const tip = `<title>${escapeXml(`${bar.label}, ${bar.name}: ${bar.value ?? "no value"}`)}</title>`;
  return `<g>${tip}${label}${bar.value === null ? "" : rect}${text(end + GAP, middle, value, `fill="${bar.value === null ? MUTED : INK}"`)}</g>`;
}

function gridLine(x: number, bottom: number, tick: number): string {
  const line = `<line x1="${x}" y1="${HEAD - 6}" x2="${x}" y2="${bottom}" stroke="${GRID}"/>`;
  return line + text(x, bottom + 18, String(tick), `text-anchor="middle" font-size="12" fill="${MUTED}"`);
}

function text(x: number, y: number, content: string, attributes: string): string {
  return content === "" ? "" : `<text x="${x}" y="${y}" ${attributes}>${escapeXml(content)}</text>`;
}

/** Three digits, with their zeros, of values that a reader compares. */
function printShort(value: number): string {
  return value === 0 || (value >= 0.001 && value < 1000) ? value.toPrecision(3) : value.toExponential(2);
}

/** A name as far as there is room; one that says no more than the label is left out. */
function nameOf({ label, name }: Bar): string {
  const room = MAX_LETTERS - Math.ceil(BOLD * textWidth(fitText(label, MAX_LABEL)));
  return name === label ? "" : fitText(name, room);
}

/** Room for the widest name and label. */
function labelWidth(bars: readonly Bar[]): number {
  const letters = bars.map((bar) => textWidth(nameOf(bar)) + BOLD * textWidth(fitText(bar.label, MAX_LABEL)));
  return Math.ceil(Math.max(0, ...letters) * LETTER) + 8 + GAP;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
