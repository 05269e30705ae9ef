import { type Cost, phaseRetrievalCost } from "../../models/cost";
import { batchRates } from "../../models/phase-retrieval/problem";
import { createStreams } from "../../numerics/streams";
import type { SampleCurves, Simulator } from "../ensemble";
import {
  type Batches,
  createBernoulliBatches,
  createExchangedBatches,
  createRedrawnBatches,
  createReplacedBatches,
} from "./batches";
import { createMeasurements, type Measurements } from "./data";
import type { RetrievalPlan } from "./problem";
import { createWalker, type Walker } from "./walker";

/** All there is to know of a simulation: plain data, but for a cost of the user's own. */
export interface RetrievalSetup {
  readonly plan: RetrievalPlan;
  readonly samples: number;
  readonly seed: number | string;
  readonly cost?: Cost;
}

/** Samples of one data set that are simulated together, as columns of one matrix. */
const COLUMNS = 16;

/** How many samples share a data set and go through it together; a group starts at a multiple of it. */
export function samplesTogether({ fixedData }: RetrievalPlan, samples: number): number {
  // A single column would be another product, with other roundings.
  return fixedData ? Math.min(COLUMNS, Math.max(2, samples)) : 1;
}

/** Makes single samples, or groups of them, which are kept until they are asked for. They share the room for the data. */
export function createRetrievalSimulator({ plan, samples, seed, cost }: RetrievalSetup): Simulator {
  const streams = createStreams(seed);
  const columns = samplesTogether(plan, samples);
  const data = createMeasurements(plan.size, plan.patterns, columns);
  const finished = new Map<number, SampleCurves>();
  let drawn = -1;

  return function* simulate(sample) {
    if (!finished.has(sample)) {
      finished.clear();
      const dataSet = plan.fixedData ? 0 : sample;
      if (dataSet !== drawn) {
        for (const _ of data.draw(streams, dataSet)) yield 0;
        drawn = dataSet;
      }
      const first = sample - (sample % columns);
      const walkers = Array.from({ length: Math.min(columns, samples - first) }, (_, column) => {
        const parts = { plan, data, cost: cost ?? phaseRetrievalCost, column, columns };
        return createWalker({ ...parts, batches: createBatches(plan) }, streams, first + column);
      });
      yield* walkTogether(plan, data, walkers);
      for (const [column, walker] of walkers.entries()) finished.set(first + column, walker.finish());
    }
    return finished.get(sample)!;
  };
}

function createBatches({ problem, patterns, batchSampling }: RetrievalPlan): Batches | undefined {
  const count = Math.round(problem.batchFraction * patterns);
  if (batchSampling === "with-replacement") return createReplacedBatches(patterns, count);
  const rates = batchRates(problem);
  if (!rates) return undefined;
  if (batchSampling === "bernoulli") return createBernoulliBatches(patterns, rates);
  return problem.algorithm === "persistent-sgd"
    ? createExchangedBatches(patterns, count, rates)
    : createRedrawnBatches(patterns, count);
}

/** All walkers step by step; yields the share done. */
function* walkTogether(
  { steps, reports, snapshots }: RetrievalPlan,
  data: Measurements,
  walkers: readonly Walker[],
): Generator<number, void> {
  for (let step = 0; ; step++) {
    const measured = step === 0 || reports.has(step) || snapshots.has(step);
    passData(data, walkers, measured);
    for (const walker of walkers) walker.record(step, measured);
    if (step === steps || walkers.every((walker) => walker.isAtRest())) return;
    for (const walker of walkers) walker.step(step);
    yield (step + 1) / steps;
  }
}

/** Fields, forces and gradient, block by block, so that the data come from memory once. */
function passData(data: Measurements, walkers: readonly Walker[], measured: boolean): void {
  data.gradient.fill(0);
  for (let block = 0; block < data.blocks.length; block++) {
    data.project(block);
    for (const walker of walkers) walker.computeForces(block, measured);
    data.addGradient(block);
  }
}
