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
  /** From the interruption, where there was one, to the end. */
  readonly millisecondsToStop: number;
}

interface SpawnOptions {
  readonly input?: string;
  /** Send SIGINT this long after the start. */
  readonly interruptAfter?: number;
}

/** Runs the real command line, in a process of its own. */
export function twotime(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [launcher, ...args]);
  let [stdout, stderr, interruptedAt] = ["", "", Number.NaN];
  child.stdout.on("data", (piece) => (stdout += piece));
  child.stderr.on("data", (piece) => (stderr += piece));
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const { interruptAfter } = options;
  if (interruptAfter !== undefined) {
    setTimeout(() => {
      interruptedAt = performance.now();
      child.kill("SIGINT");
    }, interruptAfter);
  }
  return new Promise((resolve) => {
    let millisecondsToStop = Number.NaN;
    child.on("exit", () => (millisecondsToStop = performance.now() - interruptedAt));
    child.on("close", (status) => resolve({ status, stdout, stderr, millisecondsToStop }));
  });
}

/** A new empty folder. */
export const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-"));

/** A file with that content. */
export function fileWith(name: string, content: unknown): string {
  const path = join(newFolder(), name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}
