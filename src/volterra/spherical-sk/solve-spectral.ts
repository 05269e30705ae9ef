import { between, numberList, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Estimate, TwoTimeSolution } from "../../core/results";
import { createModes } from "../../models/spherical-sk/modes";
import { checkSphericalSk, type SphericalSk } from "../../models/spherical-sk/problem";
import { findRoot } from "../../numerics/roots";
import { observe, twoTimeOf } from "./observe";
import { createReadout } from "./quantities";
import { remarks } from "./remarks";
import { createSampler } from "./sampler";
import { createSpectralPath, type SpectralPath } from "./spectral-path";
import { type SpikeWeight, spikeWeights } from "./spike-average";

/** How to follow the modes. */
export interface SpectralMethod {
  /** Last time t. */
  readonly until: number;
  /** Defect of a step, see `createSpectralPath`, from 1e-8, the default, to 1e-3. */
  readonly tolerance?: number;
}

/** One value of Z², followed twice: once as asked, once more finely in steps and modes. */
interface Paths extends SpikeWeight {
  readonly coarsePath: SpectralPath;
  readonly path: SpectralPath;
}

/** By how much finer the second path is. */
const FINER_STEPS = 1 / 20;
const FINER_MODES = 2;
/** Rounding, relative to the size of a value and of the terms it is the sum of. */
const ROUNDING = 1e-12;
/** To which share of the time a crossing is sought, and with what rounding. */
const CROSSING = 1e-11;
/** Steps that are as long as they may become are the same in both paths: at least this times tolerance² is their error. */
const COARSE = 1e-4;

/**
 * Dynamics of the spherical SK model, planted or not, in the infinite system: the modes of the random matrix, coupled by the
 * multiplier z alone (learning-rate schedules paper, sections 2.1 and 3.1, appendix B; docs/equations.md, S1 to S14). With a
 * `size` the outlier has the initial weight Z²/N. Every value is that of the finer of two paths; their distance, and with
 * rounding and, for spikeWeight "random", the distance of the average over every second Z, is its error.
 *
 * Series: see `createReadout`. Two-time: correlation and response. Events: crossingTime, where topOverlap reaches 1/2.
 * @throws InvalidParameterError; ConvergenceError where steps become too small and InterruptedError after an abort, both with
 *   the TwoTimeSolution so far as `partial`.
 */
export async function solveSpectral(
  problem: SphericalSk,
  method: SpectralMethod,
  options: Options = {},
): Promise<TwoTimeSolution> {
  checkCall({ problem, method }, options);
  checkSphericalSk(problem);
  positive("method.until", method.until);
  const tolerance = between("method.tolerance", method.tolerance ?? 1e-8, 1e-8, 1e-3);
  const { schedule } = problem;
  const end = schedule.clock(method.until);
  const branches = spikeWeights(problem).map((spike): Paths => {
    const path = (finer: number, share: number) =>
      createSpectralPath(problem, createModes(problem, end, spike.square, finer), share * tolerance);
    return { ...spike, coarsePath: path(1, 1), path: path(FINER_MODES, FINER_STEPS) };
  });

  const whole = (until = method.until) => spectralSolution(problem, branches, until, tolerance);
  const reached = () =>
    Math.min(...branches.flatMap(({ path, coarsePath }) => [path.reached(), coarsePath.reached()]));
  const partial = () => (reached() > 0 ? whole(schedule.time(reached())) : undefined);
  const pacer = createPacer("spherical SK modes", method.until, options, partial);
  // All paths together, so that what is finished at an abort is finished for all.
  for (let goal = Math.min(end, 1); ; goal = Math.min(end, 2 * goal)) {
    for (const { path, coarsePath } of branches) {
      for (const one of [coarsePath, path]) {
        while (one.reached() < goal) {
          try {
            one.advance(goal === end ? end : 2 * goal);
          } catch (error) {
            throw error instanceof ConvergenceError ? error.withPartial(partial()) : error;
          }
          if (pacer.due()) await pacer.pause(schedule.time(Math.min(...[one.reached(), end])));
        }
      }
    }
    if (goal === end) return whole();
  }
}

