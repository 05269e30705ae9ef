import { inBytes } from "../core/errors";

import type { Estimate } from "../run/sweep/compute";
import type { SweepPlan } from "../run/sweep/plan";
import { type EngineFlags, engineOf } from "./engine-options";
import { complain, EXIT } from "./failure";
import { abortOnInterrupt } from "./interrupt";
import { createProgress } from "./progress";
import type { SlurmFlags } from "./slurm";

export interface SweepFlags extends EngineFlags, SlurmFlags {
  readonly out: string;
  readonly plan?: boolean;
  readonly yes?: boolean;
  readonly quiet?: boolean;
  /** Keep the two-time functions of each point as wholes. */
  readonly fields?: boolean;
}

/** Does what `twotime sweep FILE` says. @returns the exit status. @throws InvalidParameterError for a wrong file or folder. */
export async function sweepFile(file: string, flags: SweepFlags): Promise<number> {
  const [{ readSweep }, { parsePlan }, { withFields }] = await Promise.all([
    import("../run/read-config"),
    import("../run/sweep/plan"),
    import("../systems/config/config"),
  ]);
  const read = parsePlan(await readSweep(file));
  const plan = flags.fields ? parsePlan({ ...read.source, base: withFields(read.base) }) : read;
  if (flags.slurm !== undefined) return (await import("./slurm")).submitSweep(plan, flags);
  return computeSweep(plan, flags);
}

/** Does what `twotime resume DIR` says. @returns the exit status. @throws InvalidParameterError where there is no sweep. */
export async function resumeSweep(folder: string, flags: Omit<SweepFlags, "out">): Promise<number> {
  const { readPlan } = await import("../run/sweep/sweep-folder");
  return computeSweep(await readPlan(folder), { ...flags, out: folder });
}

/** Does what `twotime status DIR` says. @throws InvalidParameterError where there is no sweep. */
export async function tellStatus(folder: string, format: "table" | "json"): Promise<void> {
  const found = await (await import("../run/sweep/status")).sweepStatus(folder);
  if (format === "json") {
    process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
    return;
  }
  const { status, points, holder, message, damaged } = found;
  const { total, done, failed } = points;
  const lines = [
    `${status}${holder ? `: ${holder}` : ""}`,
    `${done} of ${total} points done, ${failed} failed, ${total - done - failed} missing`,
    ...(damaged > 0 ? [`${damaged} damaged: computed again by resume`] : []),
    ...(message ? [message] : []),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** Computes what a folder does not have of a sweep. @returns the exit status. */
async function computeSweep(plan: SweepPlan, flags: SweepFlags): Promise<number> {
  const [{ runSweep }, { durationText }] = await Promise.all([
    import("../run/sweep/run-sweep"),
    import("../figures"),
  ]);
  const progress = createProgress(flags.quiet ?? false);
  const say = (line: string) => void (flags.quiet || process.stderr.write(`${line}\n`));
  const options = {
    signal: abortOnInterrupt(),
    onProgress: progress.report,
    onNotice: (notice: string) => say(`note: ${notice}`),
  };
  const onEstimate = (estimate: Estimate) => {
    say(planText(estimate, flags.out, durationText));
    if (flags.plan) return false;
    return flags.yes || flags.quiet || (estimate.seconds ?? 0) < LONG_SECONDS || confirmed();
  };
  const { engine, ...share } = await engineOf(flags, options.onNotice);
  const outcome = await runSweep({ ...share, plan, folder: flags.out, engine, options, onEstimate }).finally(
    () => {
      progress.stop();
      return engine.close();
    },
  );
  const { done, failed, total } = outcome.points;
  const place = outcome.isGathered ? `${flags.out}/table.csv` : `${flags.out}, without a table yet`;
  process.stdout.write(`${done} of ${total} points done, ${failed} failed: ${place}\n`);
  if (flags.plan) return EXIT.done;
  if (outcome.message !== undefined) complain(outcome.message);
  return outcome.status === "done" ? EXIT.done : EXIT.failed;
}

/** A sweep of this length is not begun without a question, on a terminal. */
const LONG_SECONDS = 600;

/** Whether the user says yes; nobody is asked where there is no terminal. */
async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return true;
  const { createInterface } = await import("node:readline/promises");
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return !/^\s*n/i.test(await terminal.question("go on? [Y/n] "));
  } finally {
    terminal.close();
  }
}

/** What a sweep will take, on a line. */
function planText(estimate: Estimate, folder: string, durationText: (seconds: number) => string): string {
  const { points, known, missing, workers, pointSeconds, seconds, bytes } = estimate;
  const kept = known === 0 ? "" : `, ${known} of them known`;
  // Others compute the rest, or it is equal to these.
  const own = known + missing === points ? "" : `, ${missing} to compute`;
  const head = `plan: ${points} points${kept}${own}`;
  if (seconds === undefined || pointSeconds === undefined) return `${head}, nothing to compute, in ${folder}`;
  const memory = bytes === undefined ? "" : `, ${inBytes(bytes)} of memory each`;
  const cost = `${Number(pointSeconds.toPrecision(2))} s a point`;
  const place = `on ${workers} ${workers === 1 ? "worker" : "workers"}${memory}, in ${folder}`;
  return `${head}; ${cost}, about ${durationText(seconds)} in all ${place}`;
}
