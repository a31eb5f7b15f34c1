import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { DownloadItem } from "@brainatlas/sdk/node";
import type { Fault, FaultPlan } from "./chaos-faults.ts";
import { type ChaosFile, declare } from "./chaos-files.ts";
import { type ChaosAsk, type ChaosReply, readAsks, sendReply } from "./chaos-http.ts";
import { type ChaosOptions, type ChaosRecord, ChaosTurns } from "./chaos-turns.ts";

/** A server of made files to which much happens, all of it by a seed. */
export interface ChaosServer {
  readonly origin: string;
  readonly seed: number;
  readonly count: number;
  /** Requests for files, in the order of their answers. */
  readonly records: readonly ChaosRecord[];
  /** How often each fault happened. */
  readonly faults: ReadonlyMap<Fault, number>;
  file(index: number): ChaosFile;
  plan(index: number): FaultPlan;
  item(index: number): ChaosItem;
  /** The items, in order. */
  items(): Generator<ChaosItem, void, undefined>;
  /** Whether bytes are those of a whole version of a file; the hashes are kept. */
  isRight(index: number, sha256: string): boolean;
  /** Lets no more happen but what is right. */
  calm(): void;
  stop(): void;
}

/** An item that knows what it is. */
export interface ChaosItem extends DownloadItem {
  readonly index: number;
}

/** Starts a server; `stop()` ends it. */
export async function startChaosServer(options: ChaosOptions): Promise<ChaosServer> {
  const { seed, count } = options;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {}); // Clients go away: that is what is tested.
    socket.on("close", () => sockets.delete(socket));
    void serve(
      socket,
      (ask) => turns.answer(ask),
      (record, bytes) => options.onEvent?.({ record, bytes }),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A TCP server's address is of this kind.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const turns = new ChaosTurns(options, origin);
  return {
    origin,
    seed,
    count,
    records: turns.records,
    faults: turns.faults,
    file: (index) => turns.file(index),
    plan: (index) => turns.plan(index),
    item: (index) => itemOf(turns, index),
    *items() {
      for (let index = 0; index < count; index += 1) yield itemOf(turns, index);
    },
    isRight: (index, hash) => turns.hashes(index).includes(hash),
    calm: () => {
      turns.isCalm = true;
    },
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function itemOf(turns: ChaosTurns, index: number): ChaosItem {
  const file = turns.file(index);
  return {
    index,
    url: `${turns.origin}/file/${index}`,
    name: file.name,
    kind: file.kind,
    ...declare(turns.seed, file),
  };
}

/** Answers the requests of a connection one after the other, as HTTP/1.1 wants it. */
async function serve(
  socket: Socket,
  answer: (ask: ChaosAsk) => { reply: ChaosReply; record: ChaosRecord | undefined },
  onEvent: (record: ChaosRecord, bytes: number) => void,
): Promise<void> {
  try {
    for await (const ask of readAsks(socket)) {
      const { reply, record } = answer(ask);
      if (record !== undefined) onEvent(record, 0);
      const isOpen = await sendReply(socket, reply, (bytes) => {
        if (record === undefined) return;
        record.sentBytes += bytes;
        onEvent(record, bytes);
      });
      if (!isOpen) return;
    }
  } catch {
    // The client has gone.
  }
}
