import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createMirror, type Mirror, sampleStore } from "@brainatlas/mirror";
import { temporaryFolder } from "../../../../tests/support/temporary.ts";
import { createFakeContext, type FakeContext, type FakeOptions } from "../fake-context.test-kit.ts";
import { runProgram } from "../program.ts";

/** Two plates of the sample, small at the tier below. */
export const PLATES: readonly number[] = [100883869, 900000101];
/** The tier that they are pulled at. */
export const DOWNSAMPLE: readonly string[] = ["--downsample", "5"];

/** The sample as a service. */
export const mirror: Mirror = createMirror({ store: sampleStore(), images: { threads: 0 } });

type Answer = Response | undefined;
type Fetch = NonNullable<FakeOptions["fetch"]>;

/** Where a test pulls, from a service that is the sample: a folder with a list of the plates, `list.txt`. */
export interface PullSide {
  readonly cwd: string;
  /** Paths and queries of the requests so far. */
  readonly asked: readonly string[];
  /** Those for pictures. */
  picturesAsked(): string[];
  /** Forgets what was asked. */
  forget(): void;
  /** The service; the test may answer otherwise. */
  service(answer?: (url: URL) => Answer | Promise<Answer>): Fetch;
  contextOf(options?: FakeOptions): FakeContext;
  pull(context: FakeContext, ...args: string[]): Promise<number>;
  /** Pulls the plates of the list. */
  pullList(context: FakeContext, ...args: string[]): Promise<number>;
}

/** Makes a folder to pull in. */
export async function newPullSide(): Promise<PullSide> {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "list.txt"), `# plates\n${PLATES.join("\n")}\n`);
  const asked: string[] = [];
  const service: PullSide["service"] = (answer) => async (address, init) => {
    const url = new URL(address);
    asked.push(url.pathname + url.search);
    init.signal?.throwIfAborted();
    return (await answer?.(url)) ?? (await mirror.fetch(address, init));
  };
  const pull: PullSide["pull"] = (context, ...args) =>
    runProgram(["pull", ...args, "--api", "http://mirror.test"], context);
  return {
    cwd,
    asked,
    picturesAsked: () => asked.filter((each) => /_download\/|^\/cgi-bin/.test(each)),
    forget() {
      asked.length = 0;
    },
    service,
    contextOf: (options = {}) => createFakeContext({ cwd, fetch: service(), ...options }),
    pull,
    pullList: (context, ...args) => pull(context, "--images-list", "list.txt", ...DOWNSAMPLE, ...args),
  };
}

/** The events that a pull has printed. */
export function eventsOf({ stdout }: FakeContext): Record<string, unknown>[] {
  const lines = stdout.text.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>); // Each is an object.
}
