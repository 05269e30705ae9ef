import type { Ensemble, Trajectory } from "../../core/results";
import type { Covariance } from "../../models/covariance";
import type { QuantityInfo } from "../system";

/** What the landscape is like around the state: below 0, there are directions in which it curves down. */
export const hessianLeftEdge: QuantityInfo = {
  name: "hessianLeftEdge",
  symbol: "z − 2√Q″(1)",
  of: "time",
  meaning:
    "lower edge of the bulk of ∇²L + z, the signal's outlier apart; at late times 0 at T = 0, below 0 at T > 0, above 0 where a signal is found",
};

/**
 * Adds to a trajectory with a multiplier the lower edge z − 2√Q″(1) of the spectrum of ∇²L + z on the tangent space (T.12), with
 * the errors of z. ∇²L is there a Gaussian matrix whose entries have the variance Q″(1)/N, but for the rank one of a signal.
 */
export function withHessianEdge<T extends Trajectory | Ensemble>(covariance: Covariance, trajectory: T): T {
  const radius = 2 * Math.sqrt(covariance.second(1));
  const edge = (z: Float64Array) => z.map((value) => value - radius); // (T.12)
  const { series, error, standardError, curves } = trajectory;
  const added = <V>(all: Readonly<Record<string, V>>, of: (z: V) => V) => ({
    ...all,
    hessianLeftEdge: of(all.multiplier),
  });
  return {
    ...trajectory,
    series: added(series, edge),
    ...(error && { error: added(error, (same) => same) }),
    ...(standardError && { standardError: added(standardError, (same) => same) }),
    ...(curves && { curves: added(curves, (all) => all.map(edge)) }),
  };
}
