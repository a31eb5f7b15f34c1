import { availableParallelism } from "node:os";
import { env } from "node:process";
import { defineConfig } from "vitest/config";

const SOURCE = ["@brainatlas/source"];

// Tests run from the sources, unbuilt; what needs built packages (tests/packed, tests/runtimes) builds them itself.
export default defineConfig({
  resolve: { conditions: SOURCE },
  // The viewer's components.
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  ssr: { resolve: { conditions: [...SOURCE, "node", "import", "module", "default"] } },
  test: {
    include: ["packages/*/src/**/*.test.{ts,tsx}", "tests/**/*.test.ts", "bench/**/*.test.ts"],
    server: { deps: { inline: [/@brainatlas\//] } },
    reporters: ["default", "./scripts/count-reporter.mjs"],
    // Long campaigns take minutes each.
    testTimeout: env.BRAINATLAS_LONG === undefined ? 30_000 : 1_200_000,
    hookTimeout: 120_000,
    // Much of a test is waiting for another program: a server, a browser, a Python.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    unstubGlobals: true,
  },
});
