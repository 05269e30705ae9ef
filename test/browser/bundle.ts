import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsdown";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds the library as it is published, without its types, into a folder. */
export function buildLibrary(folder: string): void {
  const program = join(root, "node_modules", "tsdown", "dist", "run.mjs");
  const options = ["--filter", "library", "--out-dir", folder, "--no-dts", "--logLevel", "error"];
  execFileSync(process.execPath, [program, ...options], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/**
 * Bundles a file of the tests for the browser into `folder`/`name`.js; what it imports of src/kernels comes from the
 * library built in `library`.
 *
 * @throws Error where it imports other parts of src/, which would then not be the built ones.
 */
export async function bundleForBrowser(file: string, library: string, folder: string): Promise<void> {
  await build({
    config: false,
    cwd: root,
    entry: { suite: file },
    outDir: folder,
    format: "esm",
    platform: "browser",
    target: "es2022",
    dts: false,
    clean: false,
    logLevel: "error",
    outExtensions: () => ({ js: ".js" }),
    deps: { alwaysBundle: [/./] },
    plugins: [
      {
        name: "the built library",
        resolveId(source, importer) {
          const path = importer && source.startsWith(".") ? join(importer, "..", source) : source;
          if (!path.startsWith(join(root, "src"))) return null;
          if (path === join(root, "src", "kernels")) return join(library, "kernels.js");
          throw new Error(`${importer} imports ${source}: the published library has no entry for it`);
        },
      },
    ],
  });
}
