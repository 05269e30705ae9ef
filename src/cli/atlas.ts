import type { Preset } from "../figures";
import { complain, EXIT } from "./failure";
import { abortOnInterrupt } from "./interrupt";
import { createProgress } from "./progress";
import { withPool } from "./with-pool";

export interface AtlasFlags {
  readonly preset: Preset;
  readonly only?: readonly string[];
  readonly out: string;
  readonly quiet?: boolean;
  readonly threads?: number;
  readonly resume?: boolean;
  /** Only tell what it costs. */
  readonly plan?: boolean;
}

/** Does what `twotime atlas` says. @returns the exit status. @throws InvalidParameterError for an unknown figure. */
export async function makeAtlas(flags: AtlasFlags): Promise<number> {
  const { preset, out, quiet, threads, resume } = flags;
  const only = flags.only?.flatMap((ids) => ids.split(",")).filter((id) => id !== "");
  const [{ planAtlas, runAtlas }, { allFigures }, { durationText, renderReport }] = await Promise.all([
    import("../run/atlas"),
    import("../run/all-figures"),
    import("../figures"),
  ]);
  const atlas = { figures: await allFigures(), renderReport };
  if (flags.plan || preset !== "quick") printPlan(planAtlas(atlas, { preset, only }), preset, durationText);
  if (flags.plan) return EXIT.done;
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

/** Cost of each figure, and their sum. */
function printPlan(
  plan: readonly { id: string; title: string; seconds: number }[],
  preset: Preset,
  textOf: (seconds: number) => string,
): void {
  const sum = plan.reduce((seconds, one) => seconds + one.seconds, 0);
  const rows = [
    ...plan.map(({ id, title, seconds }) => [id, textOf(seconds), title]),
    ["sum", textOf(sum), "CPU time of one core; more cores share it"],
  ];
  const widths = [0, 1].map((k) => Math.max(...rows.map((row) => row[k].length)));
  process.stdout.write(`plan of the preset ${preset}:\n`);
  for (const [id, cost, text] of rows)
    process.stdout.write(`${id.padEnd(widths[0])}  ${cost.padStart(widths[1])}  ${text}\n`);
}
