import { requireBudget } from "../../core/budget";
import { checkCall } from "../../core/check-options";
import { createPacer, type Options } from "../../core/options";
import { inThisThread, type PoolTask } from "../../core/pool";
import { finishRun } from "../../core/resumable-run";
import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { particleCosts } from "./costs";
import { createSetup, type ParticleSetup, type ParticlesMethod, runsOf } from "./method";
import { followParticles, type ParticleRun } from "./run";
import { createStateCodec, identify } from "./run-state";
import { createSolution, type ParticleSolution } from "./solution";

const NAME = "interacting particles";
/** Slices between which finished runs are saved. */
const SLICES = 10;

interface ParticlePiece {
  readonly problem: PhaseRetrieval;
  readonly method: ParticlesMethod;
  readonly run: number;
}

/** Runs of {@link solveParticles}, for workers. */
export const particleTask: PoolTask<ParticlePiece, ParticleRun> = {
  name: NAME,
  module: "twotime",
  async run({ problem, method, run }, options) {
    const setup = createSetup(problem, method);
    const pacer = createPacer(NAME, setup.steps, options);
    const steps = followParticles(setup, run);
    let step = steps.next();
    for (; !step.done; step = steps.next()) if (pacer.due()) await pacer.pause(step.value);
    return step.value;
  },
};

/**
 * Solves the mean-field theory of phase retrieval (Stochasticity helps to navigate rough landscapes, section 4 and appendix C)
 * by interacting particles: samples of a large system whose data matrix is a product of Walsh–Hadamard transforms and random
 * signs with the eigenvalues of Marchenko and Pastur, and whose fields at the start are points of Sobol's sequence. Coloured
 * noise and memory of the effective process come about by themselves: neither is sampled or stored, and a step takes
 * O(M log M). Its time step is the learning rate, as the algorithm's.
 *
 * Independent runs give the standard error; the bias of a finite number of particles is told in a note. The result does not
 * depend on the pool. With a checkpoint store finished runs are kept.
 *
 * @throws InvalidParameterError for a problem or method that makes no sense, or a checkpoint of something else; ConvergenceError
 *   where steps are unstable; InterruptedError after an abort. The `partial` of both is the ParticleSolution of the finished
 *   runs, undefined where there is none.
 */
export async function solveParticles(
  problem: PhaseRetrieval,
  method: ParticlesMethod,
  options: Options = {},
): Promise<ParticleSolution> {
  checkCall({ problem, method }, options);
  const setup = createSetup(problem, method);
  const runs = runsOf(method);
  const workers = options.pool?.workers ?? 1;
  requireBudget(particleCosts(setup, method.until, runs, workers), options);
  const states = await finishRun(
    {
      identity: identify(setup),
      codec: createStateCodec(setup),
      steps: Array<number>(runs).fill(1),
      stepsOf: () => 1,
      slices: Math.min(SLICES, Math.ceil(runs / workers)),
      task: method.cost ? inThisThread(particleTask) : particleTask,
      request: (run) => ({ problem, method, run }),
      label: () => NAME,
      partial: (finished) => partialOf(setup, finished),
    },
    options,
  );
  return createSolution(setup, states);
}

/** The runs that are finished, undefined where there is none. */
function partialOf(
  setup: ParticleSetup,
  states: readonly (ParticleRun | undefined)[],
): ParticleSolution | undefined {
  const finished = states.filter((state) => state !== undefined);
  if (finished.length === 0) return undefined;
  return { ...createSolution(setup, finished), unfinished: `${finished.length} of ${states.length} runs` };
}
