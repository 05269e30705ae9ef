import { requireBudget } from "../../core/budget";
import { ConvergenceError, InterruptedError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { meanCurve } from "../../numerics/statistics";

/** A random start is one sample of a theory that is a mean over starts. */
export interface RandomStarts<Path> {
  /** For progress, e.g. "order-parameter equations". */
  readonly label: string;
  readonly samples: number;
  /** What one takes; a small one by default. */
  readonly seconds?: number;
  /** Solves one, without progress of its own. */
  solve(sample: number, options: Options): Promise<Path>;
  average(paths: readonly Path[]): Solution;
}

/** A path keeps the coefficients of its steps, and takes some hundreds of these. */
const PATH_BYTES = 1e5;
const PATH_SECONDS = 0.02;

/** The mean over random starts. @throws what a start throws, with the mean of the finished ones as `partial`. */
export async function solveStarts<Path>(
  { label, samples, seconds = PATH_SECONDS, solve, average }: RandomStarts<Path>,
  options: Options,
): Promise<Solution> {
  requireBudget(
    [
      {
        parameter: "method.samples",
        value: samples,
        bytes: PATH_BYTES * samples,
        seconds: seconds * samples,
      },
    ],
    options,
  );
  const paths: Path[] = [];
  const whole = () => (paths.length > 0 ? average(paths) : undefined);
  const pacer = createPacer(label, samples, options, whole);
  for (let sample = 0; sample < samples; sample++) {
    paths.push(await solve(sample, { signal: options.signal }).catch(stopWith(whole)));
    if (pacer.due()) await pacer.pause(sample + 1);
  }
  return average(paths);
}

/** Passes an error on, with other finished parts. */
function stopWith(finished: () => unknown): (error: unknown) => never {
  return (error) => {
    if (error instanceof ConvergenceError) throw error.withPartial(finished());
    if (error instanceof InterruptedError) throw error.withPartial(finished());
    throw error;
  };
}

/** Means of equally named curves and their standard errors, infinite for one alone. */
export function meanSeries(
  all: readonly Readonly<Record<string, Float64Array>>[],
): Required<Pick<Solution, "series" | "standardError">> {
  const series: Record<string, Float64Array> = {};
  const standardError: Record<string, Float64Array> = {};
  for (const name of Object.keys(all[0])) {
    const curves = all.map((curve) => curve[name]);
    if (curves.length === 1) [series[name], standardError[name]] = [curves[0], curves[0].map(() => Infinity)];
    else ({ mean: series[name], standardError: standardError[name] } = meanCurve(curves));
  }
  return { series, standardError };
}
