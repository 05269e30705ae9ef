import { openRun, type RunFiles } from "../../src/run/run-folder";

/** Writes a run that is over into a folder. */
export async function writeRun(folder: string, run: RunFiles): Promise<void> {
  const { status, message } = run.manifest;
  const open = await openRun(folder, run);
  await open.finish({ status, message, rows: run.rows, plots: run.plots, fields: run.fields });
}
