import { Command, CommanderError } from "commander";
import type { Context } from "./context.ts";
import { EXIT } from "./exit.ts";
import { readVersion } from "./version.ts";

/** Adds to a command what it takes and does; `finish` is told the exit code. */
export type Define = (command: Command, context: Context, finish: (code: number) => void) => void;

interface Entry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{ define: Define }>;
}

/** The commands; each is loaded when it is named on the command line. */
const COMMANDS: readonly Entry[] = [
  { name: "image", summary: "download a picture", load: () => import("./commands/image.ts") },
  { name: "atlases", summary: "list the atlases", load: () => import("./commands/atlases.ts") },
  { name: "plates", summary: "list the plates of an atlas", load: () => import("./commands/plates.ts") },
  { name: "structures", summary: "find and show brain structures", load: () => import("./commands/structures.ts") },
  { name: "datasets", summary: "list data sets by gene, plane and age", load: () => import("./commands/datasets.ts") },
  { name: "svg", summary: "download the drawing of a plate", load: () => import("./commands/svg.ts") },
  {
    name: "sync",
    summary: "map points between images and the reference space",
    load: () => import("./commands/sync.ts"),
  },
  { name: "grid", summary: "download the voxel grids of an experiment", load: () => import("./commands/grid.ts") },
  { name: "volume", summary: "look into volumes: header, slices, labels", load: () => import("./commands/volume.ts") },
  { name: "expression", summary: "show where a gene is expressed", load: () => import("./commands/expression.ts") },
  {
    name: "connectivity",
    summary: "find and compare tracer experiments",
    load: () => import("./commands/connectivity.ts"),
  },
  { name: "service", summary: "run a connected service", load: () => import("./commands/service.ts") },
  { name: "file", summary: "download a well-known file", load: () => import("./commands/file.ts") },
  { name: "rma", summary: "ask for rows of any model", load: () => import("./commands/rma.ts") },
  {
    name: "pull",
    summary: "download whole atlases, experiments, volumes",
    load: () => import("./commands/pull.ts"),
  },
  { name: "view", summary: "open a viewer in the browser", load: () => import("./commands/view.ts") },
  { name: "serve", summary: "serve a mirror of the API, offline", load: () => import("./commands/serve.ts") },
  { name: "store", summary: "fill and show the store of a mirror", load: () => import("./commands/store.ts") },
  { name: "doctor", summary: "check what the program needs", load: () => import("./commands/doctor.ts") },
];

const AFTER = `
Examples:
  $ brainatlas image 100883869 --downsample 4 --annotation
  $ brainatlas image 100883869 --downsample 4 --api sample
  $ brainatlas structures tree HPF
  $ brainatlas datasets --gene Pdyn --plane sagittal
  $ brainatlas pull atlas 1 --dry-run
  $ brainatlas view --sample
  $ brainatlas serve --sample
  $ brainatlas help image

Results are on standard output, notes and errors on standard error. Exit codes:
0 done, 1 failed, 2 wrong usage, 130 interrupted. $BRAINATLAS_API and
$BRAINATLAS_STORE replace the defaults of --api and --store, $NO_COLOR is obeyed,
$DEBUG prints stack traces.

Data of the Allen Brain Atlas belong to the Allen Institute for Brain Science
and are under its Terms of Use, alleninstitute.org/legal/terms-use. This program
is independent work.`;

/** Widest help, in characters. */
const MAX_HELP_COLUMNS = 120;

/** Runs the program. Returns the exit code; never rejects. */
export async function runProgram(given: readonly string[], context: Context): Promise<number> {
  const args = withPlainHelp(given);
  let code: number = EXIT.done;
  try {
    const program = createProgram(context);
    for (const { name, summary, load } of COMMANDS) {
      const command = program.command(name).summary(summary);
      if (name !== args[0]) continue;
      const { define } = await load();
      define(command, context, (result) => {
        code = result;
      });
    }
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    // Commander has said on stderr what is wrong, or printed the help or the version that it was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const { isVerbose, reportFailure } = await import("./failure.ts");
    return reportFailure(context, error, isVerbose(args, context.env));
  }
}

/**
 * Makes `help store import` of `store import --help`, since commander's own help command goes one level deep only, and takes
 * the wish for help off an unknown command, so that commander says that it is unknown.
 */
function withPlainHelp(given: readonly string[]): readonly string[] {
  const args = given[0] === "help" && given.length > 1 ? [...given.slice(1), "--help"] : given;
  const [first = "-"] = args;
  const isKnown = first.startsWith("-") || first === "help" || COMMANDS.some(({ name }) => name === first);
  return isKnown ? args : [first];
}

function createProgram({ stdout, stderr }: Context): Command {
  const columns = Math.min(stdout.columns ?? 80, MAX_HELP_COLUMNS);
  return new Command("brainatlas")
    .description("The Allen Brain Atlas on the command line: pictures, structures and data sets, offline too.")
    .usage("<command> [options]")
    .version(readVersion(), "-V, --version", "print the version")
    .helpOption("-h, --help", "print this text")
    .helpCommand("help [command]", "print the help of a command")
    .addHelpText("after", AFTER)
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      getOutHelpWidth: () => columns,
      getErrHelpWidth: () => columns,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}
