// Writes what is generated: the SDK's schema, the mirror's JPEG codec, and the API reports. The schema comes from recordings of the
// service, which are not part of the project; where they are absent the one that is there stays.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ROOT, run, say } from "./lib/setup.mjs";

const recordings = process.env.BRAINATLAS_RECORDINGS;
const listing = resolve(recordings ?? "", "recorded", "enumerate_2013.json");
if (recordings !== undefined && existsSync(listing)) {
  say("writing the schema");
  run(process.execPath, [join(ROOT, "scripts", "generate-schema.mjs"), listing], { stdout: 1 });
} else {
  say("the schema is left out: no recordings; name their folder in BRAINATLAS_RECORDINGS");
}
say("writing the JPEG codec");
run(process.execPath, [join(ROOT, "scripts", "build-codec.mjs")], { stdout: 1 });
say("writing the API reports");
run(process.execPath, [join(ROOT, "scripts", "api-report.mjs")], { stdout: 1 });
