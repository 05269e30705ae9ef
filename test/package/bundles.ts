import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { type Metafile, build as withEsbuild } from "esbuild";
import { createLogger, build as withVite } from "vite";
import { describe, expect, it } from "vitest";
import { newFolder } from "../cli/spawn";
import type { Project } from "./project";

/** Bytes after gzip of what a page loads before it computes: without pieces that it loads when they are needed. */
interface Budget {
  readonly vite: number;
  readonly esbuild: number;
}

/** Two ways to begin: one system with its solver, kernels included; and every system by its name. */
const PAGES: Readonly<Record<string, { readonly code: string; readonly most: Budget }>> = {
  "one system": {
    code: 'import { solveUniform } from "twotime/p-spin"; export { solveUniform };',
    most: { vite: 60_000, esbuild: 60_000 },
  },
  "all by name": {
    code: 'import { solve } from "twotime"; export { solve };',
    most: { vite: 60_000, esbuild: 110_000 },
  },
};

/** Tests of the packed package in an empty project of Vite, and of one of esbuild. */
export function bundles(project: () => Project): void {
  const entry = (name: string, code: string) => {
    const path = join(project().folder, `${name.replaceAll(" ", "-")}.js`);
    writeFileSync(path, code);
    return path;
  };
  const gzipped = (code: string | Uint8Array) => gzipSync(code).length;

  describe.each(Object.entries(PAGES))("a page that uses %s", (name, { code, most }) => {
    it("is small when bundled by Vite, and has nothing of Node", async () => {
      const { chunks, warnings } = await viteChunks(project().folder, entry(name, code));
      expect(warnings).toEqual([]);
      for (const chunk of chunks) expect(chunk.code).not.toMatch(/["']node:|__vite-browser-external/);
      const find = (file: string) => chunks.find(({ fileName }) => fileName === file)!;
      const start = chunks.find(({ isEntry }) => isEntry)!.fileName;
      const loaded = reachable(start, (file) => find(file).imports);
      const size = loaded.reduce((sum, file) => sum + gzipped(find(file).code), 0);
      console.info(`${name}, Vite: ${size} bytes`);
      expect(size).toBeLessThan(most.vite);
    });

    it("is small when bundled by esbuild", async () => {
      const outdir = newFolder();
      const { metafile } = await withEsbuild({
        entryPoints: [entry(name, code)],
        outdir,
        bundle: true,
        splitting: true,
        minify: true,
        format: "esm",
        platform: "browser",
        metafile: true,
        logLevel: "error",
        absWorkingDir: outdir,
      });
      const outputs: Metafile["outputs"] = metafile.outputs;
      const start = Object.keys(outputs).find(
        (path) => basename(path) === `${name.replaceAll(" ", "-")}.js`,
      )!;
      const loaded = reachable(start, (path) =>
        outputs[path].imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path),
      );
      const size = loaded.reduce((sum, path) => sum + gzipped(readFileSync(join(outdir, path))), 0);
      console.info(`${name}, esbuild: ${size} bytes`);
      expect(size).toBeLessThan(most.esbuild);
    });
  });

  it("a page bundled by Vite computes the library's own numbers", async () => {
    const call =
      'solve({ system: "p-spin", parameters: { p: 3 } }, { kind: "uniform", until: 1, points: 16 })';
    const code = `import { solve } from "twotime";\nexport const solution = await ${call};`;
    const { chunks } = await viteChunks(project().folder, entry("numbers", code));
    const folder = newFolder();
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const { fileName, code } of chunks) writeFileSync(join(folder, basename(fileName)), code);
    const start = chunks.find(({ isEntry }) => isEntry)!.fileName;
    const page = await import(pathToFileURL(join(folder, basename(start))).href);
    const { stdout } = project().script(
      `import { solve } from "twotime";\nconsole.log((await ${call}).sample([1]).series.loss[0]);`,
    );
    expect(page.solution.sample([1]).series.loss[0]).toBe(Number(stdout));
  });
}

/** What a project of Vite with this entry becomes. */
async function viteChunks(folder: string, input: string) {
  const warnings: string[] = [];
  const logger = createLogger("warn");
  logger.warn = (message) => void warnings.push(message);
  const built = await withVite({
    root: folder,
    configFile: false,
    customLogger: logger,
    build: {
      write: false,
      target: "esnext",
      modulePreload: false,
      chunkSizeWarningLimit: 10_000,
      rollupOptions: { input, preserveEntrySignatures: "strict" },
    },
  });
  const { output } = built as Extract<typeof built, { output: unknown }>;
  return { warnings, chunks: output.filter((part) => part.type === "chunk") };
}

/** A piece and all that it imports at once. */
function reachable(start: string, importsOf: (piece: string) => readonly string[]): string[] {
  const seen = new Set<string>();
  const visit = (piece: string) => {
    if (seen.has(piece)) return;
    seen.add(piece);
    importsOf(piece).forEach(visit);
  };
  visit(start);
  return [...seen];
}
