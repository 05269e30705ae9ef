#!/usr/bin/env node
import { fail } from "./failure";
import { runProgram } from "./program";

// `twotime … | head` is no error: who reads may stop.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? process.exitCode : fail(error));
});
process.exitCode = await start(process.argv.slice(2)).catch(fail);

async function start(words: readonly string[]): Promise<number> {
  if (process.env.TWOTIME_KERNELS) (await import("../run/kernels-choice")).useKernelsOfEnvironment();
  return runProgram(words);
}
