import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withLock } from "./lock.mjs";
import { marks, readMark, root, run, setup, writeMark } from "./setup.mjs";

/** `twotime` in a checkout: installs and builds when something changed, then runs the command line in this process. */
const program = join(root, "dist", "cli.js");

const page = join(root, "dist", "web", "index.html");

await setup();
if (!isBuilt()) await withLock(marks, "build", build);
if (process.argv[2] === "play" && !isPageBuilt()) await withLock(marks, "build", buildPage);
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

function isPageBuilt() {
  return existsSync(page) && readMark("page") === sources("web");
}

function buildPage() {
  if (isPageBuilt()) return;
  console.error("twotime: building the playground");
  const state = sources("web");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  run(
    process.execPath,
    [vite, "build", "--config", "web/vite.config.ts", "--logLevel", "warn"],
    "the build failed",
  );
  writeMark("page", state);
}

/** Names, sizes and times of change of everything a build reads. */
function sources(...more) {
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
  for (const folder of ["src", ...more]) walk(folder);
  return hash.digest("hex");
}
