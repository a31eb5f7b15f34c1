import { ensureInstalled } from "./lib/setup.mjs";

await ensureInstalled();
