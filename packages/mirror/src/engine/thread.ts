import { parentPort, workerData } from "node:worker_threads";
import { createCollector } from "./collector.ts";
import { packFailure } from "./failure.ts";
import { gather } from "./gather.ts";
import { createTools } from "./job-tools.ts";
import type { Order, Report, ThreadData } from "./messages.ts";
import type { PictureJob } from "./picture-job.ts";
import { startJob } from "./start-job.ts";

/** Chunks that may be on the way before one is taken: more would be memory of a client that reads slowly. */
const MAX_ON_THE_WAY = 4;

const port = parentPort;
if (port === null) throw new Error("This module is the code of a thread");
const { unwanted } = workerData as ThreadData; // By who begins the thread.
const tools = createTools();
const spent = createCollector();

let onTheWay = 0;
let goOn = (): void => {};

port.on("message", async (order: Order) => {
  if (order.kind === "taken") {
    onTheWay -= 1;
    return goOn();
  }
  try {
    await work(order.job, order.isStreamed);
  } catch (error) {
    tell({ kind: "failed", failure: packFailure(error) });
  }
});

async function work(job: PictureJob, isStreamed: boolean): Promise<void> {
  const { path, chunks } = startJob(job, tools, heed);
  if (!isStreamed) {
    const bytes = await gather(chunks);
    // As much as it was gathered from.
    spent(bytes.length);
    return tell({ kind: "whole", path, bytes }, bytes.buffer);
  }
  tell({ kind: "begun", path });
  onTheWay = 0;
  for await (const chunk of chunks) {
    // A copy: a chunk may be part of a larger piece of memory, which would go with it.
    const bytes = new Uint8Array(chunk);
    spent(bytes.length);
    tell({ kind: "chunk", bytes }, bytes.buffer);
    onTheWay += 1;
    while (onTheWay >= MAX_ON_THE_WAY) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await heed();
    }
  }
  tell({ kind: "done" });
}

async function heed(): Promise<void> {
  if (Atomics.load(unwanted, 0) !== 0) throw new Error("Nobody waits for this picture any more");
}

function tell(report: Report, ...transferred: ArrayBuffer[]): void {
  port?.postMessage(report, transferred);
}
