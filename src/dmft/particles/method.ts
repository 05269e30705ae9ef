import { finite, integerAtLeast, oneOf, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { type Cost, phaseRetrievalCost } from "../../models/cost";
import { checkPhaseRetrieval, type PhaseRetrieval } from "../../models/phase-retrieval/problem";
import type { KernelName } from "../process/solution";
import { type PairPlan, type Pairs, planPairs } from "./pairs";

/** Interacting particles whose data matrix is a fast structured one. */
export interface ParticlesMethod {
  /** Time up to which to solve; rounded up to a whole number of steps of the learning rate. */
  readonly until: number;
  /** A power of 2, from 64 to 2²², and at least 32 α; default 32768. Error and bias fall with it. */
  readonly particles?: number;
  /** Independent runs, whose spread is the error; default 8. */
  readonly runs?: number;
  readonly seed: number | string;
  /**
   * Pairs [t, t′] at which two-time functions are wanted, or "all" pairs of steps; default none. For the two responses every
   * different t′ takes as long as half a run, and t′ between two steps as long as two.
   */
  readonly pairs?: Pairs;
  /** The two-time functions that are wanted at the pairs; default all four. */
  readonly twoTime?: readonly KernelName[];
  /** Default: the paper's, {@link phaseRetrievalCost}. A function cannot be sent to a worker: all runs in this thread. */
  readonly cost?: Cost;
}

export const KERNEL_NAMES = ["correlation", "response", "noiseKernel", "responseKernel"] as const;

const PARTICLES = 32_768;
const RUNS = 8;
const FEWEST = 64;
const MOST = 2 ** 22;
/** Least dimension: the bias is about 2/N. */
const LEAST_DIMENSION = 32;
const MOST_STEPS = 1e9;

/** All that a run depends on: plain data, but for a cost of the user's own. */
export interface ParticleSetup {
  readonly problem: PhaseRetrieval;
  readonly cost: Cost;
  /** Whether the cost is the paper's, which the kernels know. */
  readonly isPaperCost: boolean;
  /** M */
  readonly particles: number;
  /** N = M/α, no whole number in general. */
  readonly dimension: number;
  readonly steps: number;
  readonly seed: number | string;
  readonly pairs: PairPlan;
}

/** @throws InvalidParameterError for a problem or method that makes no sense. */
export function createSetup(problem: PhaseRetrieval, method: ParticlesMethod): ParticleSetup {
  checkPhaseRetrieval(problem);
  const { until, seed, cost, pairs = [], twoTime = KERNEL_NAMES } = method;
  positive("method.until", until);
  if (typeof seed !== "string") finite("method.seed", seed);
  for (const [k, name] of twoTime.entries()) oneOf(`method.twoTime[${k}]`, name, KERNEL_NAMES);
  const particles = particlesOf(problem, method);
  const steps = Math.max(1, Math.ceil(until / problem.learningRate - 1e-9));
  if (steps > MOST_STEPS) {
    throw new InvalidParameterError("method.until", until, `at most ${MOST_STEPS * problem.learningRate}`);
  }
  return {
    problem,
    cost: cost ?? phaseRetrievalCost,
    isPaperCost: cost === undefined || cost === phaseRetrievalCost,
    particles,
    dimension: particles / problem.sampleRatio,
    steps,
    seed,
    pairs: planPairs(pairs, twoTime, problem.learningRate, steps),
  };
}

export const runsOf = ({ runs = RUNS }: ParticlesMethod): number => integerAtLeast("method.runs", runs, 1);

function particlesOf({ sampleRatio }: PhaseRetrieval, { particles = PARTICLES }: ParticlesMethod): number {
  const isPower = Number.isInteger(particles) && 2 ** Math.round(Math.log2(particles)) === particles;
  if (!(isPower && particles >= FEWEST && particles <= MOST)) {
    throw new InvalidParameterError("method.particles", particles, `a power of 2 from ${FEWEST} to ${MOST}`);
  }
  if (particles < LEAST_DIMENSION * sampleRatio) {
    const least = 2 ** Math.ceil(Math.log2(LEAST_DIMENSION * sampleRatio));
    throw new InvalidParameterError(
      "method.particles",
      particles,
      `at least ${least} at sampleRatio ${sampleRatio}`,
    );
  }
  return particles;
}
