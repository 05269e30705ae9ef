import { ConvergenceError } from "../../core/errors";
import { createPacer } from "../../core/options";
import type { PoolTask } from "../../core/pool";
import {
  diagonal,
  type ExitRule,
  exitGauge,
  type NetworkStart,
  observeInto,
  packState,
  type QuadraticNetwork,
  quantityNames,
  startState,
} from "../../models/quadratic-network";
import { createDraws } from "../../numerics/draws";
import { createStreams } from "../../numerics/streams";
import type { Stepper } from "../equation";
import { eulerMaruyama } from "../euler";
import { createPathGrid, createPathRecorder, type PathGrid, type PathSums } from "../mean-path";
import { platen } from "../platen";
import { type DiffusionOptions, networkEquation, sampledScheme } from "./equation";

/** How to solve the stochastic equations of the order parameters. */
export interface NetworkSdeMethod extends DiffusionOptions {
  readonly samples: number;
  readonly seed: number | string;
  /**
   * Length of a step in t; null: `defaultStep`. The exit is looked for at the steps: its time is late by
   * O(√step · noise).
   */
  readonly step: number | null;
  readonly until: number;
  /** Euler-Maruyama; Platen's scheme of weak order 2 (width ≤ 4); or `sampledScheme`. */
  readonly scheme: "euler" | "weak2" | "sampled";
  readonly exit: ExitRule;
}

/** Consecutive paths of one problem, as plain data. */
export interface PathBatch {
  readonly network: QuadraticNetwork;
  readonly start: NetworkStart;
  readonly method: NetworkSdeMethod;
  readonly from: number;
  readonly to: number;
}

/** The paths of a batch that have ended. */
export interface BatchPaths {
  readonly sums: PathSums;
  readonly exitTimes: Float64Array;
}

const NAME = "stochastic order-parameter equations";

/** Solves a batch of paths, in any thread. A failure hands over the paths that have ended, undefined without any. */
export const networkPathsTask: PoolTask<PathBatch, BatchPaths> = {
  name: NAME,
  module: "twotime",
  async run({ network, start, method, from, to }, options) {
    const streams = createStreams(method.seed);
    const step = createStepper(network, method);
    const grid = gridOf(network, method);
    const { steps } = grid;
    const h = method.until / steps;
    const recorder = createPathRecorder(grid);
    const gauge = exitGauge(network.width, method.exit);
    const exitTimes = new Float64Array(to - from).fill(Infinity);
    const draws = createDraws(streams.stream("noise", from, 0), streams.stream("noise", from, 1));
    const sign = () => (draws.normal() < 0 ? -1 : 1);
    let path = 0;
    const ended = (): BatchPaths | undefined =>
      path > 0 ? { sums: recorder.sums(), exitTimes: exitTimes.slice(0, path) } : undefined;
    const pacer = createPacer(NAME, (to - from) * steps, options, ended);

    for (; path < to - from; path++) {
      const sample = from + path;
      draws.restart(streams.stream("noise", sample, 0), streams.stream("noise", sample, 1));
      const y = packState(startState(network, start, streams, sample));
      const observe = (out: Float64Array) => observeInto(network, y, out);
      const level = gauge.level(y);
      let left = gauge.measure(y) - level;
      if (left <= 0) exitTimes[path] = 0;
      recorder.record(0, observe);
      for (let k = 1; k <= steps; k++) {
        step(y, h, draws.normal, sign);
        const now = gauge.measure(y) - level;
        if (!Number.isFinite(now)) throw diverged(k * h, ended());
        if (leavesDomain(y, network.width, method.scheme)) throw unphysical(k * h, ended());
        if (exitTimes[path] === Infinity && now <= 0) exitTimes[path] = (k - 1 + left / (left - now)) * h;
        left = now;
        recorder.record(k, observe);
        if (pacer.due()) await pacer.pause(path * steps + k);
      }
      recorder.end();
    }
    return { sums: recorder.sums(), exitTimes };
  },
};

/**
 * A step of finite length may carry m_j² past its bound Q_jj, but not by this share: by a little with normal noise, by
 * more with that of single updates of SGD, whose tails are heavy (products of four normals).
 */
const LARGEST_EXCESS = { euler: 0.1, weak2: 0.1, sampled: 1 } as const;

function leavesDomain(y: Float64Array, width: number, scheme: NetworkSdeMethod["scheme"]): boolean {
  for (let j = 0; j < width; j++) {
    if (y[j] ** 2 > (1 + LARGEST_EXCESS[scheme]) * y[diagonal(width, j)] + ROUNDING) return true;
  }
  return false;
}

const ROUNDING = 1e-9;

/** The steps of a method, all of the same length. */
export function gridOf(network: QuadraticNetwork, { until, step }: NetworkSdeMethod): PathGrid {
  const steps = Math.ceil(until / (step ?? defaultStep(network)) - 1e-9);
  return createPathGrid(quantityNames(network.width), steps, until / steps);
}

/**
 * 2e-3; where the second layer learns at the rate of the first, and so relaxes at rates of order d, at most 0.05/d. At
 * 0.4/d the risk of two neurons with γ = 0.02, d = 400 is 2 % off that of SGD, at 0.1/d as good as its error of 0.5 %.
 */
export function defaultStep({ trainSecondLayer, secondLayerRate, dimension }: QuadraticNetwork): number {
  const isFast = trainSecondLayer && secondLayerRate === "first-layer";
  return isFast ? Math.min(2e-3, 0.05 / dimension) : 2e-3;
}

function createStepper(network: QuadraticNetwork, method: NetworkSdeMethod): Stepper {
  if (method.scheme === "sampled") return sampledScheme(network, method);
  const equation = networkEquation(network, method);
  return method.scheme === "euler" ? eulerMaruyama(equation) : platen(equation);
}

/** In few digits: the step times its number has more than say anything. */
const inShort = (t: number): string => `${Number(t.toPrecision(4))}`;

function diverged(t: number, partial: BatchPaths | undefined): ConvergenceError {
  return new ConvergenceError(
    `a path of the stochastic order-parameter equations diverged at t = ${inShort(t)}.`,
    {
      reached: t,
      advice: "Make the step shorter, or the learning rate lower.",
      partial,
    },
  );
}

function unphysical(t: number, partial: BatchPaths | undefined): ConvergenceError {
  return new ConvergenceError(
    `a path of the stochastic order-parameter equations reached an overlap that no vectors have, at t = ${inShort(t)}.`,
    { reached: t, advice: "Make the step shorter, or the learning rate lower.", partial },
  );
}
