import { finite, integerAtLeast, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { type Cost, phaseRetrievalCost } from "../../models/cost";
import {
  checkPhaseRetrieval,
  gradientFactor,
  type PhaseRetrieval,
} from "../../models/phase-retrieval/problem";

/** How the effective process is kept on the sphere. */
export const SPHERES = ["projection", "multiplier"] as const;

/** How the fields at t = 0 are drawn. */
export interface StartDraws {
  /** "quasi-random" (default): points of a Kronecker sequence, shifted at random, instead of independent ones. */
  readonly sampling?: "random" | "quasi-random";
  /**
   * Importance sampling: h0 and h(0) are drawn from Gaussians this many times wider, and weighted accordingly; from 1
   * (none) to 1.5. Default 1.2, and 1 for learning rates so near the limit that large fields must be left out.
   */
  readonly width?: number;
}

/** What both methods have in common. */
interface Method {
  /** Time up to which to solve; rounded up to a whole number of steps of the learning rate. */
  readonly until: number;
  /** Trajectories of the effective process in each pass. */
  readonly trajectories?: number;
  readonly seed: number | string;
  /** Independent repeats, whose spread is the error. */
  readonly runs?: number;
  /** On the sphere: a projection after every step (default, as the algorithms do), or the multiplier of eq. (A.29). */
  readonly sphere?: (typeof SPHERES)[number];
  readonly start?: StartDraws;
  /** Default: the paper's, {@link phaseRetrievalCost}. A function cannot be sent to a worker: all runs in this thread. */
  readonly cost?: Cost;
  /** Numbers in which responses are summed; default "float32", whose rounding the sampling error dwarfs. */
  readonly precision?: "float32" | "float64";
}

/** Iterated sampling of the effective process with decreasing gain. */
export interface DampedMethod extends Method {
  readonly iterations?: number;
  /** Share of each of the first iterations in the mean, above 0 and at most 1; default 0.8. */
  readonly gain?: number;
  /** Iterations with that gain, before it falls as 2/(i + 3); default 12, or a fifth of the steps where that is more. */
  readonly hold?: number;
  /** "exact" (default), or an estimate by this many random-sign probes a trajectory: for many steps. */
  readonly response?: "exact" | { readonly probes: number };
  /** Whether every iteration draws new random numbers; default true. Without, the fixed point is that of one sample. */
  readonly fresh?: boolean;
}

/** All trajectories at once, step by step, with the averages over them: no iteration. */
export interface CausalMethod extends Method {
  /**
   * "matched": the noise of a step is made orthogonal to the starts and to earlier noise; the default where there are at
   * least 8 trajectories a step.
   */
  readonly noise?: "random" | "matched";
}

/** A form of the equations; another one than {@link CORRECTED} only to show what a misprint would do. */
export interface EquationForm {
  /** Factor of the response kernel besides α⟨D T⟩: 1, in the print of eq. (A.21) 1/ℓ. */
  readonly responseFactor: number;
  /** What damps the overlap besides the drive: ν̂, in the print of eq. (A.23) ν̂ + δν. */
  readonly overlapDamping: "multiplier" | "multiplier and curvature";
}

export const CORRECTED: EquationForm = { responseFactor: 1, overlapDamping: "multiplier" };

/** All that a run depends on: plain data, but for a cost of the user's own. */
export interface Setup {
  readonly problem: PhaseRetrieval;
  readonly cost: Cost;
  /** Steps and one more. */
  readonly nodes: number;
  readonly trajectories: number;
  /** Trajectories of a batch: enough for the products, few enough to stay in the cache. */
  readonly lanes: number;
  readonly seed: number | string;
  readonly sphere: (typeof SPHERES)[number];
  readonly start: Required<StartDraws>;
  readonly precision: "float32" | "float64";
  readonly form: EquationForm;
  /** Largest |h0| that is sampled. */
  readonly reach: number;
}

const LANES = 32;
/** Largest |h0| sampled where the learning rate allows it: 2 in 10⁹ are beyond. */
const REACH = 6;
/** Where |h0| reaches this, 7 in 10⁶ are beyond, and wider draws are no danger. */
const WIDE_REACH = 4.5;
/** Least reach: 5 in 10⁵ beyond. More would be missed, or make the responses explode. */
const LEAST_REACH = 4.06;
/** η c v″ at the signal may be this large; at 2 the trajectory never comes to rest, and its response explodes. */
const LARGEST_CURVATURE = 1.445;
const SPACING = 0.01;
const WIDTH = 1.2;

/** Largest |h0| up to which the curvature at the signal is bearable for the step. */
function reachOf(problem: PhaseRetrieval, cost: Cost): number {
  const factor = gradientFactor(problem) * problem.learningRate;
  let reach = 0;
  while (reach < REACH) {
    const next = reach + SPACING;
    if (factor * Math.max(cost.second(next, next), cost.second(-next, -next)) > LARGEST_CURVATURE) break;
    reach = next;
  }
  return Math.min(reach, REACH);
}

/**
 * Largest learning rate at which the effective process can be sampled: with the paper's cost 0.0438 ℓ (0.0438 without
 * rescaled gradient). Sampling sees far larger |h0| than M measurements do, so the limit is lower than the algorithm's.
 */
export function effectiveRateLimit(problem: PhaseRetrieval, cost: Cost): number {
  let steepest = 0;
  for (let h = 0; h <= LEAST_REACH; h += SPACING) {
    steepest = Math.max(steepest, cost.second(h, h), cost.second(-h, -h));
  }
  return steepest > 0 ? LARGEST_CURVATURE / (gradientFactor(problem) * steepest) : Infinity;
}

/** @throws InvalidParameterError for a problem or method that makes no sense. */
export function createSetup(
  problem: PhaseRetrieval,
  method: DampedMethod | CausalMethod,
  trajectories: number,
  form: EquationForm = CORRECTED,
): Setup {
  checkPhaseRetrieval(problem);
  const { cost = phaseRetrievalCost } = method;
  const limit = effectiveRateLimit(problem, cost);
  if (problem.learningRate > limit) {
    throw new InvalidParameterError(
      "learningRate",
      problem.learningRate,
      `at most ${limit.toPrecision(3)} for the mean-field theory: beyond, the step overshoots for the largest fields, whose responses explode`,
    );
  }
  positive("method.until", method.until);
  const { sphere = "projection", start = {}, precision = "float32", runs = 1, seed } = method;
  integerAtLeast("method.runs", runs, 1);
  if (typeof seed !== "string") finite("method.seed", seed);
  oneOf("method.sphere", sphere, SPHERES);
  oneOf("method.precision", precision, ["float32", "float64"]);
  const reach = reachOf(problem, cost);
  const { sampling = "quasi-random", width = reach >= WIDE_REACH ? WIDTH : 1 } = start;
  oneOf("method.start.sampling", sampling, ["random", "quasi-random"]);
  if (!(width >= 1 && width <= 1.5)) {
    throw new InvalidParameterError("method.start.width", width, "a number from 1 to 1.5");
  }
  const steps = Math.max(1, Math.ceil(method.until / problem.learningRate - 1e-9));
  return {
    problem,
    cost,
    nodes: steps + 1,
    trajectories: integerAtLeast("method.trajectories", trajectories, 8),
    lanes: LANES,
    seed,
    sphere,
    start: { sampling, width },
    precision,
    form,
    reach,
  };
}

export function oneOf(parameter: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  throw new InvalidParameterError(parameter, value, allowed.map((name) => `"${name}"`).join(" or "));
}
