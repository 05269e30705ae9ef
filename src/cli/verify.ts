import { complain, EXIT } from "./failure";
import { abortOnInterrupt } from "./interrupt";
import { createProgress } from "./progress";

export interface VerifyFlags {
  readonly points: number;
  readonly quiet?: boolean;
  readonly threads?: number;
}

/** Does what `twotime verify DIR` says. @returns the exit status. @throws InvalidParameterError where there is no sweep. */
export async function verify(folder: string, flags: VerifyFlags): Promise<number> {
  const [{ verifySweep }, { createLocalEngine }] = await Promise.all([
    import("../run/sweep/verify"),
    import("../run/sweep/local"),
  ]);
  const progress = createProgress(flags.quiet ?? false);
  const engine = createLocalEngine(flags.threads === undefined ? {} : { workers: flags.threads });
  const options = { signal: abortOnInterrupt(), onProgress: progress.report };
  const { points, same, difference, wrong, faults } = await verifySweep(
    folder,
    engine,
    flags.points,
    options,
  ).finally(() => {
    progress.stop();
    return engine.close();
  });
  const rounding = same < points ? `, largest relative difference ${difference.toPrecision(2)}` : "";
  process.stdout.write(`${points} points computed again, ${same} the same to the last bit${rounding}\n`);
  for (const { point, message } of wrong) complain(`point ${point}: ${message}`);
  for (const fault of faults) complain(fault);
  return wrong.length + faults.length === 0 ? EXIT.done : EXIT.failed;
}
