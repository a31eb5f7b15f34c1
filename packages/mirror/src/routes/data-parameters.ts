import { refuse } from "./refuse.ts";

/** Largest body that is read: twice the longest query that is parsed. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/**
 * The parameters of a request: those of its URL, and with POST those of its body, a form or a JSON object of texts (reference
 * §3.1). Where both give a name, the body's counts. A body that cannot be read is answered at once.
 */
export async function readParameters(request: Request, url: URL): Promise<URLSearchParams | Response> {
  if (request.method !== "POST") return url.searchParams;
  const body = await readBody(request);
  if (body === undefined) return refuse(413, `The body is too large; send at most ${MAX_BODY_BYTES} bytes`);
  const type = (request.headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  const given = type === "application/json" ? readJson(body) : readForm(body, type);
  if (given instanceof Response) return given;
  return new URLSearchParams([...given, ...url.searchParams]);
}

async function readBody(request: Request): Promise<string | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
    await request.body?.cancel();
    return undefined;
  }
  const decoder = new TextDecoder();
  let text = "";
  let sizeBytes = 0;
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength;
    // Leaving the loop cancels the rest.
    if (sizeBytes > MAX_BODY_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Programs that say nothing of a body's type send forms, those that say "text" too. */
function readForm(body: string, type: string): URLSearchParams | Response {
  if (["", "application/x-www-form-urlencoded", "text/plain"].includes(type)) return new URLSearchParams(body);
  return refuse(415, `Cannot read a body of the type ${JSON.stringify(type.slice(0, 60))}; send a form, or JSON`);
}

/** An object of texts, as one client writes a query string's parameters. */
function readJson(body: string): [string, string][] | Response {
  const entries = Object.entries(parseObject(body) ?? {});
  const isFit = entries.every(([, value]) => ["string", "number", "boolean"].includes(typeof value));
  if (entries.length === 0 || !isFit) return refuse(400, "Cannot read the body as JSON; send an object of texts");
  return entries.map(([name, value]) => [name, String(value)]);
}

function parseObject(body: string): object | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
