import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** What `npm run twotime` starts. */
export const launcher = fileURLToPath(new URL("../../scripts/twotime.mjs", import.meta.url));

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface SpawnOptions {
  /** Left out, that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  /** Send SIGINT once what it has said on standard error matches, e.g. a line of its progress. */
  readonly interruptAt?: RegExp;
}

/** Runs the real command line, in a process of its own. */
export function twotime(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [launcher, ...args], { env: options.env ?? process.env });
  let [stdout, stderr] = ["", ""];
  let waitsFor = options.interruptAt;
  child.stdout.on("data", (piece) => (stdout += piece));
  child.stderr.on("data", (piece) => {
    stderr += piece;
    if (!waitsFor?.test(stderr)) return;
    waitsFor = undefined;
    child.kill("SIGINT");
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  return new Promise((resolve) => {
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** A line of progress that says that something, but not all, is done. */
export const UNDER_WAY = /: [1-9]\d? %\n/;

/** A new empty folder. */
export const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-"));

/** A file with that content. */
export function fileWith(name: string, content: unknown): string {
  const path = join(newFolder(), name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}
