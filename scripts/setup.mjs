import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url));
/** Marks of what is done stand here; git ignores it. */
export const marks = join(root, ".setup");

/** Installs the packages the lock file names, unless they are there. Silent when there is nothing to do. */
export async function setup() {
  if (isInstalled()) return;
  await withLock(marks, "install", () => {
    if (isInstalled()) return;
    const command = existsSync(join(root, "package-lock.json")) ? "ci" : "install";
    console.error(`twotime: installing packages (npm ${command}), once`);
    run("npm", [command, "--no-fund", "--no-audit"], "npm could not install the packages");
    writeMark("installed", wanted());
  });
}

const LINES_SHOWN = 20;

/** Runs a command quietly; when it fails, shows how what it said begins, and ends this process. */
export function run(command, args, complaint) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  if (status === 0) return;
  const said = `${stderr ?? ""}\n${stdout ?? ""}`.split("\n").filter((line) => line.trim() !== "");
  for (const line of said.slice(0, LINES_SHOWN)) console.error(line);
  console.error(`error: ${complaint}${error ? ` (${error.message})` : ""}`);
  process.exit(1);
}

export function readMark(name) {
  try {
    return readFileSync(join(marks, name), "utf8");
  } catch {
    return undefined;
  }
}

export function writeMark(name, text) {
  mkdirSync(marks, { recursive: true });
  writeFileSync(join(marks, name), text);
}

function isInstalled() {
  if (!existsSync(join(root, "node_modules", ".package-lock.json"))) return false;
  const mark = readMark("installed");
  if (mark !== undefined) return mark === wanted();
  return isSameAsLock();
}

/** Packages installed by hand: right when npm's own record of them agrees with the lock file. */
function isSameAsLock() {
  const read = (path) => {
    try {
      return JSON.parse(readFileSync(join(root, path), "utf8")).packages;
    } catch {
      return undefined;
    }
  };
  const [lock, installed] = [read("package-lock.json"), read("node_modules/.package-lock.json")];
  if (!installed) return false;
  const same = Object.entries(lock ?? {}).every(
    ([path, { version, optional }]) => path === "" || optional || installed[path]?.version === version,
  );
  if (same) writeMark("installed", wanted());
  return same;
}

function wanted() {
  const lock = join(root, existsSync(join(root, "package-lock.json")) ? "package-lock.json" : "package.json");
  return createHash("sha256").update(readFileSync(lock)).digest("hex");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup();
