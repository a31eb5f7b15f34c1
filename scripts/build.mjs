import { build, ensureInstalled } from "./lib/setup.mjs";

await ensureInstalled();
build();
