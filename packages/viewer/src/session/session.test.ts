import { createMirror, sampleStore } from "@brainatlas/mirror";
import { expect, test, vi } from "vitest";
import { createView } from "../model/view.ts";
import { createSession } from "./session.ts";

const { fetch } = createMirror({ store: sampleStore() });

test("volumes are given back when nothing looks at them, and their progress begins anew", async () => {
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => fetch(new Request(url, init)));
  const session = createSession("http://mirror.test", createView({ kind: "atlas", id: 1 }));
  const close = session.volumes.get("reference").subscribe(() => {});
  const first = await session.volumes.wait("reference");
  expect(session.volumes.peek("reference")).toBe(first);
  expect(session.volumeProgress.peek()?.receivedBytes).toBeGreaterThan(0);
  close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(session.volumes.peek("reference")).toBeUndefined();
  const again = session.volumes.wait("reference");
  expect(session.volumeProgress.peek()).toBeUndefined();
  expect((await again).annotation).toBeDefined();
});
