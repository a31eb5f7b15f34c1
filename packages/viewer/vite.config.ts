import { defaultClientConditions, defineConfig, type Plugin } from "vite";

/** The development server puts styles into the page by its script, which the page's own policy forbids. */
const WITHOUT_POLICY: Plugin = {
  name: "without-policy",
  apply: "serve",
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ""),
};

// Static files that work under any path, and under a policy by which nothing inline runs and no address of data is loaded. There are no
// source maps: they would be several times the page, and its sources are public.
export default defineConfig({
  base: "./",
  resolve: { conditions: ["@brainatlas/source", ...defaultClientConditions] },
  plugins: [WITHOUT_POLICY],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // The texts that the licences of what is bundled want to be kept.
    license: { fileName: "licences.txt" },
    // What is too much, scripts/budgets.json says.
    chunkSizeWarningLimit: 1000,
    reportCompressedSize: false,
  },
});
