import { fileURLToPath } from "node:url";
import { build, defineConfig, type Plugin, type Rolldown } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** The page imports the library as any user does. */
const alias = [
  { find: /^twotime$/, replacement: here("../src/index.ts") },
  { find: /^twotime\/pool$/, replacement: here("../src/pool.ts") },
];
const target = "es2022";
/** What is bundled has licenses that go with it. */
const WORKER_LICENSES = "worker-licenses.md";

/**
 * The program of the workers, as a text in the page's own script: a page opened from a file may load no other script, but it may
 * start a worker from a text.
 */
function workerProgram(): Plugin {
  const id = "virtual:worker-program";
  return {
    name: "worker-program",
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    async load(source) {
      if (source !== `\0${id}`) return undefined;
      const [{ output }] = (await build({
        configFile: false,
        logLevel: "warn",
        resolve: { alias },
        plugins: [withoutFigures()],
        build: {
          target,
          write: false,
          license: { fileName: WORKER_LICENSES },
          lib: { entry: here("compute/worker.ts"), formats: ["iife"], name: "worker", fileName: "worker" },
          rolldownOptions: { output: { codeSplitting: false } },
        },
      })) as Rolldown.RolldownOutput[];
      const licenses = output.find(({ fileName }) => fileName === WORKER_LICENSES) as Rolldown.OutputAsset;
      this.emitFile({ type: "asset", fileName: WORKER_LICENSES, source: licenses.source });
      return `export default ${JSON.stringify(output[0].code)};`;
    },
  };
}

/** The figures of the papers, which records know how to load, are not shown in the page. */
function withoutFigures(): Plugin {
  return {
    name: "without-figures",
    enforce: "pre",
    resolveId: (source) => (/\/figures\/[a-z-]+$/.test(source) ? "\0no-figures" : undefined),
    load: (source) => (source === "\0no-figures" ? "export const figures = [];" : undefined),
  };
}

/** A script of the old kind: modules are not loaded from files either. */
function classicScript(): Plugin {
  return {
    name: "classic-script",
    enforce: "post",
    transformIndexHtml: (html) =>
      html.replace(/<script type="module" crossorigin/, "<script defer").replace(/ crossorigin/g, ""),
  };
}

/** Browsers that run the page read woff2; what else the stylesheet of KaTeX names is left out. */
function woff2Only(): Plugin {
  return {
    name: "woff2-only",
    enforce: "pre",
    transform: (code, id) =>
      /katex[^/]*\.css/.test(id)
        ? code.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, "")
        : undefined,
  };
}

export default defineConfig({
  root: here("."),
  base: "./",
  resolve: { alias },
  plugins: [workerProgram(), classicScript(), woff2Only()],
  build: {
    target,
    outDir: here("../dist/web"),
    emptyOutDir: true,
    license: { fileName: "licenses.md" },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 3000,
    rolldownOptions: { output: { format: "iife", codeSplitting: false } },
  },
});
