import { nonNegative } from "../../core/check";
import type { Covariance } from "../../models/covariance";
import { findRoot } from "../../numerics/roots";
import { channelSlopes, forcePerOverlap } from "./model";
import { allCrossings } from "./roots";

/** One replica-symmetric solution of the statics of a landscape with a planted signal. Losses are per spin. */
export interface ReplicaSymmetricState {
  /** Overlap m with the signal. */
  readonly overlap: number;
  /** Overlap q of two configurations of the state; 1 at T = 0. */
  readonly selfOverlap: number;
  /** Integrated response χ = (1 − q)/T of the state; finite at T = 0. */
  readonly response: number;
  readonly loss: number;
  /** Loss of each channel, in the order of `covariance.terms`. */
  readonly channelLosses: readonly number[];
  /** Free energy against the uniform measure on the sphere: 0 without disorder, the loss at T = 0. */
  readonly freeEnergy: number;
  /** 1 − χ²Q″(q): above 0 the state is stable against replica-symmetry breaking. */
  readonly replicon: number;
  /** Whether the free energy has a minimum in m here (otherwise the state is a saddle: it separates basins). */
  readonly isMinimum: boolean;
}

/**
 * All replica-symmetric solutions with 0 ≤ m ≤ 1 at temperature T, by ascending m, then q:
 *
 *     m = χ·Q′(m),   q − m² = χ²·Q′(q),   χ = (1 − q)/T,   loss_k = −(Q_k(1) − Q_k(q))/T − Q_k(m)
 *
 * (d'Ascoli, Refinetti & Biroli, App. D.2: D.30, D.34 and D.35; D.31 and D.32 corrected, see docs/errata.md).
 * With a signal χ = m/Q′(m), so one equation for m is left, the same at T = 0 and above; without, q = 0 or
 * (1−q)²Q′(q)/q = T². On T = 1 the stable branch has q = m. For even p every m has its mirror −m; for odd p
 * solutions with m < 0 exist, all above the one at |m|, and are left out.
 *
 * The solutions without signal are saddles of the replica calculation wherever the landscape is glassy: the state
 * that is reached or occupied there is found by `plateau` and `glassState`. Compare free energies with
 * `equilibrium`, which takes account of it.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function equilibria(covariance: Covariance, temperature: number): readonly ReplicaSymmetricState[] {
  nonNegative("temperature", temperature);
  return [...withoutSignal(covariance, temperature), ...withSignal(covariance, temperature)];
}

function withoutSignal(covariance: Covariance, temperature: number): readonly ReplicaSymmetricState[] {
  const at = (q: number, response: number) =>
    describe(covariance, temperature, [0, q, response], covariance.second(0) * response < 1);
  const glassy = (q: number) => at(q, 1 / Math.sqrt(forcePerOverlap(covariance, q)));
  if (temperature === 0) return [glassy(1)];
  // In 1 − q, which is what stays accurate at low temperature.
  const excess = (gap: number) => gap * Math.sqrt(forcePerOverlap(covariance, 1 - gap)) - temperature;
  const overlaps = allCrossings(excess, 0, 1)
    .map(({ x }) => 1 - x)
    .filter((q) => q > 0);
  return [at(0, 1 / temperature), ...overlaps.reverse().map(glassy)];
}

function withSignal(covariance: Covariance, temperature: number): readonly ReplicaSymmetricState[] {
  const low = smallestOverlap(covariance, temperature);
  if (low === undefined) return [];
  const selfOverlap = (m: number) =>
    temperature === 0 ? 1 : 1 - temperature / forcePerOverlap(covariance, m);
  // Positive where the free energy, maximal in q, falls with m.
  const residual = (m: number) => {
    const q = selfOverlap(m);
    return q - m * m - (q * forcePerOverlap(covariance, q)) / forcePerOverlap(covariance, m) ** 2; // (S.11)
  };
  return allCrossings(residual, low, 1)
    .filter(({ x }) => x > 0)
    .map(({ x, falling }) => {
      const [q, response] = [selfOverlap(x), 1 / forcePerOverlap(covariance, x)];
      return describe(
        covariance,
        temperature,
        [x, q, response],
        falling && isLargestInQ(covariance, x, q, response),
      );
    });
}

/** Whether the free energy at fixed m is largest at q, as the replica calculation requires: d/dq[(q−m²)/χ² − Q′(q)] > 0. */
function isLargestInQ(covariance: Covariance, m: number, q: number, response: number): boolean {
  return q === 1 || 1 + (2 * (q - m * m)) / (1 - q) > response * response * covariance.second(q);
}

/** Smallest m with q = 1 − T·m/Q′(m) ≥ 0; undefined if there is none below 1. */
function smallestOverlap(covariance: Covariance, temperature: number): number | undefined {
  const excess = (m: number) => forcePerOverlap(covariance, m) - temperature;
  if (excess(0) >= 0) return 0;
  return excess(1) > 0 ? findRoot(excess, 0, 1, { tolerance: 1e-15 }) : undefined;
}

function describe(
  covariance: Covariance,
  temperature: number,
  [m, q, response]: readonly [m: number, q: number, response: number],
  isMinimum: boolean,
): ReplicaSymmetricState {
  const { second, value } = covariance;
  const slopes = channelSlopes(covariance, q);
  const channelLosses = covariance.terms.map(
    ({ p, variance }, k) => -response * slopes[k] - (variance * m ** p) / p, // (S.12)
  );
  const disorder = response * slopes.reduce((sum, slope) => sum + slope, 0);
  const entropy = temperature === 0 ? 0 : temperature * Math.log(temperature * response);
  return {
    overlap: m,
    selfOverlap: q,
    response,
    loss: channelLosses.reduce((sum, loss) => sum + loss, 0),
    channelLosses,
    freeEnergy: -((q - m * m) / response + entropy + disorder) / 2 - value(m), // (S.13)
    replicon: 1 - response * response * second(q),
    isMinimum,
  };
}
