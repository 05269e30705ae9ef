import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
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
  /** Send SIGINT once its run folder is there and this many milliseconds have gone by. */
  readonly interrupt?: { readonly folder: string; readonly after: number };
}

/** Runs the real command line, in a process of its own. */
export function twotime(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  const child = spawn(process.execPath, [launcher, ...args]);
  let [stdout, stderr, interruptedAt] = ["", "", Number.NaN];
  child.stdout.on("data", (piece) => (stdout += piece));
  child.stderr.on("data", (piece) => (stderr += piece));
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  if (options.interrupt) {
    void whenRunning(options.interrupt).then(() => {
      interruptedAt = performance.now();
      child.kill("SIGINT");
    });
  }
  return new Promise((resolve) => {
    let millisecondsToStop = Number.NaN;
    child.on("exit", () => (millisecondsToStop = performance.now() - interruptedAt));
    child.on("close", (status) => resolve({ status, stdout, stderr, millisecondsToStop }));
  });
}

/** Waits until a run with that folder is at work: how long a start takes depends on who else uses the machine. */
export async function whenRunning({ folder, after }: NonNullable<SpawnOptions["interrupt"]>): Promise<void> {
  while (!existsSync(join(folder, "manifest.json"))) await milliseconds(50);
  await milliseconds(after);
}

const milliseconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count));

/** A new empty folder. */
export const newFolder = () => mkdtempSync(join(tmpdir(), "twotime-"));

/** A file with that content. */
export function fileWith(name: string, content: unknown): string {
  const path = join(newFolder(), name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}
