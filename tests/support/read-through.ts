import { join } from "node:path";
import {
  createMirror,
  type FolderStore,
  type Mirror,
  openStore,
  type UpstreamEvent,
  type UpstreamOptions,
} from "@brainatlas/mirror";
import { onTestFinished } from "vitest";
import { type Answer, type FaultServer, JPEG_BYTES, startFaultServer } from "./fault-server.ts";
import { temporaryFolder } from "./temporary.ts";

/** A mirror with an upstream that answers as a test says, an empty store, and a clock that stands still. */
export interface Rig {
  readonly server: FaultServer;
  readonly store: FolderStore;
  readonly mirror: Mirror;
  readonly events: UpstreamEvent[];
  readonly errors: unknown[];
  /** The time of the mirror, in ms since 1970. */
  readonly clock: { nowMs: number };
  get(path: string, init?: RequestInit): Promise<Response>;
}

export async function newStore(): Promise<FolderStore> {
  const store = await openStore(join(await temporaryFolder(), "store"), { create: true });
  onTestFinished(() => store.close());
  return store;
}

export async function startRig(
  answers: Readonly<Record<string, Answer>>,
  upstream: Partial<UpstreamOptions> = {},
  { given, base = "" }: { readonly given?: FolderStore; readonly base?: string } = {},
): Promise<Rig> {
  const server = await startFaultServer(answers);
  const store = given ?? (await newStore());
  const events: UpstreamEvent[] = [];
  const errors: unknown[] = [];
  const clock = { nowMs: Date.now() };
  const mirror = createMirror({
    store,
    images: { threads: 0 },
    onError: (error) => void errors.push(error),
    upstream: {
      url: server.origin + base,
      now: () => clock.nowMs,
      onEvent: (event) => void events.push(event),
      ...upstream,
    },
  });
  onTestFinished(() => mirror.close());
  const get = (path: string, init?: RequestInit): Promise<Response> => mirror.fetch(`http://mirror.test${path}`, init);
  return { server, store, mirror, events, errors, clock, get };
}

/** Answers with bytes of a type. */
export function bytes(body: Uint8Array | string, type: string, headers: Record<string, string> = {}): Answer {
  return (response) => {
    const length = String(Buffer.byteLength(body));
    response.writeHead(200, { "content-type": type, "content-length": length, ...headers }).end(body);
  };
}

export const json = (value: unknown, headers: Record<string, string> = {}): Answer =>
  bytes(JSON.stringify(value), "application/json", headers);

export const jpeg = (headers: Record<string, string> = {}): Answer => bytes(JPEG_BYTES, "image/jpeg", headers);

export const rows = (...msg: unknown[]): object => ({
  success: true,
  id: 0,
  start_row: 0,
  num_rows: msg.length,
  total_rows: msg.length,
  msg,
});

export const source = (response: Response): string | null => response.headers.get("x-brainatlas-source");

export const DAY_MS = 24 * 3600 * 1000;
