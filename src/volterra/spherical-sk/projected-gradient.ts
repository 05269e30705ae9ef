import { numberList, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { createModes, type Modes } from "../../models/spherical-sk/modes";
import { outlierOf } from "../../models/spherical-sk/outlier";
import { checkSphericalSk, type SphericalSk } from "../../models/spherical-sk/problem";
import { createReadout } from "./quantities";
import { remarks } from "./remarks";
import { createSampler } from "./sampler";
import { type SpikeWeight, spikeWeights } from "./spike-average";

/** How far to follow the recursion. */
export interface ProjectedGradientMethod {
  /** Last step. */
  readonly until: number;
}

const MOST_STEPS = 5e6;
const ROUNDING = 1e-15;

/** What is kept of every step: distance below λ1, ln Γ, overlap, squared overlap with the outlier. */
const KEPT = 4;

/**
 * Projected gradient descent with noise, x ← P(x + ηAx + η√(2T) ξ) with steps of length 1, exactly in the infinite system:
 * y_μ ← [(1 + ημ)² y_μ + 2Tη²]/norm (docs/equations.md, S10). The learning rate of the step from n to n + 1 is η(n).
 * Series as `createReadout` has them, the multiplier as T_eff − 2·loss; logGamma is the sum of ln norm. At a time
 * that is no step the nearest step counts. The error is the distance from the same with half as many modes.
 * @throws InvalidParameterError; InterruptedError with the Solution so far as `partial`.
 */
export async function solveProjectedGradient(
  problem: SphericalSk,
  method: ProjectedGradientMethod,
  options: Options = {},
): Promise<Solution> {
  checkCall({ problem, method }, options);
  const { until } = method;
  checkSphericalSk(problem);
  positive("method.until", until);
  const { schedule } = problem;
  const steps = Math.ceil(until);
  if (steps > MOST_STEPS)
    throw new InvalidParameterError("method.until", until, `at most ${MOST_STEPS} steps`);
  if (schedule.startExponent > 0) {
    throw new InvalidParameterError(
      "schedule",
      schedule.label,
      "a schedule that is finite at t = 0, for steps",
    );
  }
  let clock = 0;
  for (let n = 0; n < steps; n++) clock += schedule.rate(n);
  const runs = spikeWeights(problem).map((spike) => ({
    ...spike,
    coarser: createRun(problem, createModes(problem, clock, spike.square), steps),
    finer: createRun(problem, createModes(problem, clock, spike.square, 2), steps),
  }));
  let done = 0;
  const whole = () => recursionSolution(problem, runs, done);
  const pacer = createPacer("projected gradient descent", steps, options, () =>
    done > 0 ? whole() : undefined,
  );
  while (done < steps) {
    const rate = schedule.rate(done);
    for (const { coarser, finer } of runs) {
      coarser.step(rate);
      finer.step(rate);
    }
    done++;
    if (!runs.every(({ finer }) => Number.isFinite(finer.kept[KEPT * done]))) throw diverged(done, whole);
    if (pacer.due()) await pacer.pause(done);
  }
  return whole();
}

interface Run {
  /** kept[KEPT·n + i] after n steps. */
  readonly kept: Float64Array;
  step(rate: number): void;
}

function createRun(problem: SphericalSk, modes: Modes, steps: number): Run {
  const { temperature } = problem;
  const { weight, below, heat, topEigenvalue, outlier } = modes;
  const { signalOverlapSquared } = outlierOf(problem);
  const y = modes.start.slice();
  const overlap = modes.overlap?.slice();
  const kept = new Float64Array(KEPT * (steps + 1));
  let n = 0;
  let logGamma = 0;
  keep();
  return {
    kept,
    step(rate) {
      const noise = 2 * temperature * rate * rate;
      let norm = 0;
      for (let i = 0; i < y.length; i++) {
        const factor = 1 + rate * (topEigenvalue - below[i]);
        y[i] = factor * factor * y[i] + noise * heat[i];
        norm += weight[i] * y[i];
        if (overlap) overlap[i] *= factor;
      }
      const scale = 1 / Math.sqrt(norm);
      for (let i = 0; i < y.length; i++) y[i] /= norm;
      if (overlap) for (let i = 0; i < y.length; i++) overlap[i] *= scale;
      logGamma += Math.log(norm);
      n++;
      keep();
    },
  };

  function keep(): void {
    let distance = 0;
    for (let i = 0; i < y.length; i++) distance += weight[i] * y[i] * below[i];
    const topOverlap = outlier < 0 ? 0 : weight[outlier] * y[outlier];
    kept[KEPT * n] = distance;
    kept[KEPT * n + 1] = logGamma;
    kept[KEPT * n + 2] = overlap
      ? overlap.reduce((sum, value) => sum + value, 0)
      : Math.sqrt(topOverlap * signalOverlapSquared);
    kept[KEPT * n + 3] = topOverlap;
  }
}

interface WeightedRun extends SpikeWeight {
  readonly coarser: Run;
  readonly finer: Run;
}

function recursionSolution(problem: SphericalSk, runs: readonly WeightedRun[], done: number): Solution {
  const { temperature, schedule } = problem;
  const read =
    ({ kept }: Run) =>
    (t: number) => {
      const n = Math.round(t);
      const [below, logGamma, overlap, topOverlap] = kept.subarray(KEPT * n, KEPT * (n + 1));
      return { heat: temperature * schedule.rate(n), below, logGamma, overlap, topOverlap };
    };
  const sampleInside = createSampler(
    createReadout(problem),
    runs.map(({ finer, coarser, ...spike }) => ({ ...spike, fine: read(finer), rough: read(coarser) })),
    (t) => ROUNDING * (1 + Math.sqrt(t)),
  );
  const sample = (times: ArrayLike<number>) => {
    numberList("times", times);
    for (let k = 0; k < times.length; k++) {
      if (times[k] >= 0 && Math.round(times[k]) <= done) continue;
      throw new InvalidParameterError("times", times[k], `times from 0 to ${done}, where the run ends`);
    }
    return sampleInside(Float64Array.from(times, Math.round));
  };
  const stride = Math.max(1, Math.floor(done / 1000));
  const nodes = Array.from({ length: Math.floor(done / stride) + 1 }, (_, k) => k * stride);
  const steps = "t counts steps: a time between two of them is that of the nearest step";
  return { ...sample(nodes), sample, notes: [...remarks(problem), steps] };
}

function diverged(done: number, whole: () => Solution): ConvergenceError {
  return new ConvergenceError(`projected gradient descent leaves all bounds at step ${done}.`, {
    reached: done - 1,
    advice: "Lower the learning rate.",
    partial: whole(),
  });
}
