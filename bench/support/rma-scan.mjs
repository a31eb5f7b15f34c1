// Scans all rows of a database through the engine, and prints the peak of its memory in kB.
import { openEngine } from "./rma-data.mjs";

const [path = ""] = process.argv.slice(2);
const engine = await openEngine(path);
await engine.answer("model::StructureUnionize,rma::options[num_rows$eq'all']");
engine.close();
console.log(process.resourceUsage().maxRSS);
