import { complain, EXIT } from "./failure";
import { abortOnInterrupt } from "./interrupt";
import { createProgress } from "./progress";
import { withPool } from "./with-pool";

export interface AtlasFlags {
  readonly preset: "quick" | "paper";
  readonly only?: readonly string[];
  readonly out: string;
  readonly quiet?: boolean;
  readonly threads?: number;
  readonly resume?: boolean;
}

/** Does what `twotime atlas` says. @returns the exit status. @throws InvalidParameterError for an unknown figure. */
export async function makeAtlas({ preset, only, out, quiet, threads, resume }: AtlasFlags): Promise<number> {
  const [{ runAtlas }, atlas] = await Promise.all([import("../run/atlas"), import("../figures")]);
  const progress = createProgress(quiet ?? false);
  const options = { signal: abortOnInterrupt(), onProgress: progress.report };
  const onFigure = (line: string) => process.stdout.write(`${line}\n`);
  const request = { preset, only, resume, folder: out, onFigure };
  const { status, message, report } = await withPool(threads, (pool) =>
    runAtlas(atlas, { ...request, options: { ...options, pool } }),
  ).finally(progress.stop);
  process.stdout.write(`report: ${report}\n`);
  if (message !== undefined) complain(message);
  return status === "done" ? EXIT.done : EXIT.failed;
}
