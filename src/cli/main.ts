#!/usr/bin/env node
import { fail } from "./failure";
import { runProgram } from "./program";

// `twotime … | head` is no error: who reads may stop.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? process.exitCode : fail(error));
});
process.exitCode = await runProgram(process.argv.slice(2)).catch(fail);
