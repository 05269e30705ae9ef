import { ConvergenceError } from "../../core/errors";
import { bytesOf } from "../../kernels";
import { RECOVERY_LOSS, temperatureAt } from "../../models/phase-retrieval/problem";
import { createStreams, type Stream } from "../../numerics/streams";
import { startAverages } from "../process/start-averages";
import { createBatches } from "./batches";
import type { ParticleSetup } from "./method";
import { createSystem } from "./system";
import { createPairRecorder, type PairValues, recorderBytes } from "./two-time";

/** One-time quantities of a run at the nodes t = kη. */
export const CURVE_NAMES = ["overlap", "trainingLoss", "multiplier", "curvature", "drive", "norm"] as const;

/** What a run has found. */
export interface ParticleRun {
  readonly curves: Readonly<Record<(typeof CURVE_NAMES)[number], Float64Array>>;
  /** Time at which the training loss first is below {@link RECOVERY_LOSS}; Infinity for never. */
  readonly recoveryTime: number;
  readonly pairs: PairValues;
}

/** On the sphere no loss is larger than this many times that of weights that know nothing, unless the steps are unstable. */
const LARGEST_LOSS = 2;
/** Draws of a stream. */
const DRAWS = 2 ** 32;

/** A run step by step; yields the steps that are done. @throws ConvergenceError, MemoryError */
export function* followParticles(setup: ParticleSetup, run: number): Generator<number, ParticleRun> {
  const { problem, particles, steps, seed } = setup;
  const { learningRate: eta } = problem;
  const streams = createStreams(seed);
  const state0 = bytesOf(4 * particles);
  const system = createSystem(setup, streams, run, state0 + recorderBytes(setup));
  const state = system.createState();
  const recorder = createPairRecorder(setup, system, streams, run);
  const changeBatch = createBatches(setup, streams.stream("batch", run), system.share, system.byField);
  const drawHeat = createHeat((block) => streams.stream("noise", run, block), system.words);
  const curves = Object.fromEntries(
    CURVE_NAMES.map((name) => [name, new Float64Array(steps + 1)]),
  ) as ParticleRun["curves"];
  const largest = largestLoss(setup);
  let recoveryTime = Infinity;

  for (let step = 0; ; step++) {
    const t = step * eta;
    const temperature = temperatureAt(problem, t);
    const averages = system.computeForces(state, recorder.stiffnessAt(step));
    if (!(averages.loss <= largest)) throw unstable(t, setup);
    if (averages.loss < RECOVERY_LOSS && recoveryTime === Infinity) recoveryTime = t;
    curves.overlap[step] = state.overlap;
    curves.norm[step] = state.norm;
    curves.trainingLoss[step] = averages.loss;
    curves.multiplier[step] = temperature - averages.radial; // (P.13)
    curves.curvature[step] = averages.curvature;
    curves.drive[step] = averages.drive;
    recorder.record(step, state);
    if (temperature > 0) drawHeat(step);
    if (step < steps) system.move(state, averages, temperature);
    recorder.follow(step, state, temperature);
    if (step === steps) return { curves, recoveryTime, pairs: recorder.values };
    changeBatch();
    yield step + 1;
  }
}

/** Signs of a step's heat, for the run and its twins: every step has draws of its own. */
function createHeat(open: (block: number) => Stream, words: Uint32Array) {
  const stepsPerStream = Math.floor((4 * DRAWS) / words.length);
  let stream = open(0);
  return (step: number): void => {
    if (step % stepsPerStream === 0) stream = open(step / stepsPerStream);
    for (let i = 0; i < words.length; i++) words[i] = stream.nextUint32();
  };
}

function largestLoss({ problem, cost }: ParticleSetup): number {
  if (problem.constraint !== "sphere") return Number.MAX_VALUE;
  const random = startAverages({ problem: { ...problem, initialOverlap: 0 }, cost }).loss;
  return random > 0 ? LARGEST_LOSS * random : Number.MAX_VALUE;
}

function unstable(t: number, { problem }: ParticleSetup): ConvergenceError {
  return new ConvergenceError(
    `The particles with the largest fields fly off at t = ${t.toPrecision(6)}: the steps are unstable.`,
    { reached: t, advice: `Take a smaller learning rate than ${problem.learningRate}, or fewer particles.` },
  );
}
