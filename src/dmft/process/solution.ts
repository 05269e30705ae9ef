import { numberList } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Trajectory, TwoTimeSolution } from "../../core/results";
import { absoluteModulusError, modulusError } from "../../models/phase-retrieval/start";
import { type OrderFunctions, temperatures } from "./functions";
import { collect, meanOf, runNotes, settlingNotes } from "./means";
import { createRecursion } from "./recursion";
import type { Setup } from "./setup";
import { interpolateNodes, interpolatePair } from "./two-time";

/** Two-time functions: C and R of the weights, M_C = α⟨F F′⟩ of the noise and M_R = α⟨D T⟩ of the response. */
export type KernelName = "correlation" | "response" | "noiseKernel" | "responseKernel";

/**
 * Means over independent runs, with their standard errors (Infinity for a single run, which says nothing about its error).
 * Series: overlap m, trainingLoss ⟨v⟩, meanSquaredError, meanAbsoluteError, multiplier T − κ (ν̂ on the sphere), curvature δν, drive μ,
 * norm q. Between the nodes t = kη all functions are interpolated linearly. `samples` is the number of runs.
 */
export interface DmftSolution extends TwoTimeSolution {
  readonly standardError: Readonly<Record<string, Float64Array>>;
  readonly curves: Readonly<Record<string, readonly Float64Array[]>>;
  readonly samples: number;
  noiseKernel(t: number, tPrime: number): number;
  responseKernel(t: number, tPrime: number): number;
  /** A two-time function with the standard error of its mean over the runs. */
  kernel(
    name: KernelName,
    t: number,
    tPrime: number,
  ): { readonly value: number; readonly standardError: number };
  /** ν̂ of (P.19), from the kernels: it must agree with the series `multiplier`, which is that of (P.13). */
  readonly kernelMultiplier: { readonly value: Float64Array; readonly standardError: Float64Array };
  /** By run: largest change of the overlap in each iteration but the first, over its gain; empty without iterations. */
  readonly residuals: readonly (readonly number[])[];
}

/** What a run has sampled. */
export interface SampledRun {
  readonly functions: OrderFunctions;
  /** Largest change of the overlap in every pass but the first, over the gain with which it came about. */
  readonly residuals: readonly number[];
  /** Trajectories left out, and all there were. */
  readonly dropped: number;
  readonly sampled: number;
}

/** Share of trajectories left out from which on a user should know. */
const NOTABLE_LOSS = 1e-3;

/** @param sampled at least one run. @throws ConvergenceError where the order functions of a run make no sense. */
export function createSolution(setup: Setup, sampled: readonly SampledRun[]): DmftSolution {
  const { nodes, problem } = setup;
  const { learningRate: eta } = problem;
  const runs = sampled.map((run) => solveRun(setup, run));
  const time = Float64Array.from({ length: nodes }, (_, k) => k * eta);
  const until = time[nodes - 1];
  const names = Object.keys(runs[0].series);

  function summarise(at: (curve: Float64Array) => Float64Array, times: Float64Array) {
    const curves = collect(names, (name) => runs.map(({ series }) => at(series[name])));
    const means = collect(names, (name) => meanOf(curves[name]));
    return {
      time: times,
      series: collect(names, (name) => means[name].value),
      standardError: collect(names, (name) => means[name].standardError),
      curves,
    };
  }

  function inside(parameter: string, t: number): number {
    if (t >= 0 && t <= until * (1 + 1e-12)) return Math.min(t / eta, nodes - 1);
    throw new InvalidParameterError(parameter, t, `0 to ${until}, the times that were solved`);
  }

  function sample(times: ArrayLike<number>): Trajectory {
    const positions = Array.from(numberList("times", times), (t) => inside("time", t));
    const at = (curve: Float64Array) => Float64Array.from(positions, (x) => interpolateNodes(curve, x));
    return summarise(at, Float64Array.from(times));
  }

  function kernel(name: KernelName, t: number, tPrime: number) {
    const [late, early] = t >= tPrime ? [t, tPrime] : [tPrime, t];
    const [x, y] = [inside("time", late), inside("timePrime", early)];
    const isCausal = name === "response" || name === "responseKernel";
    if (isCausal && t < tPrime) return { value: 0, standardError: 0 };
    const values = runs.map(({ kernels }) => {
      const valueAt = (k: number, j: number) => kernels[name][k * nodes + j];
      return Float64Array.of(interpolatePair(valueAt, nodes - 1, x, y));
    });
    const { value, standardError } = meanOf(values);
    return { value: value[0], standardError: standardError[0] };
  }

  return {
    ...summarise((curve) => curve, time),
    sample,
    kernel,
    estimate: (quantity, t, tPrime) => kernel(quantity as KernelName, t, tPrime),
    twoTime: ["correlation", "response", "noiseKernel", "responseKernel"],
    correlation: (t, tPrime) => kernel("correlation", t, tPrime).value,
    response: (t, tPrime) => kernel("response", t, tPrime).value,
    noiseKernel: (t, tPrime) => kernel("noiseKernel", t, tPrime).value,
    responseKernel: (t, tPrime) => kernel("responseKernel", t, tPrime).value,
    kernelMultiplier: meanOf(runs.map(({ kernelMultiplier }) => kernelMultiplier)),
    samples: sampled.length,
    residuals: sampled.map(({ residuals }) => residuals),
    notes: [...remarks(sampled), ...settlingNotes(setup)],
  };
}

function solveRun(setup: Setup, { functions }: SampledRun) {
  const { nodes } = setup;
  const recursion = createRecursion(setup, functions);
  for (let k = 0; k < nodes; k++) recursion.advance(k);
  const { overlap, correlation, response, multiplier } = recursion;
  const temperature = temperatures(setup);
  const full = correlation.map((c, at) => c + overlap[Math.floor(at / nodes)] * overlap[at % nodes]);
  const norm = overlap.map((_, k) => full[k * (nodes + 1)]);
  return {
    kernelMultiplier: multiplier,
    kernels: {
      correlation: full,
      response,
      noiseKernel: functions.noise,
      responseKernel: functions.memory,
    } satisfies Record<KernelName, Float64Array>,
    series: {
      overlap,
      trainingLoss: functions.loss,
      meanSquaredError: overlap.map((m, k) => modulusError(m, norm[k])),
      meanAbsoluteError: overlap.map((m, k) => absoluteModulusError(m, norm[k])),
      multiplier: functions.radial.map((kappa, k) => temperature[k] - kappa), // (P.13)
      curvature: functions.curvature,
      drive: functions.drive,
      norm,
    } as Record<string, Float64Array>,
  };
}

function remarks(runs: readonly SampledRun[]): string[] {
  const dropped = runs.reduce((sum, run) => sum + run.dropped, 0);
  const sampled = runs.reduce((sum, run) => sum + run.sampled, 0);
  const notes: string[] = [];
  if (dropped > 0) {
    const share = dropped / sampled;
    const warning =
      share > NOTABLE_LOSS ? ": so many that the averages are biased; take a smaller learning rate" : "";
    notes.push(
      `${dropped} of ${sampled} trajectories were left out because their responses grew too large${warning}`,
    );
  }
  return [...notes, ...runNotes(runs.length)];
}
