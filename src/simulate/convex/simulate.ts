import { requireBudget } from "../../core/budget";
import { integerAtLeast, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Ensemble } from "../../core/results";
import { type ConvexBasin, checkBasin } from "../../models/convex/basin";
import { createDraws } from "../../numerics/draws";
import { createStreams } from "../../numerics/streams";
import { curveCost } from "../curve-cost";
import { runEnsemble, type Simulator, sampleTask } from "../ensemble";

/** How to simulate discrete descent with noise. */
export interface ConvexSimulation {
  /** Length h of a step in t; projected descent in the paper has 1. */
  readonly step: number;
  readonly samples: number;
  readonly seed: number | string;
  readonly until: number;
  /** Report times, absolute, ascending; the last step at or before each counts. */
  readonly times: ArrayLike<number>;
  readonly keepCurves?: boolean;
}

/** All the steps, as plain data. */
export interface ConvexSetup {
  readonly curvature: number;
  readonly initialPosition: number;
  readonly seed: number | string;
  /** 1 − ηκh and η√(2Th) of each step, and the number of steps done at each report time. */
  readonly factor: Float64Array;
  readonly noise: Float64Array;
  readonly reports: Float64Array;
}

const MOST_STEPS = 1e7;
/** Seconds of a step. */
const SECONDS = 5e-8;

function createDescent({ curvature, initialPosition, seed, factor, noise, reports }: ConvexSetup): Simulator {
  const streams = createStreams(seed);
  const draws = createDraws(streams.stream("noise", 0), streams.stream("noise", 0, 1));
  return function* simulate(sample) {
    draws.restart(streams.stream("noise", sample), streams.stream("noise", sample, 1));
    const loss = new Float64Array(reports.length);
    let x = initialPosition;
    let report = 0;
    for (let k = 0; ; k++) {
      for (; reports[report] === k; report++) loss[report] = 0.5 * curvature * x * x;
      if (report === reports.length) break;
      x = factor[k] * x + noise[k] * draws.normal();
      if (k % 4096 === 4095) yield k / factor.length;
    }
    return { series: { loss } };
  };
}

/** Samples of {@link simulateConvex}, for workers. */
export const convexTask = sampleTask("descent in a convex basin", createDescent);

/**
 * Discrete descent with noise in a convex basin, x ← (1 − ηκh) x + η√(2Th) ξ with η at the beginning of the step (docs/equations.md,
 * C2). Series: loss. Its mean is exactly `discreteLoss` of the theory; the flow is its limit h → 0.
 * @throws InvalidParameterError, named like `simulation.step`, also where a step overshoots to more than the other side's
 *   distance, ηκh > 2; InterruptedError after an abort.
 */
export async function simulateConvex(
  basin: ConvexBasin,
  simulation: ConvexSimulation,
  options: Options = {},
): Promise<Ensemble> {
  checkCall({ basin, simulation }, options);
  checkBasin(basin);
  const { curvature, temperature, initialPosition, startTime, schedule } = basin;
  const { samples, seed, until, keepCurves } = simulation;
  integerAtLeast("simulation.samples", samples, 1);
  const step = positive("simulation.step", simulation.step);
  const time = Float64Array.from(simulation.times);
  const count = Math.ceil((positive("simulation.until", until) - startTime) / step - 1e-9);
  if (!(count >= 1))
    throw new InvalidParameterError("simulation.until", until, `above startTime, ${startTime}`);
  if (count > MOST_STEPS)
    throw new InvalidParameterError("simulation.step", step, `at most ${MOST_STEPS} steps`);
  const run = SECONDS * count;
  requireBudget(
    [
      { parameter: "simulation.step", value: step, bytes: 32 * count, seconds: run },
      { ...curveCost(samples, time.length, 1), seconds: (samples - 1) * run },
    ],
    options,
  );
  const rates = Float64Array.from({ length: count }, (_, k) => schedule.rate(k * step));
  const fastest = rates.reduce((sofar, rate) => Math.max(sofar, rate * curvature * step), 0);
  if (!(fastest <= 2)) {
    throw new InvalidParameterError(
      "simulation.step",
      step,
      `at most ${((2 * step) / fastest).toPrecision(3)}, where ηκ·step is 2`,
    );
  }
  const setup: ConvexSetup = {
    curvature,
    initialPosition,
    seed,
    factor: rates.map((rate) => 1 - rate * curvature * step),
    noise: rates.map((rate) => rate * Math.sqrt(2 * temperature * step)),
    reports: time.map((t) => Math.max(0, Math.min(count, Math.floor((t - startTime) / step + 1e-9)))),
  };
  for (const [k, t] of time.entries()) {
    if (t >= (k === 0 ? 0 : time[k - 1]) && t <= until * (1 + 1e-12)) continue;
    throw new InvalidParameterError(`simulation.times[${k}]`, t, `ascending times from 0 to until, ${until}`);
  }
  const notes = () => [
    `the steps are part of the descent: with ηκ·step up to ${fastest.toPrecision(2)} noise keeps up a loss about ${(50 * fastest).toPrecision(2)} % above the flow's, and the start is forgotten faster`,
  ];
  return runEnsemble({ time, size: 1, keepCurves, until, notes }, convexTask, { setup, samples }, options);
}
