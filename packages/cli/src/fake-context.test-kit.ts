import { Readable } from "node:stream";
import { type Context, INSTALLED, type Input, Interrupt, type Loaders } from "./context.ts";

/** A context for tests: what is written is kept, and nothing of this machine is seen. */
export interface FakeContext extends Context {
  readonly stdout: FakeOutput;
  readonly stderr: FakeOutput;
  /** Asks the program to end. */
  interrupt(signalName: "SIGINT" | "SIGTERM"): void;
}

/** A stream that keeps what is written. */
export class FakeOutput {
  readonly chunks: Buffer[] = [];
  readonly isTTY: boolean;
  readonly columns: number;
  readonly rows: number;

  constructor(terminal: { isTTY?: boolean; columns?: number; rows?: number } = {}) {
    this.isTTY = terminal.isTTY ?? false;
    this.columns = terminal.columns ?? 100;
    this.rows = terminal.rows ?? 40;
  }

  write(chunk: string | Uint8Array): boolean {
    this.chunks.push(Buffer.from(chunk));
    return true;
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get text(): string {
    return this.bytes.toString("utf8");
  }
}

/** What a test sets of a context. */
export interface FakeOptions {
  readonly env?: Context["env"];
  readonly cwd?: string;
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
  readonly load?: Partial<Loaders>;
  /** What standard input holds. */
  readonly stdin?: string | Input;
  readonly terminal?: { readonly columns?: number; readonly rows?: number };
}

export function createFakeContext(options: FakeOptions = {}): FakeContext {
  const controller = new AbortController();
  const isTTY = options.terminal !== undefined;
  const { stdin = "" } = options;
  return {
    stdin: typeof stdin === "string" ? Readable.from([Buffer.from(stdin)]) : stdin,
    stdout: new FakeOutput({ isTTY, ...options.terminal }),
    stderr: new FakeOutput({ isTTY, ...options.terminal }),
    env: options.env ?? {},
    cwd: options.cwd ?? "/nowhere",
    homeDirectory: "/home/someone",
    platform: "linux",
    signal: controller.signal,
    fetch: options.fetch ?? (() => Promise.reject(new Error("this test sends nothing"))),
    load: {
      ...INSTALLED,
      viewer: async () => "/nowhere/viewer",
      open: () => Promise.reject(new Error("this test opens nothing")),
      ...options.load,
    },
    interrupt: (signalName) => controller.abort(new Interrupt(signalName)),
  };
}

/** The shortest bytes that pass for a whole JPEG of a size: its frame header is true, and it cannot be decoded. */
export function makeJpeg(width: number, height: number): Buffer<ArrayBuffer> {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.from(
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0]), frame, Buffer.from([0xff, 0xd9])]),
  );
}

/** A service that redirects the download services to the picture, as the API does, and knows no negative id. */
export function pictureService(
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
): (url: string) => Promise<Response> {
  return async (url) => {
    const { origin, pathname } = new URL(url);
    if (/download\/-/.test(pathname)) return Response.json({ success: false, msg: "no such image" }, { status: 404 });
    if (pathname.startsWith("/api/")) {
      return new Response(null, { status: 302, headers: { location: `${origin}/cgi-bin/imageservice?mime=1` } });
    }
    return new Response(body, {
      headers: { "content-type": "image/jpeg", "x-brainatlas-source": "computed", ...headers },
    });
  };
}
