import { requireBudget } from "../../core/budget";
import { fraction, integerAtLeast, oneOf, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InterruptedError, InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import { serialPool } from "../../core/pool";
import {
  checkNetwork,
  checkStart,
  type NetworkStart,
  type QuadraticNetwork,
  requireDimension,
} from "../../models/quadratic-network";
import { createMeanPath, joinSums, type MeanPath } from "../mean-path";
import { type BatchPaths, defaultStep, gridOf, type NetworkSdeMethod, networkPathsTask } from "./paths";
import { checkStepLength } from "./step";

/** Means over the paths, and their exit times. */
export interface NetworkDiffusion {
  readonly mean: MeanPath;
  /** One a path; Infinity where it did not exit by `until`. */
  readonly exitTimes: Float64Array;
}

/** m(m + 1)/2-dimensional noise makes the weak scheme costly: 4 · 14 + 1 factorisations a step at width 4. */
const WIDEST_WEAK = 4;

/** Fixed, so that the sums over the batches come out the same for any number of workers. */
const BATCHES = 16;

/**
 * Solves the order-parameter equations with the noise of SGD (`networkEquation`) on independent paths. A random
 * start is drawn anew for each path, the same as the simulation's for the same seed.
 *
 * @throws InvalidParameterError, named like `method.step` or `learningRate`; ConvergenceError where a path diverges, InterruptedError
 *   after an abort, both with the finished paths as `partial` ({@link NetworkDiffusion}), undefined without any.
 */
export async function solveNetworkSde(
  network: QuadraticNetwork,
  start: NetworkStart,
  method: NetworkSdeMethod,
  options: Options = {},
): Promise<NetworkDiffusion> {
  checkCall({ network, method }, options);
  checkMethod(network, start, method);
  const { samples, until } = method;
  const step = method.step ?? defaultStep(network);
  const path = (until / step) * stepSeconds(network);
  requireBudget(
    [
      {
        parameter: method.step === null ? "method.until" : "method.step",
        value: method.step ?? until,
        seconds: path,
      },
      { parameter: "method.samples", value: samples, bytes: 16 * samples, seconds: (samples - 1) * path },
    ],
    options,
  );
  const count = Math.min(BATCHES, samples);
  const batches = Array.from({ length: count }, (_, k) => ({
    network,
    start,
    method,
    from: Math.floor((k * samples) / count),
    to: Math.floor(((k + 1) * samples) / count),
  }));
  const { pool = serialPool } = options;
  try {
    return joined(await pool.map(networkPathsTask, batches, options))!;
  } catch (error) {
    if (error instanceof ConvergenceError) throw error.withPartial(joined(error.details.partial));
    if (error instanceof InterruptedError) throw error.withPartial(joined(error.partial));
    throw error;
  }

  function joined(found: unknown): NetworkDiffusion | undefined {
    const ended = (found as readonly (BatchPaths | undefined)[]).filter((batch) => batch !== undefined);
    if (ended.length === 0) return undefined;
    return {
      mean: createMeanPath(gridOf(network, method), joinSums(ended.map(({ sums }) => sums))),
      exitTimes: Float64Array.from(ended.flatMap(({ exitTimes }) => [...exitTimes])),
    };
  }
}

function checkMethod(network: QuadraticNetwork, start: NetworkStart, method: NetworkSdeMethod): void {
  checkNetwork(network);
  requireDimension(network);
  checkSecondLayerNoise(network);
  checkStart(network, start);
  integerAtLeast("method.samples", method.samples, 1);
  if (method.step !== null) checkStepLength(network, start, positive("method.step", method.step));
  positive("method.until", method.until);
  fraction("threshold", method.exit.threshold);
  const { scheme } = method;
  oneOf("method.scheme", scheme, ["euler", "weak2", "sampled"]);
  if (scheme === "weak2" && network.width > WIDEST_WEAK) {
    throw new InvalidParameterError(
      "method.scheme",
      scheme,
      `"euler" or "sampled": the cost of "weak2" grows as the eighth power of the width and stops at ${WIDEST_WEAK}`,
    );
  }
}

/**
 * With secondLayerRate "first-layer" the noise of the second layer does not vanish with d: in time units of 1/d, a_j
 * relaxes at 3/p with the multiplicative noise √(96 γ/p³) a_j (at Q_jj = 1, where λ⁴ has the mean 3 and the variance 96), so
 * that E a_j^n stays finite for (n − 1)·16γ < p² only. The covariance of the noise of Q_jl holds a^8: beyond γ = p²/112 it
 * has no mean, and paths blow up however short the step (p = 2, γ = 0.1 down to 0.0125/d), while SGD goes on.
 */
function checkSecondLayerNoise({ width, learningRate, trainSecondLayer, secondLayerRate }: QuadraticNetwork) {
  const most = width ** 2 / 112;
  if (!trainSecondLayer || secondLayerRate !== "first-layer" || learningRate <= most) return;
  throw new InvalidParameterError(
    "learningRate",
    learningRate,
    `at most width²/112, ${Math.floor(most * 1e5) / 1e5}, for stochastic equations with secondLayerRate "first-layer": beyond it ` +
      "the noise of the second layer is too strong for a diffusion (simulate has no such limit)",
  );
}

/** What a step takes, about: the factor of the covariance of p(p + 3)/2 noises. */
const stepSeconds = ({ width }: QuadraticNetwork): number => 5e-6 + 1e-8 * width ** 6;
