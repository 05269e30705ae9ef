import { ConvergenceError } from "../core/errors";
import type { Options } from "../core/options";
import { type PhaseRetrieval, temperatureAt } from "../models/phase-retrieval/problem";
import { solveParticles } from "./particles";
import { createFunctions, type OrderFunctions } from "./process/functions";
import type { EquationForm, ProcessMethod } from "./process/method";
import type { Reference } from "./process/reference";

const RUNS = 8;
const FEWEST = 256;
const MOST = 32_768;
/** Particles for a trajectory: their kernels are then better known than by a pass, and cost less. */
const EACH = 8;
/** Least dimension, as the particles have it. */
const DIMENSION = 32;

/**
 * The order functions by interacting particles, for what samples the process: a start of the iteration, and the measure of its
 * bias. undefined where particles cannot be had: for a misprinted form of the equations, or steps that are unstable.
 * @param wantsKernels whether two-time functions are to be among them
 */
export async function particleReference(
  problem: PhaseRetrieval,
  { until, seed, cost }: ProcessMethod,
  trajectories: number,
  wantsKernels: boolean,
  { pool, signal }: Options,
  form: EquationForm,
): Promise<Reference | undefined> {
  const wanted = Math.min(MOST, Math.max(FEWEST, EACH * trajectories, DIMENSION * problem.sampleRatio));
  const particles = 2 ** Math.ceil(Math.log2(wanted));
  const isPrinted = form.responseFactor !== 1 || form.overlapDamping !== "multiplier";
  if (isPrinted || particles < DIMENSION * problem.sampleRatio) return undefined;
  try {
    const solution = await solveParticles(
      problem,
      {
        until,
        particles,
        runs: RUNS,
        seed: `${seed}, reference`,
        cost,
        ...(wantsKernels && { pairs: "all", twoTime: ["noiseKernel", "responseKernel"] }),
      },
      { pool, signal },
    );
    const { series, standardError, kernel, time } = solution;
    const functions = createFunctions(time.length);
    functions.curvature.set(series.curvature);
    functions.drive.set(series.drive);
    functions.loss.set(series.trainingLoss);
    functions.radial.set(series.multiplier.map((nu, k) => temperatureAt(problem, time[k]) - nu)); // (P.13)
    if (wantsKernels) fillKernels(functions, time, kernel);
    return { functions, overlap: series.overlap, standardError: standardError.overlap };
  } catch (error) {
    if (error instanceof ConvergenceError) return undefined;
    throw error;
  }
}

function fillKernels(
  { noise, memory, nodes }: OrderFunctions,
  time: Float64Array,
  kernel: Awaited<ReturnType<typeof solveParticles>>["kernel"],
): void {
  for (let k = 0; k < nodes; k++) {
    for (let j = 0, at = k * nodes; j <= k; j++, at++) {
      noise[at] = kernel("noiseKernel", time[k], time[j]).value;
      noise[j * nodes + k] = noise[at];
      memory[at] = kernel("responseKernel", time[k], time[j]).value;
    }
  }
}
