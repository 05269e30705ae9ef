import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Timing } from "./benchmark";

/** A compiled program that prints a number to check and its own user CPU seconds. */
type NativeProgram = (...words: readonly (string | number)[]) => Timing;

/** The flags every native yardstick is compiled with. */
export const FLAGS = ["-O3", "-march=native"] as const;

/**
 * Compiles benchmarks/native/`name`.c into a folder that goes when the process ends; undefined, with a message,
 * where there is no C compiler. `defines` are passed on as -D.
 *
 * @throws Error when there is a compiler but it refuses the program.
 */
export function compileNative(
  name: string,
  defines: readonly string[] = [],
  flags: readonly string[] = FLAGS,
): NativeProgram | undefined {
  try {
    execFileSync("cc", ["--version"], { stdio: "ignore" });
  } catch {
    console.log(`no C compiler (cc) here: ${name} is timed without its native yardstick`);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "twotime-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const source = fileURLToPath(new URL(`native/${name}.c`, import.meta.url));
  const program = join(folder, name);
  execFileSync("cc", [...flags, ...defines.map((define) => `-D${define}`), source, "-o", program, "-lm"], {
    stdio: "inherit",
  });
  return (...words) => {
    const [check, cpuSeconds] = execFileSync(program, words.map(String), { encoding: "utf8" })
      .split(/\s+/)
      .map(Number);
    return { check, cpuSeconds };
  };
}
