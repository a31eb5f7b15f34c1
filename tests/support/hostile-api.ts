import type { Mirror } from "@brainatlas/mirror";

/** What text of a server runs where a page takes it for markup: each sets `__pwned`. */
export const HOSTILE_TEXT = `"><img src=x onerror="globalThis.__pwned='image'"><script>globalThis.__pwned='script'</script>{{7*7}}<b>`;

/** A colour that would ask another host where a page puts it into the text of a style. */
export const HOSTILE_COLOUR = "red;background:url(http://evil.test/colour)";

/** Keys whose values people read. */
const WORDS = new Set(["name", "acronym", "safe_name", "description", "image_type", "original_name", "title"]);

/** What a hostile server answers in place of what it should. */
export interface HostileAnswers {
  /** Instead of each drawing. */
  drawing?: (() => Response) | undefined;
  /** Whether the words of all rows are hostile, or the colours. */
  hostile?: "words" | "colours" | undefined;
}

/** A server that answers as a mirror, but for what it is told; the viewer itself it serves as it is. */
export function createHostileApi(mirror: Mirror, answers: HostileAnswers): Pick<Mirror, "fetch"> {
  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (answers.drawing !== undefined && pathname.includes("/svg")) return answers.drawing();
      // Its answers are read here.
      request.headers.delete("accept-encoding");
      const response = await mirror.fetch(request);
      const { hostile } = answers;
      if (hostile === undefined || !pathname.startsWith("/api/v2/")) return response;
      if (response.headers.get("content-type")?.includes("json") !== true) return response;
      return Response.json(withHostile(hostile, await response.json()), { status: response.status });
    },
  };
}

function withHostile(what: "words" | "colours", value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((each) => withHostile(what, each));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withHostile(what, each, name)]));
  }
  if (typeof value !== "string") return value;
  if (what === "colours") return key === "color_hex_triplet" ? HOSTILE_COLOUR : value;
  return WORDS.has(key) ? value + HOSTILE_TEXT : value;
}

const OPEN = `<svg width="10560" height="7552" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"`;
const path = (more = "", data = "M2000,2000l6000,0l0,3000l-6000,0z"): string =>
  `<path id="8" parent_id="7" order="0" structure_id="8" d="${data}" style="stroke:none;fill:#bfdae3" ${more}/>`;
const group = (content: string): string =>
  `<g transform="scale(1.0)"><g id="7" order="1" parent_id="" graphic_group_label_id="28" graphic_group_label="Atlas - Adult Mouse" sub_image_id="100960224" transform=" scale(1.0, 1.0)">${content}</g></g>`;
const drawing = (content: string, attributes = ""): string => `${OPEN} ${attributes}>${content}</svg>`;
const PWN = "globalThis.__pwned='drawing'";

/** Drawings that run something, ask another host, or are too much, where they are taken as they are. */
export const HOSTILE_DRAWINGS: Readonly<Record<string, () => string>> = {
  "with a script": () => drawing(`<script>${PWN}</script>${group(path())}`),
  "with a script from elsewhere": () => drawing(`<script xlink:href="http://evil.test/a.js"/>${group(path())}`),
  "with event attributes": () =>
    drawing(group(path(`onload="${PWN}" onclick="${PWN}" onmouseover="${PWN}"`)), `onload="${PWN}"`),
  "with a page in it": () =>
    drawing(
      `<foreignObject width="100%" height="100%"><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://evil.test/" srcdoc="&lt;script&gt;parent.__pwned=1&lt;/script&gt;"/><img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="${PWN}"/></foreignObject>${group(path())}`,
    ),
  "with pictures from elsewhere": () =>
    drawing(
      `<image href="http://evil.test/a.png" xlink:href="http://evil.test/b.png" width="9" height="9"/><use xlink:href="http://evil.test/c.svg#a"/>${group(path())}`,
    ),
  "with links that run": () => drawing(`<a xlink:href="javascript:${PWN}">${group(path())}</a>`),
  "with styles that ask elsewhere": () =>
    drawing(
      `<style>@import "http://evil.test/a.css"; path { fill: url(http://evil.test/b.svg#a); }</style>${group(path().replace("fill:#bfdae3", "fill:url(http://evil.test/c.svg#a);background:url('http://evil.test/d')"))}`,
    ),
  "with a style sheet from elsewhere": () =>
    `<?xml-stylesheet href="http://evil.test/a.css"?>${drawing(group(path()))}`,
  "with animations that run": () =>
    drawing(
      group(path()) +
        `<set attributeName="href" to="javascript:${PWN}"/><animate onbegin="${PWN}" attributeName="x" dur="1s"/>`,
    ),
  "with a bomb of entities": () => {
    const levels = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`);
    return `<!DOCTYPE svg [<!ENTITY e0 "M0,0l9,9">${levels.join("")}<!ENTITY x SYSTEM "http://evil.test/x">]>${drawing(group(path("", "&e12;&x;")))}`;
  },
  "that nests without end": () => drawing("<g>".repeat(100_000)),
  "of no end": () => drawing(group(path("", "M0,0l1,1".repeat(10)))).slice(0, -40),
  "that is none": () => "<html><body><script>globalThis.__pwned=1</script>Not found</body></html>",
};

/** A drawing with a path of so many bytes, sent as it is made. */
export function longDrawing(bytes: number): Response {
  const [before = "", after = ""] = drawing(group(path("", "@"))).split("@");
  const chunk = new TextEncoder().encode("l1.5,0.25 -1.5,-0.25 ".repeat(3000));
  let left = bytes;
  let isOpen = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!isOpen) {
        controller.enqueue(new TextEncoder().encode(`${before}M5000,3000`));
        isOpen = true;
      } else if (left > 0) {
        controller.enqueue(chunk);
        left -= chunk.byteLength;
      } else {
        controller.enqueue(new TextEncoder().encode(after));
        controller.close();
      }
    },
  });
  return new Response(body, { headers: { "content-type": "image/svg+xml" } });
}
