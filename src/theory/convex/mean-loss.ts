import { InvalidParameterError } from "../../core/errors";
import { type ConvexBasin, checkBasin } from "../../models/convex/basin";
import { adaptiveIntegral } from "../../numerics/adaptive";

/** The mean loss and its two parts at one time. */
export interface ConvexLoss {
  /** κx0²/2 e^{−2κs}: what is left of the start. */
  readonly optimisation: number;
  /** κT ∫η² e^{−2κ(s(t) − s(u))} du: what the noise keeps up. */
  readonly noise: number;
  /** Estimated numerical error of either. */
  readonly optimisationError: number;
  readonly noiseError: number;
}

const TOLERANCE = 1e-13;
const ROUNDING = 1e-15;
/** Share of the clock that is as good as the start, where a rate may be singular. */
const NEAREST = 1e-18;
/** Products 2κs beyond which the past is forgotten in double precision. */
const FORGOTTEN = 80;

/**
 * ⟨L⟩ of a coordinate in a convex basin, for every schedule (docs/equations.md, C1; learning-rate schedules paper, (A.3); its
 * equation (2) has half the noise, see docs/errata.md). In the clock that separates u from t, σ = s(t) − s(u), the noise is
 * κT ∫η e^{−2κσ} dσ, a smooth integral between kinks, by adaptive quadrature.
 * @param t absolute, at least 0
 * @throws InvalidParameterError
 */
export function convexLoss(basin: ConvexBasin, t: number): ConvexLoss {
  checkBasin(basin);
  if (!(t >= 0 && t < Infinity)) throw new InvalidParameterError("t", t, "a finite number of at least 0");
  const { curvature, temperature, initialPosition, startTime, schedule } = basin;
  const elapsed = Math.max(0, t - startTime);
  const clock = schedule.clock(elapsed);
  const optimisation = 0.5 * curvature * initialPosition ** 2 * Math.exp(-2 * curvature * clock);
  const optimisationError = ROUNDING * optimisation * (1 + 2 * curvature * clock);
  if (temperature === 0 || clock === 0) return { optimisation, noise: 0, optimisationError, noiseError: 0 };

  const longest = Math.min(clock, FORGOTTEN / (2 * curvature));
  const kinks = schedule.kinks.filter((u) => u < elapsed).map((u) => schedule.clockBetween(u, elapsed));
  const ends = [...kinks, longest].filter((sigma) => sigma > 0 && sigma <= longest).sort((a, b) => a - b);
  const edges = [0, ...ends.filter((sigma, k) => k === 0 || sigma > ends[k - 1])];
  const rate = (sigma: number) => schedule.rate(schedule.time(Math.max(NEAREST * clock, clock - sigma)));
  const { value, error } = adaptiveIntegral(
    (sigma) => rate(sigma) * Math.exp(-2 * curvature * sigma),
    edges,
    TOLERANCE,
  );
  const noise = curvature * temperature * value;
  return {
    optimisation,
    noise,
    optimisationError,
    noiseError: curvature * temperature * error + 100 * ROUNDING * noise,
  };
}

/**
 * Mean loss of discrete descent x ← (1 − ηκh) x + η√(2Th) ξ after its steps (docs/equations.md, C2): M ← (1 − ηκh)² M + 2Tη²h for
 * M = ⟨x²⟩.
 * @param times absolute ends of the steps, ascending, the first at or after the start time
 */
export function discreteLoss(basin: ConvexBasin, times: ArrayLike<number>): Float64Array {
  checkBasin(basin);
  const { curvature, temperature, initialPosition, startTime, schedule } = basin;
  let square = initialPosition ** 2;
  let from = startTime;
  return Float64Array.from(times, (to) => {
    const rate = schedule.rate(Math.max(0, from - startTime));
    square = (1 - rate * curvature * (to - from)) ** 2 * square + 2 * temperature * rate ** 2 * (to - from);
    from = to;
    return 0.5 * curvature * square;
  });
}
