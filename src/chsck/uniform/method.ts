import { between, integerAtLeast, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";

/** The uniform grid: second order in the step, every pair of times stored; reference for all other methods. */
export interface UniformMethod {
  readonly kind: "uniform";
  /** Last time, in the paper's t. */
  readonly until: number;
  /**
   * Estimated error of loss, C and R to reach, with as many steps as that takes (default 1e-4); without `points`,
   * `step` and `extrapolate: false`, which fix them.
   */
  readonly tolerance?: number;
  /** Number of steps; extrapolated, an even number. */
  readonly points?: number;
  /** Step length in `variable`, instead of `points`. */
  readonly step?: number;
  /**
   * The variable in which steps are equal: the clock s = ∫η dt (default; or a variable that suits T_eff where the clock does
   * not), or the time t.
   */
  readonly variable?: "clock" | "time";
  /**
   * Solve with steps h, h/2 and h/4 and extrapolate to h → 0, with an error estimate (default); `false`: one run, whose
   * error is not known.
   */
  readonly extrapolate?: boolean;
}

/** Packed triangles take 8·points² bytes, of which one workspace holds 4 GiB. */
const MOST_POINTS = 23000;
/** The finest grid has this many times the points asked for. */
const FINEST = 4;
const PLAIN_POINTS = 400;

/** The most steps that a method may ask for. */
export const mostPoints = ({ extrapolate }: UniformMethod): number =>
  extrapolate === false ? MOST_POINTS : MOST_POINTS / FINEST;

/** Whether the number of steps is the solver's own choice. */
export const isAutomatic = ({ points, step, extrapolate }: UniformMethod): boolean =>
  points === undefined && step === undefined && extrapolate !== false;

export function checkMethod(method: UniformMethod): void {
  const { until, points, step, tolerance, variable } = method;
  positive("method.until", until);
  if (points !== undefined) {
    integerAtLeast("method.points", points, 4);
    if (points > mostPoints(method)) {
      throw new InvalidParameterError("method.points", points, `at most ${mostPoints(method)}`);
    }
  }
  if (step !== undefined) positive("method.step", step);
  if (step !== undefined && points !== undefined) {
    throw new InvalidParameterError("method.step", step, "absent when method.points is given");
  }
  if (tolerance !== undefined) {
    between("method.tolerance", tolerance, 1e-12, 1);
    if (!isAutomatic(method)) {
      throw new InvalidParameterError(
        "method.tolerance",
        tolerance,
        "absent when method.points, method.step or extrapolate: false fixes the steps",
      );
    }
  }
  if (variable !== undefined && variable !== "clock" && variable !== "time") {
    throw new InvalidParameterError("method.variable", variable, '"clock" or "time"');
  }
}

/** Number of steps the method asks for on a grid variable that runs over `length`. */
export function stepCount(method: UniformMethod, length: number): number {
  if (method.step === undefined) return method.points ?? PLAIN_POINTS;
  const count = Math.ceil(length / method.step - 1e-9);
  const most = mostPoints(method);
  if (method.step > length || count > most) {
    throw new InvalidParameterError(
      "method.step",
      method.step,
      `between ${(length / most).toPrecision(3)} and ${length.toPrecision(6)}, the length of the run in the ${method.variable ?? "clock"}`,
    );
  }
  return Math.max(4, count);
}
