import { between, finite, integerAtLeast, oneOf, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { type Cost, phaseRetrievalCost } from "../../models/cost";
import { checkPhaseRetrieval, type PhaseRetrieval } from "../../models/phase-retrieval/problem";
import { CORRECTED, type EquationForm, type ProcessMethod, SPHERES, type StartDraws } from "./method";
import { effectiveRateLimit, reachOf } from "./reach";

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
/** Where |h0| reaches this, 7 in 10⁶ are beyond, and wider draws are no danger. */
const WIDE_REACH = 4.5;
const WIDTH = 1.2;

/** @throws InvalidParameterError for a problem or method that makes no sense. */
export function createSetup(
  problem: PhaseRetrieval,
  method: ProcessMethod,
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
  between("method.start.width", width, 1, 1.5);
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
