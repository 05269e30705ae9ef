import { exitGap } from "../models/quadratic-exit";
import { observeInto, quantityNames } from "../models/quadratic-layout";
import { frameOfState, randomFrame } from "../models/quadratic-start";
import { createDraws } from "../numerics/draws";
import type { Streams } from "../numerics/streams";
import type { NetworkPlan, NetworkProblem, NetworkSimulation } from "./quadratic-problem";
import type { SgdProcess } from "./quadratic-recursion";
import { createReducedProcess } from "./quadratic-reduced";
import { createVectorProcess, randomVectors, vectorsOfFrame } from "./quadratic-vectors";

/** What one run yields. */
export interface NetworkRun {
  readonly series: Readonly<Record<string, Float64Array>>;
  /** Time of the first update at which the exit rule is met; Infinity where it was not met within the limit. */
  readonly exitTime: number;
}

/** Updates between two yields. */
const SLICE = 512;

/** One run from nothing but its number; yields the updates done, often. */
export function* runNetwork(
  problem: NetworkProblem,
  plan: NetworkPlan,
  process: NetworkSimulation["process"],
  streams: Streams,
  sample: number,
): Generator<number, NetworkRun> {
  const { network, exit } = problem;
  const { reports, stepTime, limit } = plan;
  const sgd = createProcess(problem, process, streams, sample);
  const gap = exitGap(network.width, sgd.order.slice(), exit);
  const names = quantityNames(network.width);
  const curves = names.map(() => new Float64Array(reports.length));
  const values = new Float64Array(names.length);
  // Vectors take longer for a step.
  const slice = process === "exact" ? SLICE : 8;

  let exitStep = gap(sgd.order) <= 0 ? 0 : -1;
  let report = 0;
  const record = (step: number) => {
    for (; report < reports.length && reports[report] === step; report++) {
      observeInto(network, sgd.order, values);
      for (const [i, curve] of curves.entries()) curve[report] = values[i];
    }
  };
  record(0);
  for (let step = 1; step <= limit && (exitStep < 0 || report < reports.length); step++) {
    sgd.step();
    if (exitStep < 0 && gap(sgd.order) <= 0) exitStep = step;
    if (report < reports.length && reports[report] === step) record(step);
    if (step % slice === 0) yield step;
  }
  return {
    series: Object.fromEntries(names.map((name, i) => [name, curves[i]])),
    exitTime: exitStep < 0 ? Infinity : exitStep * stepTime,
  };
}

function createProcess(
  { network, start }: NetworkProblem,
  process: NetworkSimulation["process"],
  streams: Streams,
  sample: number,
): SgdProcess {
  const secondLayer = start === "random" ? new Float64Array(network.width).fill(1) : start.secondLayer;
  if (process === "exact") {
    const frame = start === "random" ? randomFrame(network, streams, sample) : frameOfState(start);
    const draws = createDraws(streams.stream("data", sample, 0), streams.stream("data", sample, 1));
    return createReducedProcess(network, frame, secondLayer, draws);
  }
  // Blocks 0 and 1 belong to the exact process: the two are independent for one seed.
  const directions = streams.stream("start", sample, 2);
  const weights =
    start === "random"
      ? randomVectors(network, directions)
      : vectorsOfFrame(network, frameOfState(start), directions);
  const noise = createDraws(streams.stream("noise", sample, 0), streams.stream("noise", sample, 1));
  return createVectorProcess(network, weights, secondLayer, streams.stream("data", sample, 2), noise);
}
