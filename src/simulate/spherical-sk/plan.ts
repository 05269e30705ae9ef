import { requireBudget } from "../../core/budget";
import { integerAtLeast, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import { outlierOf } from "../../models/spherical-sk/outlier";
import { bulkOf, checkSphericalSk, type SphericalSk } from "../../models/spherical-sk/problem";
import { curveCost } from "../curve-cost";
import { createStepList } from "../step-list";
import type { MatrixBasis, MatrixLaw } from "./matrix";

/** The finite system: its N is the simulation's, so that `size` and `spikeWeight` of the theory mean nothing here. */
export interface SphericalSkDynamics extends SphericalSk {
  readonly dynamics: "flow" | "projected-gradient";
}

/** How to simulate. Times are t; of projected gradient descent the number of steps. */
export interface SphericalSkSimulation {
  /** N, at least 5; at most 1500 in the dense basis. */
  readonly size: number;
  readonly samples: number;
  readonly seed: number | string;
  readonly until: number;
  /** Length of a step in t; null: equal steps of 0.1/λ1 in the clock. Projected gradient descent has steps of 1. */
  readonly step?: number | null;
  readonly basis?: MatrixBasis;
  /** Report times, ascending; default 60, equally spaced in the logarithm over three decades. */
  readonly times?: ArrayLike<number>;
  /** Pairs [t, t′] at which to measure the correlation. */
  readonly pairs?: readonly (readonly [number, number])[];
  readonly keepCurves?: boolean;
}

/** All that the runs of one simulation have in common, as plain data. */
export interface SphericalSkPlan {
  readonly size: number;
  readonly basis: MatrixBasis;
  readonly law: MatrixLaw;
  /** Upper edge of the bulk at infinite size. */
  readonly bulkEdge: number;
  readonly dynamics: SphericalSkDynamics["dynamics"];
  readonly initialOverlap: number | null;
  readonly time: Float64Array;
  /** T_eff at the report times. */
  readonly heatAt: Float64Array;
  /** Nodes of the report times, and of the pairs. */
  readonly reports: Int32Array;
  readonly pairs: readonly (readonly [number, number])[];
  readonly nodes: Float64Array;
  /** Of each step ∫η dt, and T∫η² dt of its two halves; projected descent: η, and Tη² and 0. */
  readonly clock: Float64Array;
  readonly heat: Float64Array;
}

const CLOCK_STEP = 0.1;
const LONGEST = 1;
const REPORTS = 60;
const MOST_DENSE = 1500;
const MOST_STEPS = 2e7;

/** Checks everything and lays out the steps. @throws InvalidParameterError */
export function planSphericalSk(
  problem: SphericalSkDynamics,
  simulation: SphericalSkSimulation,
  options: Options = {},
): SphericalSkPlan {
  checkSphericalSk(problem);
  const { dynamics, temperature, schedule, noise, signal, spectrum, initialOverlap } = problem;
  const { basis = "tridiagonal", step = null, pairs = [] } = simulation;
  const size = integerAtLeast("simulation.size", simulation.size, 5);
  if (basis !== "tridiagonal" && basis !== "dense") {
    throw new InvalidParameterError("simulation.basis", basis, '"tridiagonal" or "dense"');
  }
  if (basis === "dense" && size > MOST_DENSE) {
    throw new InvalidParameterError("simulation.size", size, `at most ${MOST_DENSE} in the dense basis`);
  }
  integerAtLeast("simulation.samples", simulation.samples, 1);
  const until = positive("simulation.until", simulation.until);
  const discrete = dynamics === "projected-gradient";
  if (discrete && step !== null && step !== 1) {
    throw new InvalidParameterError("simulation.step", step, "1 for projected gradient descent");
  }
  if (step !== null) positive("simulation.step", step);
  const given = reportTimes(simulation);
  const time = discrete ? given.map(Math.round) : given;
  for (const [k, [t, tPrime]] of pairs.entries()) {
    if (tPrime >= 0 && tPrime <= t && t <= until) continue;
    throw new InvalidParameterError(`simulation.pairs[${k}]`, [t, tPrime], `0 ≤ t' ≤ t ≤ ${until}`);
  }
  const exact = [...time, ...pairs.flat()];
  const nodes = discrete ? wholeSteps(until) : nodesOf(problem, until, step, exact);
  requireRuns(simulation, { basis, steps: nodes.length, reports: time.length + pairs.length }, options);
  const indexOf = (t: number) => (discrete ? Math.round(t) : nearest(nodes, t));
  const plan: SphericalSkPlan = {
    size,
    basis,
    law: { noise, signal, spectrum },
    bulkEdge: bulkOf(problem).top,
    dynamics,
    initialOverlap,
    time,
    heatAt: time.map((t) => (temperature > 0 ? temperature * schedule.rate(t) : 0)),
    reports: Int32Array.from(time, indexOf),
    pairs: pairs.map(([t, tPrime]) => [indexOf(t), indexOf(tPrime)] as const),
    nodes,
    ...(discrete ? discreteSteps(problem, nodes) : flowSteps(problem, nodes)),
  };
  if (!discrete) checkLength(problem, plan, step);
  return plan;
}

/** Seconds of an entry of the matrix in a step: a few a spin in the tridiagonal basis, all of them in the dense one. */
const SECONDS = { tridiagonal: 6e-8, dense: 1e-8 };
const QUANTITIES = 6;

function requireRuns(
  { size, samples, until }: SphericalSkSimulation,
  { basis, steps, reports }: { basis: MatrixBasis; steps: number; reports: number },
  options: Options,
): void {
  const entries = basis === "dense" ? size * size : size;
  const run = SECONDS[basis] * entries * steps;
  requireBudget(
    [
      { parameter: "simulation.size", value: size, bytes: 8 * (basis === "dense" ? 2 * entries : 20 * size) },
      { parameter: "simulation.until", value: until, bytes: 64 * steps, seconds: run },
      { ...curveCost(samples, reports, QUANTITIES), seconds: (samples - 1) * run },
    ],
    options,
  );
}

function reportTimes({ times, until }: SphericalSkSimulation): Float64Array {
  if (times === undefined) {
    return Float64Array.from({ length: REPORTS }, (_, k) =>
      k === REPORTS - 1 ? until : until * 10 ** (3 * (k / (REPORTS - 1) - 1)),
    );
  }
  const time = Float64Array.from(times);
  for (const [k, t] of time.entries()) {
    if (t >= (k === 0 ? 0 : time[k - 1]) && t <= until * (1 + 1e-12)) continue;
    throw new InvalidParameterError(`simulation.times[${k}]`, t, `ascending times from 0 to until, ${until}`);
  }
  return time;
}

function wholeSteps(until: number): Float64Array {
  const count = Math.ceil(until);
  if (count > MOST_STEPS)
    throw new InvalidParameterError("simulation.until", until, `at most ${MOST_STEPS} steps`);
  return Float64Array.from({ length: count + 1 }, (_, n) => n);
}

/** Steps of equal length in t, or in the clock; kinks and report times are nodes. */
function nodesOf(
  problem: SphericalSkDynamics,
  until: number,
  step: number | null,
  exact: readonly number[],
): Float64Array {
  const { schedule } = problem;
  if (step !== null) return createStepList(schedule, until, step, exact).nodes;
  const end = schedule.clock(until);
  const length = CLOCK_STEP / outlierOf(problem).topEigenvalue;
  const count = Math.ceil(end / length);
  if (count > MOST_STEPS)
    throw new InvalidParameterError("simulation.until", until, "earlier: too many steps");
  const regular = Array.from({ length: count - 1 }, (_, k) => schedule.time(((k + 1) * end) / count));
  const required = [...exact, ...schedule.kinks, until].filter((t) => t > 0 && t <= until);
  const all = Float64Array.from([0, ...regular, ...required]).sort();
  // Nodes that rounding has made two.
  return all.filter((t, i) => i === 0 || t - all[i - 1] > 1e-12 * t);
}

function nearest(nodes: Float64Array, t: number): number {
  let [low, high] = [0, nodes.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (nodes[middle] <= t) low = middle;
    else high = middle;
  }
  return t - nodes[low] <= nodes[high] - t ? low : high;
}

function flowSteps({ temperature, schedule }: SphericalSk, nodes: Float64Array) {
  const count = nodes.length - 1;
  const clock = new Float64Array(count);
  const heat = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    const [from, to] = [nodes[k], nodes[k + 1]];
    clock[k] = schedule.clockBetween(from, to);
    if (temperature === 0) continue;
    heat[2 * k] = temperature * schedule.heatBetween(from, (from + to) / 2);
    heat[2 * k + 1] = temperature * schedule.heatBetween((from + to) / 2, to);
  }
  return { clock, heat };
}

function discreteSteps({ temperature, schedule }: SphericalSk, nodes: Float64Array) {
  if (schedule.startExponent > 0) {
    throw new InvalidParameterError(
      "schedule",
      schedule.label,
      "a schedule that is finite at t = 0, for steps",
    );
  }
  const clock = nodes.subarray(0, nodes.length - 1).map(schedule.rate);
  const heat = new Float64Array(2 * clock.length);
  for (const [k, rate] of clock.entries()) heat[2 * k] = temperature * rate * rate;
  return { clock, heat };
}

/** The flow e^{A ds} is a polynomial of fourth degree in a step. */
function checkLength(problem: SphericalSkDynamics, { clock }: SphericalSkPlan, step: number | null): void {
  const { top, bottom } = bulkOf(problem);
  const most = LONGEST / Math.max(outlierOf(problem).topEigenvalue, top, -bottom);
  const longest = clock.reduce((sofar, length) => Math.max(sofar, length), 0);
  if (longest <= most) return;
  throw new InvalidParameterError(
    "simulation.step",
    step,
    `so short that learning rate times step stays below ${most.toPrecision(3)}; here it is ${longest.toPrecision(3)}`,
  );
}
