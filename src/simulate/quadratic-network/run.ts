import { ConvergenceError } from "../../core/errors";
import {
  type ExitGauge,
  exitGauge,
  frameOfState,
  isGiven,
  observeInto,
  quantityNames,
  secondLayerOf,
  startFrame,
} from "../../models/quadratic-network";
import { createDraws } from "../../numerics/draws";
import { createStreams, type Streams } from "../../numerics/streams";
import type { Simulator } from "../ensemble";
import type { NetworkPlan, NetworkProblem, NetworkSimulation } from "./problem";
import type { SgdProcess } from "./recursion";
import { createReducedProcess } from "./reduced";
import { createVectorProcess, randomVectors, vectorsOfFrame } from "./vectors";

/**
 * Makes single runs. Their event `exitTime` is the time of the first update at which the exit rule is met. The runs share
 * their work space: one at a time. A run throws ConvergenceError once its order parameters are beyond all bounds.
 */
export function createNetworkRunner(
  problem: NetworkProblem,
  plan: NetworkPlan,
  { process, seed }: Pick<NetworkSimulation, "process" | "seed">,
): Simulator {
  const { network, exit } = problem;
  const { reports, stepTime, limit } = plan;
  const sgd = createProcess(problem, process, createStreams(seed));
  const gauge = exitGauge(network.width, exit);
  const names = quantityNames(network.width);
  const values = new Float64Array(names.length);
  const slice = process === "exact" ? 512 : 8;

  return function* run(sample) {
    const curves = names.map(() => new Float64Array(reports.length));
    let report = 0;
    const record = (step: number) => {
      for (; report < reports.length && reports[report] === step; report++) {
        observeInto(network, sgd.order, values);
        for (const [i, curve] of curves.entries()) curve[report] = values[i];
      }
    };

    sgd.start(sample);
    const level = gauge.level(sgd.order);
    let exitStep = gauge.measure(sgd.order) <= level ? 0 : -1;
    record(0);
    let step = 0;
    while (step < limit && (exitStep < 0 || report < reports.length)) {
      const end = Math.min(limit, step + slice, report < reports.length ? reports[report] : Infinity);
      if (exitStep < 0) {
        const result = walkToExit(sgd, gauge, level, step, end);
        step = Math.abs(result);
        if (result > 0) exitStep = result;
      } else {
        step = walk(sgd, step, end);
      }
      if (!sgd.order.every(Number.isFinite)) throw diverged(sample, step, stepTime);
      record(step);
      yield step / limit;
    }
    return {
      series: Object.fromEntries(names.map((name, i) => [name, curves[i]])),
      events: { exitTime: exitStep < 0 ? Infinity : exitStep * stepTime },
    };
  };
}

/** Steps until `end`, or until m_0 is no number any more: the next update carries that from any order parameter to it. */
function walk(sgd: SgdProcess, from: number, end: number): number {
  let step = from;
  while (step < end && Number.isFinite(sgd.order[0])) {
    sgd.step();
    step++;
  }
  return step;
}

/**
 * Steps until the exit or `end`: the step of the exit, or minus `end`. Apart from the generator, for its speed. It stops,
 * too, where the measure is no number any more.
 */
function walkToExit(sgd: SgdProcess, gauge: ExitGauge, level: number, from: number, end: number): number {
  for (let step = from + 1; step <= end; step++) {
    sgd.step();
    if (!(gauge.measure(sgd.order) > level)) return step;
  }
  return -end;
}

/** Blocks of the streams: 0 and 1 for the exact process, 2 for the vectors, so that the two are independent. */
function createProcess(
  { network, start }: NetworkProblem,
  process: NetworkSimulation["process"],
  streams: Streams,
): SgdProcess {
  const secondLayer = secondLayerOf(start, network.width);
  const purpose = process === "exact" ? "data" : "noise";
  const draws = createDraws(streams.stream(purpose, 0, 0), streams.stream(purpose, 0, 1));
  const restart = (sample: number) =>
    draws.restart(streams.stream(purpose, sample, 0), streams.stream(purpose, sample, 1));
  if (process === "exact") {
    return createReducedProcess(network, draws, (sample) => {
      restart(sample);
      return { frame: startFrame(network, start, streams, sample), secondLayer };
    });
  }
  return createVectorProcess(network, draws, (sample) => {
    restart(sample);
    const directions = streams.stream("start", sample, 2);
    const weights = isGiven(start)
      ? vectorsOfFrame(network, frameOfState(start), directions)
      : randomVectors(network, directions);
    return { weights, secondLayer, inputs: streams.stream("data", sample, 2) };
  });
}

function diverged(sample: number, step: number, stepTime: number): ConvergenceError {
  return new ConvergenceError(
    `The order parameters of sample ${sample} grow without bound at t = ${(step * stepTime).toPrecision(6)}.`,
    { reached: (step - 1) * stepTime, advice: "Take a smaller learning rate." },
  );
}
