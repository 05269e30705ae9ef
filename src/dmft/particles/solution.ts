import { numberList } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Trajectory, TwoTimeSolution } from "../../core/results";
import { learningRateLimits } from "../../models/phase-retrieval/stability";
import { absoluteModulusError, modulusError } from "../../models/phase-retrieval/start";
import { fractionError, mean } from "../../numerics/statistics";
import { collect, meanOf, runNotes, settlingNotes } from "../process/means";
import type { KernelName } from "../process/solution";
import { interpolateNodes, interpolatePair } from "../process/two-time";
import type { ParticleSetup } from "./method";
import { CURVE_NAMES, type ParticleRun } from "./run";

/**
 * Means over independent runs, with their standard errors (Infinity for a single run). Series: overlap m, trainingLoss ⟨v⟩,
 * meanSquaredError, meanAbsoluteError, multiplier T − κ (ν̂ on the sphere), curvature δν, drive μ, norm q, and recoveredFraction, the part of the
 * runs whose training loss has been below 1e-7. Between the nodes t = kη all are interpolated linearly. Two-time functions are
 * there at the pairs that the method asks for.
 */
export interface ParticleSolution extends TwoTimeSolution {
  readonly standardError: Readonly<Record<string, Float64Array>>;
  readonly curves: Readonly<Record<string, readonly Float64Array[]>>;
  readonly samples: number;
  /** A two-time function at a pair, with the standard error of its mean. @throws InvalidParameterError for another pair */
  kernel(
    name: KernelName,
    t: number,
    tPrime: number,
  ): { readonly value: number; readonly standardError: number };
}

const SERIES = [...CURVE_NAMES, "meanSquaredError", "meanAbsoluteError", "recoveredFraction"] as const;
const RECOVERED = "recoveredFraction";
const EARLY = 1 - 1e-9;
/** Of the overlap, times N: what a finite number of particles adds to its mean, as far as has been measured. */
const BIAS = 2;

/** @param runs at least one */
export function createSolution(setup: ParticleSetup, runs: readonly ParticleRun[]): ParticleSolution {
  const { problem, steps, pairs } = setup;
  const { learningRate: eta } = problem;
  const time = Float64Array.from({ length: steps + 1 }, (_, k) => k * eta);
  const until = time[steps];

  function inside(parameter: string, t: number): number {
    if (t >= 0 && t <= until * (1 + 1e-12)) return Math.min(t / eta, steps);
    throw new InvalidParameterError(parameter, t, `0 to ${until}, the times that were solved`);
  }

  /** All series of a run at some times. */
  function seriesAt({ curves, recoveryTime }: ParticleRun, times: Float64Array, positions?: Float64Array) {
    const at = (curve: Float64Array) => positions?.map((x) => interpolateNodes(curve, x)) ?? curve;
    const found: Record<string, Float64Array> = collect(CURVE_NAMES, (name) =>
      at(curves[name as keyof typeof curves]),
    );
    found.meanSquaredError = found.overlap.map((m, k) => modulusError(m, found.norm[k]));
    found.meanAbsoluteError = found.overlap.map((m, k) => absoluteModulusError(m, found.norm[k]));
    found[RECOVERED] = times.map((t) => (t >= EARLY * recoveryTime ? 1 : 0));
    return found;
  }

  function summarise(times: Float64Array, positions?: Float64Array) {
    const all = runs.map((run) => seriesAt(run, times, positions));
    const curves = collect(SERIES, (name) => all.map((series) => series[name]));
    const means = collect(SERIES, (name) => meanOf(curves[name]));
    const standardError = collect(SERIES, (name) => means[name].standardError);
    const fractions = means[RECOVERED].value;
    if (runs.length > 1) standardError[RECOVERED] = fractions.map((f) => fractionError(f, runs.length));
    return { time: times, series: collect(SERIES, (name) => means[name].value), standardError, curves };
  }

  function sample(times: ArrayLike<number>): Trajectory {
    const positions = Float64Array.from(numberList("times", times), (t) => inside("time", t));
    return summarise(Float64Array.from(times), positions);
  }

  const placeOf = new Map(pairs.steps.map((step, place) => [step, place]));
  const size = pairs.steps.length;

  function kernel(name: KernelName, t: number, tPrime: number) {
    const [late, early] = t >= tPrime ? [t, tPrime] : [tPrime, t];
    const [x, y] = [inside("time", late), inside("timePrime", early)];
    const isCausal = name === "response" || name === "responseKernel";
    if (isCausal && t < tPrime) return { value: 0, standardError: 0 };
    const values = runs.map((run) => {
      const valueAt = (k: number, j: number) =>
        run.pairs[name][(placeOf.get(k) ?? Number.NaN) * size + (placeOf.get(j) ?? Number.NaN)];
      const value = interpolatePair(valueAt, steps, onStep(x), onStep(y));
      if (Number.isFinite(value)) return Float64Array.of(value);
      const allowed = `a pair of method.pairs (report.pairs in a config): ${name} is measured at these alone`;
      throw new InvalidParameterError("pair", [t, tPrime], allowed);
    });
    const { value, standardError } = meanOf(values);
    return { value: value[0], standardError: standardError[0] };
  }

  return {
    ...summarise(time),
    sample,
    kernel,
    estimate: (quantity, t, tPrime) => kernel(quantity as KernelName, t, tPrime),
    twoTime: pairs.names,
    correlation: (t, tPrime) => kernel("correlation", t, tPrime).value,
    response: (t, tPrime) => kernel("response", t, tPrime).value,
    samples: runs.length,
    untested: [RECOVERED],
    notes: notesOf(setup, runs),
  };
}

/** The steps of the plan are whole; x is so only up to rounding. */
function onStep(x: number): number {
  const nearest = Math.round(x);
  return Math.abs(x - nearest) < 1e-9 * Math.max(1, x) ? nearest : x;
}

function notesOf(setup: ParticleSetup, runs: readonly ParticleRun[]): string[] {
  const { dimension, problem, particles, cost } = setup;
  const { settling } = learningRateLimits(problem, particles, cost);
  const collective = settlingNotes(setup);
  const single =
    collective.length === 0 && problem.learningRate > settling
      ? [
          `the learning rate ${problem.learningRate} is above ${settling.toPrecision(3)}, up to which the steepest of ${particles} particles settle at the signal: what is left of the loss at late times may be theirs`,
        ]
      : [];
  const recovered = runs.filter(({ recoveryTime }) => recoveryTime < Infinity).map((run) => run.recoveryTime);
  const recovery =
    recovered.length > 0
      ? [
          `${recovered.length} of ${runs.length} runs recover the signal exactly, at t = ${mean(recovered).toPrecision(3)} on average; recoveredFraction is a part of these runs, and not held against the part of finite systems, whose samples recover at times of their own`,
        ]
      : [];
  return [
    `the particles are one large system, N = ${Math.round(dimension)}: the standard errors do not hold its bias, about ±${(BIAS / dimension).toPrecision(1)} in the overlap`,
    ...recovery,
    ...collective,
    ...single,
    ...runNotes(runs.length),
  ];
}
