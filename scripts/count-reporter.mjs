/** Closes a run with one plain line, `N passed, N failed, N skipped`, that programs can read. */
class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    const reasons = new Set();
    for (const module of modules) {
      const before = counts.failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === "pending" ? "skipped" : state] += 1;
        // A group that is skipped says why in its name.
        const reason = /\(skipped: (.*?)\)/.exec(test.fullName)?.[1];
        if (state === "skipped" && reason !== undefined) reasons.add(reason);
      }
      // A file that failed to load has no tests, and is a failure all the same.
      if (module.state() === "failed" && counts.failed === before) counts.failed += 1;
    }
    process.on("exit", () => {
      for (const reason of reasons) process.stdout.write(`\nSkipped tests: ${reason}\n`);
      process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
    });
  }
}

// Vitest loads a reporter by its default export.
// biome-ignore lint/style/noDefaultExport: required by the tool
export default CountReporter;
