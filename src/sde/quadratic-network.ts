import { integerAtLeast, positive } from "../core/check";
import { ConvergenceError, InvalidParameterError } from "../core/errors";
import { createPacer, type Options } from "../core/options";
import { type ExitRule, exitGauge } from "../models/quadratic-exit";
import { observeInto, packState, quantityNames } from "../models/quadratic-layout";
import {
  checkNetwork,
  checkState,
  type NetworkState,
  type QuadraticNetwork,
  requireDimension,
} from "../models/quadratic-network";
import { randomFrame, stateOfFrame } from "../models/quadratic-start";
import { createDraws } from "../numerics/draws";
import { createStreams } from "../numerics/streams";
import type { Stepper } from "./equation";
import { eulerMaruyama } from "./euler";
import { createMeanPath, type MeanPath } from "./mean-path";
import { platen } from "./platen";
import { type DiffusionOptions, networkEquation, sampledScheme } from "./quadratic-equation";

/** How to solve the stochastic equations of the order parameters. */
export interface NetworkSdeMethod extends DiffusionOptions {
  readonly samples: number;
  readonly seed: number | string;
  /** Length of a step in t. The exit is looked for at the steps: its time is late by O(√step · noise). */
  readonly step: number;
  readonly until: number;
  /** Euler-Maruyama; Platen's scheme of weak order 2 (width ≤ 4); or {@link sampledScheme}. */
  readonly scheme: "euler" | "weak2" | "sampled";
  readonly exit: ExitRule;
}

/** Means over the paths, and their exit times. */
export interface NetworkDiffusion {
  readonly mean: MeanPath;
  /** One a path; Infinity where it did not exit by `until`. */
  readonly exitTimes: Float64Array;
}

/** m(m + 1)/2-dimensional noise makes the weak scheme dear: 4 · 14 + 1 factorisations a step at width 4. */
const WIDEST_WEAK = 4;

/**
 * Solves the order-parameter equations with the noise of SGD ({@link networkEquation}) on independent paths. A random
 * start is drawn anew for each path, the same as the simulation's for the same seed.
 *
 * @throws InvalidParameterError, named like `method.step`; ConvergenceError where a path diverges, InterruptedError
 *   after an abort, both with the finished paths as `partial` ({@link NetworkDiffusion}), undefined without any.
 */
export async function solveNetworkSde(
  network: QuadraticNetwork,
  start: NetworkState | "random",
  method: NetworkSdeMethod,
  options: Options = {},
): Promise<NetworkDiffusion> {
  checkMethod(network, start, method);
  const { samples, exit } = method;
  const streams = createStreams(method.seed);
  const step = createStepper(network, method);
  const steps = Math.ceil(method.until / method.step - 1e-9);
  const h = method.until / steps;
  const mean = createMeanPath(quantityNames(network.width), steps, h);
  const gauge = exitGauge(network.width, exit);
  const exitTimes = new Float64Array(samples).fill(Infinity);
  const draws = createDraws(streams.stream("noise", 0, 0), streams.stream("noise", 0, 1));
  const sign = () => (draws.normal() < 0 ? -1 : 1);
  const finished = (count: number) =>
    count > 0 ? { mean, exitTimes: exitTimes.slice(0, count) } : undefined;
  let sample = 0;
  const pacer = createPacer("stochastic order-parameter equations", samples * steps, options, () =>
    finished(sample),
  );
  const observe = (y: ArrayLike<number>, out: Float64Array) => observeInto(network, y, out);

  for (; sample < samples; sample++) {
    draws.restart(streams.stream("noise", sample, 0), streams.stream("noise", sample, 1));
    const y = packState(
      start === "random" ? stateOfFrame(randomFrame(network, streams, sample), network.width) : start,
    );
    const path = mean.begin(observe);
    const level = gauge.level(y);
    let left = gauge.measure(y) - level;
    if (left <= 0) exitTimes[sample] = 0;
    path.record(0, y);
    for (let k = 1; k <= steps; k++) {
      step(y, h, draws.normal, sign);
      const now = gauge.measure(y) - level;
      if (!Number.isFinite(now)) throw diverged(k * h, finished(sample));
      if (exitTimes[sample] === Infinity && now <= 0) exitTimes[sample] = (k - 1 + left / (left - now)) * h;
      left = now;
      path.record(k, y);
      if (pacer.due()) await pacer.pause(sample * steps + k);
    }
    path.end();
  }
  return { mean, exitTimes };
}

function createStepper(network: QuadraticNetwork, method: NetworkSdeMethod): Stepper {
  if (method.scheme === "sampled") return sampledScheme(network, method);
  const equation = networkEquation(network, method);
  return method.scheme === "euler" ? eulerMaruyama(equation) : platen(equation);
}

function diverged(t: number, partial: NetworkDiffusion | undefined): ConvergenceError {
  return new ConvergenceError(`a path of the stochastic order-parameter equations diverged at t = ${t}.`, {
    reached: t,
    advice: "Make the step shorter, or the learning rate lower.",
    partial,
  });
}

function checkMethod(
  network: QuadraticNetwork,
  start: NetworkState | "random",
  method: NetworkSdeMethod,
): void {
  checkNetwork(network);
  requireDimension(network);
  if (start !== "random") checkState(network, start);
  integerAtLeast("method.samples", method.samples, 1);
  positive("method.step", method.step);
  positive("method.until", method.until);
  if (!(method.exit.threshold > 0 && method.exit.threshold <= 1)) {
    throw new InvalidParameterError("threshold", method.exit.threshold, "a number above 0 and at most 1");
  }
  const { scheme } = method;
  if (scheme !== "euler" && scheme !== "weak2" && scheme !== "sampled") {
    throw new InvalidParameterError("method.scheme", scheme, '"euler", "weak2" or "sampled"');
  }
  if (scheme === "weak2" && network.width > WIDEST_WEAK) {
    throw new InvalidParameterError(
      "method.scheme",
      scheme,
      `"euler" or "sampled": the cost of "weak2" grows as the eighth power of the width and stops at ${WIDEST_WEAK}`,
    );
  }
}
