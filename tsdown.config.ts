import { readdirSync } from "node:fs";
import { defineConfig } from "tsdown";

const shared = { format: "esm", platform: "node", target: "node20", fixedExtension: false } as const;

/** The subpaths of the systems, `twotime/NAME`: every folder of src/systems/ with functions of its own. */
const systems = Object.fromEntries(
  readdirSync("src/systems", { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(`src/systems/${entry.name}`).includes("index.ts"))
    .map(({ name }) => [`systems/${name}`, `src/systems/${name}/index.ts`]),
);

/** Two bundles: the library with its types, and the command line, which loads solvers only when it needs them. */
export default defineConfig([
  {
    ...shared,
    name: "library",
    // The programs of workers stand beside what starts them.
    entry: {
      index: "src/index.ts",
      // Beside the index, which then does nothing but hand on: esbuild leaves out what a page does not use.
      calls: "src/systems/calls.ts",
      comparison: "src/compare/comparison.ts",
      citation: "src/systems/citation.ts",
      "json-schema": "src/systems/config/json-schema.ts",
      analysis: "src/analysis.ts",
      ...systems,
      kernels: "src/kernels/index.ts",
      pool: "src/pool.ts",
      node: "src/run/index.ts",
      worker: "src/run/worker.ts",
      "point-worker": "src/run/sweep/point-worker.ts",
    },
    platform: "neutral",
    dts: true,
    deps: { neverBundle: [/^node:/] },
  },
  {
    ...shared,
    name: "command-line",
    // The programs of workers stand beside what starts them, among the command line's own pieces.
    entry: {
      cli: "src/cli/main.ts",
      "cli/worker": "src/run/worker.ts",
      "cli/point-worker": "src/run/sweep/point-worker.ts",
    },
    dts: false,
    clean: false,
    // Loaded at every start: whole packages take a tenth of a second longer to read than their used parts.
    deps: { alwaysBundle: ["commander", "zod"] },
    copy: [
      { from: "node_modules/commander/LICENSE", to: "dist/cli", rename: "commander.LICENSE" },
      { from: "node_modules/zod/LICENSE", to: "dist/cli", rename: "zod.LICENSE" },
    ],
    outputOptions: { chunkFileNames: "cli/[name]-[hash].js" },
  },
]);
