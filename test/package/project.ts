import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { newFolder } from "../cli/spawn";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const SOURCES = ["package.json", "tsconfig.json", "tsdown.config.ts", "src", "web", "docs"];
const WORDS = ["README.md", "LICENSE", "CHANGELOG.md", "CITATION.cff", "examples", "benchmarks/results.md"];

/** The path of the package, packed; in a copy, since packing builds, and nobody runs what is being built. */
export function pack(): string {
  const copy = newFolder();
  for (const name of [...SOURCES, ...WORDS]) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const packed = newFolder();
  execFileSync("npm", ["pack", "--pack-destination", packed], { cwd: copy, stdio: "pipe" });
  const [tarball] = readdirSync(packed);
  return join(packed, tarball);
}

/** A project that has nothing but the packed package, without its optional ones. */
export interface Project {
  readonly folder: string;
  /** Runs the command line that the package brings. */
  twotime(...words: string[]): Ended;
  /** Runs a script of that text. */
  script(code: string): Ended;
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function createProject(tarball: string): Project {
  const folder = newFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", private: true }));
  const flags = ["--omit=optional", "--no-fund", "--no-audit"];
  execFileSync("npm", ["install", ...flags, tarball], { cwd: folder, stdio: "pipe" });
  const run = (command: string, words: readonly string[]): Ended => {
    const { status, stdout, stderr } = spawnSync(command, words, { cwd: folder, encoding: "utf8" });
    return { status, stdout, stderr };
  };
  let scripts = 0;
  return {
    folder,
    twotime: (...words) => run(join(folder, "node_modules/.bin/twotime"), words),
    script(code) {
      const name = `script-${scripts++}.mjs`;
      writeFileSync(join(folder, name), code);
      return run(process.execPath, [name]);
    },
  };
}
