import { requireBudget } from "../../core/budget";
import { integerAtLeast, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Ensemble, Summary } from "../../core/results";
import { startOf } from "../../models/label-noise-momentum/descent";
import { firstPassageLevel, type MomentumProblem } from "../../models/label-noise-momentum/problem";
import { createStreams } from "../../numerics/streams";
import { curveCost } from "../curve-cost";
import { type EnsembleFrame, runEnsemble, type SampleCurves, sampleTask } from "../ensemble";
import type { ProcessKind } from "./create";
import { settleEstimates } from "./fits";
import { createMomentumRunner, type MomentumSetup } from "./run";

/** How to simulate heavy-ball descent with label noise. Plain data. */
export interface MomentumSimulation {
  readonly samples: number;
  readonly seed: number | string;
  /** Last step. */
  readonly until: number;
  /** Default "exact": vector UV without activation in two numbers. */
  readonly process?: ProcessKind;
  /** Step indices to report at, ascending, rounded to whole ones. */
  readonly times?: ArrayLike<number>;
  readonly keepCurves?: boolean;
  /** Whether settleTime and decayTime are wanted; default true. */
  readonly settle?: boolean;
  /** Whether firstPassageTime and fitTime are wanted, so that a note says how many runs have none; default true. */
  readonly passages?: boolean;
}

/** Runs of {@link simulateMomentum}, for workers. */
export const momentumTask = sampleTask<MomentumSetup>(
  "heavy-ball descent with label noise",
  createMomentumRunner,
);

/** Nodes of the mean of ln radius. */
const MOST_NODES = 10_000;
/** Seconds of a step: of any, and of each weight and example in it. */
const SECONDS = { step: 1e-7, weight: 5e-9 };

/**
 * Simulates heavy-ball descent with noise, run by run; all runs share data and start and have noise of their own. Series at the
 * report times: radius, logRadius (mean of ln radius), loss, hessianTrace, testError (where it has a closed form), position[i] (up to
 * eight weights). Where the problem has a first passage (vector and matrix UV) events firstPassageTime and fitTime, one a run,
 * and a summary of all runs together: settleTime, the last step at which the mean of ln radius is above ln(threshold · n), and
 * decayTime, from the line fitted to that mean up to settleTime, with bootstrap errors.
 *
 * @throws InvalidParameterError, named like `simulation.samples` or `learningRate`; ConvergenceError where a run diverges;
 *   InterruptedError after an abort. The `partial` of both is the ensemble of the finished runs.
 */
export async function simulateMomentum(
  problem: MomentumProblem,
  simulation: MomentumSimulation,
  options: Options = {},
): Promise<Ensemble> {
  checkCall({ problem, simulation }, options);
  const { samples, seed, keepCurves, process = "exact", settle = true, passages = true } = simulation;
  integerAtLeast("simulation.samples", samples, 1);
  positive("simulation.until", simulation.until);
  const until = Math.round(simulation.until);
  const reports = reportSteps(simulation, until);
  const start = await startOf(problem, options);
  const level = firstPassageLevel(problem);
  const { model } = problem;
  const weights = process === "exact" && model.kind === "uv" ? 0 : start.length;
  const examples = "samples" in model ? model.samples : 1;
  const run = until * (SECONDS.step + SECONDS.weight * weights * examples);
  requireBudget(
    [
      { parameter: "simulation.until", value: simulation.until, seconds: run },
      { ...curveCost(samples, reports.length, 5), seconds: (samples - 1) * run },
    ],
    options,
  );
  const stride = level > 0 && settle ? Math.max(1, Math.ceil(until / MOST_NODES)) : 0;
  const setup: MomentumSetup = { problem, start, process, seed, reports, until, stride, level };
  const frame: EnsembleFrame = {
    time: reports,
    size: start.length,
    keepCurves,
    until,
    notes: (runs) => (passages ? remarks(runs, until) : []),
    ...(stride > 0 && { summary: (runs) => timeScales(runs, setup) }),
  };
  return runEnsemble(frame, momentumTask, { setup, samples }, options);
}

function reportSteps({ times, until }: MomentumSimulation, last: number): Float64Array {
  const steps = new Set<number>();
  let before = 0;
  for (const [k, t] of Array.from(times ?? []).entries()) {
    if (!(t >= before && t <= until * (1 + 1e-12))) {
      throw new InvalidParameterError(
        `simulation.times[${k}]`,
        t,
        `ascending times from 0 to until, ${until}`,
      );
    }
    before = t;
    steps.add(Math.min(last, Math.round(t)));
  }
  return Float64Array.from(steps);
}

function timeScales(runs: readonly SampleCurves[], setup: MomentumSetup): Summary {
  const curves = runs.map(({ fine }) => fine!);
  const time = Float64Array.from({ length: curves[0].length }, (_, k) => k * setup.stride);
  const stream = createStreams(setup.seed).stream("bootstrap", 0);
  return settleEstimates(time, curves, Math.log(setup.level), stream);
}

function remarks(runs: readonly SampleCurves[], until: number): string[] {
  const missing = runs.filter(({ events }) => events?.firstPassageTime === Infinity).length;
  return missing > 0 ? [`${missing} of ${runs.length} runs had no first passage by step ${until}`] : [];
}
