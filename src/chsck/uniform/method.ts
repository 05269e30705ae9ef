import { integerAtLeast, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";

/** The uniform grid: second order in the step, every pair of times stored; reference for all other methods. */
export interface UniformMethod {
  readonly kind: "uniform";
  /** Last time, in the paper's t. */
  readonly until: number;
  /** Number of steps (default 400). */
  readonly points?: number;
  /** Step length in `variable`, instead of `points`. */
  readonly step?: number;
  /** The variable in which steps are equal: the clock s = ∫η dt (default) or the time t. */
  readonly variable?: "clock" | "time";
  /** Solve with steps h, h/2 and h/4 and extrapolate to h → 0, with an error estimate. */
  readonly extrapolate?: boolean;
}

/** Packed triangles take 8·points² bytes, of which one workspace holds 4 GiB. */
const MOST_POINTS = 23000;
/** The finest grid has this many times the points asked for. */
const FINEST = 4;

const mostPoints = (method: UniformMethod) => (method.extrapolate ? MOST_POINTS / FINEST : MOST_POINTS);

export function checkMethod(method: UniformMethod): void {
  positive("method.until", method.until);
  if (method.points !== undefined) {
    integerAtLeast("method.points", method.points, 4);
    if (method.points > mostPoints(method)) {
      throw new InvalidParameterError("method.points", method.points, `at most ${mostPoints(method)}`);
    }
  }
  if (method.step !== undefined) positive("method.step", method.step);
  if (method.step !== undefined && method.points !== undefined) {
    throw new InvalidParameterError("method.step", method.step, "absent when method.points is given");
  }
  if (method.variable !== undefined && method.variable !== "clock" && method.variable !== "time") {
    throw new InvalidParameterError("method.variable", method.variable, '"clock" or "time"');
  }
}

/** Number of steps the method asks for on a grid variable that runs over `length`. */
export function stepCount(method: UniformMethod, length: number): number {
  if (method.step === undefined) return method.points ?? 400;
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
