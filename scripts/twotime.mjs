import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withLock } from "./lock.mjs";
import { marks, readMark, root, run, setup, writeMark } from "./setup.mjs";

/** `twotime` in a checkout: installs and builds when something changed, then runs the command line in this process. */
const program = join(root, "dist", "cli.js");

await setup();
if (!isBuilt()) await withLock(marks, "build", build);
await import(pathToFileURL(program).href);

function isBuilt() {
  return existsSync(program) && readMark("built") === sources();
}

function build() {
  if (isBuilt()) return;
  console.error("twotime: building the command line");
  // Taken before the build: what changes while it runs makes the next start build again.
  const state = sources();
  const tsdown = join(root, "node_modules", "tsdown", "dist", "run.mjs");
  run(
    process.execPath,
    [tsdown, "--filter", "command-line", "--no-clean", "--logLevel", "warn"],
    "the build failed",
  );
  writeMark("built", state);
}

/** Names, sizes and times of change of everything the build reads. */
function sources() {
  const hash = createHash("sha256");
  const add = (path) => {
    const { mtimeMs, size } = statSync(join(root, path));
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  };
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else add(path);
    }
  };
  for (const path of ["package.json", "tsconfig.json", "tsdown.config.ts"]) add(path);
  walk("src");
  return hash.digest("hex");
}
