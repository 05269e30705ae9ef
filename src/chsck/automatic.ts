import { between, positive } from "../core/check";
import { checkCall } from "../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../core/errors";
import type { Options } from "../core/options";
import { checkReach, solveAging } from "./aging/solve";
import { checkProblem, type TwoTimeProblem } from "./problem";
import type { LeveledSolution } from "./solution";
import { decays } from "./uniform/coordinate";
import { createCoordinate } from "./uniform/grid-variable";
import { comesToEquilibrium } from "./uniform/settled";
import { solveUniform } from "./uniform/solve";

/** The cheaper of the uniform and the aging grid. */
export interface AutomaticMethod {
  readonly kind: "auto";
  /** Last time, in the paper's t. */
  readonly until: number;
  /** Estimated error of loss, C and R to reach (default 1e-4). */
  readonly tolerance?: number;
}

const TOLERANCE = 1e-4;
/** A run of more decays of its fastest modes is cheaper on the aging grid. */
const LONG = 100;
/** So far above the transitions the system comes to rest in a run that is cheap on the uniform grid. */
const SOON = 1.6;

/**
 * Solves the two-time equations on the grid that is cheaper for them and meets the tolerance: see {@link solveUniform} and
 * {@link solveAging}. Where one of them cannot, the other is taken.
 *
 * @throws InvalidParameterError, ConvergenceError and InterruptedError as the two do.
 */
export async function solveAutomatic(
  problem: TwoTimeProblem,
  method: AutomaticMethod,
  options: Options = {},
): Promise<LeveledSolution> {
  checkCall({ problem, method }, options);
  const { until, tolerance = TOLERANCE } = method;
  checkProblem(problem);
  positive("method.until", until);
  between("method.tolerance", tolerance, 1e-9, 1);
  const uniform = () => {
    if (options.checkpoint) options.onNotice?.("the uniform grid is taken, which keeps no checkpoint");
    return solveUniform(problem, { kind: "uniform", until, tolerance }, options);
  };
  const aging = () =>
    solveAging(problem, { kind: "aging", until, tolerance: Math.min(tolerance, 0.01) }, options);
  const refusal = agingRefusal(problem, until);
  if (refusal) {
    try {
      return await uniform();
    } catch (error) {
      // The aging grid goes further, if not as far as this.
      const isTooLong = error instanceof InvalidParameterError && error.parameter === "method.until";
      throw isTooLong ? tooLongForBoth(refusal, error) : error;
    }
  }
  const coordinate = createCoordinate(problem, until);
  // What comes to rest is not solved to its end there.
  const isLong = decays(problem, coordinate) > LONG && !comesToEquilibrium(problem, until, SOON);
  const [first, second] = isLong ? [aging, uniform] : [uniform, aging];
  try {
    return await first();
  } catch (error) {
    if (!(error instanceof ConvergenceError || error instanceof InvalidParameterError)) throw error;
    // What is wrong with the checkpoint is for the user to put right.
    const place = options.checkpoint?.place?.parameter ?? "checkpoint";
    if (error instanceof InvalidParameterError && error.parameter === place) throw error;
    try {
      return await second();
    } catch (other) {
      // What the better choice says is what helps.
      throw other instanceof ConvergenceError || other instanceof InvalidParameterError ? error : other;
    }
  }
}

/** What to say of a run that is too long for the uniform grid, where the aging grid takes none of its kind, or goes further, but not so far. */
function tooLongForBoth(aging: InvalidParameterError, uniform: InvalidParameterError): InvalidParameterError {
  if (aging.parameter === "method.until") return aging;
  const allowed = `${aging.allowed}; on the uniform grid method.until is ${uniform.allowed}`;
  return new InvalidParameterError(aging.parameter, aging.value, allowed);
}

/** Why a run is not for the aging grid; undefined where it is. */
function agingRefusal(problem: TwoTimeProblem, until: number): InvalidParameterError | undefined {
  try {
    checkReach(problem, { until });
    return undefined;
  } catch (error) {
    if (error instanceof InvalidParameterError) return error;
    throw error;
  }
}