/** The solution up to `until`; all branches have come so far. */
function spectralSolution(
  problem: SphericalSk,
  branches: readonly Paths[],
  until: number,
  tolerance: number,
): TwoTimeSolution {
  const [first] = branches;
  const read = (path: SpectralPath) => (t: number) => observe(problem, path, t);
  const sampleInside = createSampler(
    createReadout(problem),
    branches.map(({ path, coarsePath, ...spike }) => ({
      ...spike,
      fine: read(path),
      rough: read(coarsePath),
    })),
    () => ROUNDING + COARSE * tolerance ** 2,
  );
  const sample = (times: ArrayLike<number>) => {
    numberList("times", times);
    for (let k = 0; k < times.length; k++) inside("times", times[k], until);
    return sampleInside(times);
  };

  function estimate(quantity: string, t: number, tPrime: number): Estimate {
    if (quantity !== "correlation" && quantity !== "response") {
      throw new InvalidParameterError("quantity", quantity, "correlation or response");
    }
    inside("t", t, until);
    inside("tPrime", tPrime, until);
    const [late, early] = t >= tPrime ? [t, tPrime] : [tPrime, t];
    if (t === tPrime) return { value: 1, error: 0 };
    if (quantity === "response" && t < tPrime) return { value: 0, error: 0 };
    let value = 0;
    let coarse = 0;
    let error = 0;
    for (const { path, coarsePath, weight, coarse: coarseWeight } of branches) {
      const of = (one: SpectralPath) => twoTimeOf(one.modes, one.at(late), one.at(early))[quantity];
      const fine = of(path);
      value += weight * fine;
      coarse += coarseWeight * fine;
      error += 3 * weight * Math.abs(of(coarsePath) - fine);
    }
    return { value, error: error + Math.abs(value - coarse) + ROUNDING * (1 + Math.abs(value)) };
  }

  // Of an average over starts there is no one crossing.
  const single = branches.length === 1 && first.path.modes.outlier >= 0;
  const crossing = single ? crossingTime(problem, first.path, until) : undefined;
  const rough = single ? crossingTime(problem, first.coarsePath, until) : undefined;
  return {
    ...sample([...first.coarsePath.times().filter((t) => t < until * (1 - 1e-12)), until]),
    sample,
    estimate,
    correlation: (t, tPrime) => estimate("correlation", t, tPrime).value,
    response: (t, tPrime) => estimate("response", t, tPrime).value,
    twoTime: ["correlation", "response"],
    notes: [
      ...remarks(problem),
      ...(crossing === Infinity
        ? [`topOverlap is below 1/2 up to t = ${until}, where the run ends; later it may come`]
        : []),
    ],
    ...(crossing !== undefined && {
      events: { crossingTime: Float64Array.of(crossing) },
      eventError: { crossingTime: 3 * Math.abs(rough! - crossing) + CROSSING * crossing },
    }),
  };
}

/** When the squared overlap with the outlier first reaches 1/2; Infinity where it does not. */
function crossingTime(problem: SphericalSk, path: SpectralPath, until: number): number {
  const missing = (t: number) => observe(problem, path, t).topOverlap - 0.5;
  const times = [...path.times().filter((t) => t < until), until];
  const next = times.findIndex((t) => missing(t) >= 0);
  if (next <= 0) return next === 0 ? 0 : Infinity;
  return findRoot(missing, times[next - 1], times[next], { tolerance: 1e-12 });
}

function inside(name: string, t: number, until: number): void {
  if (t >= 0 && t <= until * (1 + 1e-12)) return;
  throw new InvalidParameterError(name, t, `times from 0 to ${until}, where the run ends`);
}
