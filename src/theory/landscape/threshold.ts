import type { Covariance, CovarianceTerm } from "../../models/covariance";
import { integrate } from "../../numerics/gauss-legendre";
import { findRoot } from "../../numerics/roots";
import { concavity, inverseRoot } from "./concavity";
import { hasField, plateau, withoutField } from "./plateau";

/** Cells of the scan for the lower edge of the jump. */
const CELLS = 256;
const ROUNDING = 1e-12;
/** Convexity of the marginal χ that goes with a jump too small to resolve. */
const FLAT = 1e-4;

/**
 * The aging state in the limit of long times at a constant temperature, as the integrated response χ(s) from
 * correlation s up to 1: marginal, χ = Q″(s)^(−1/2), on [0, lower], and a straight line of slope −jump on
 * [lower, plateau]. The usual one-step state has lower = 0; a p = 2 channel can make lower positive.
 */
interface AgingState {
  readonly plateau: number;
  readonly lower: number;
  /** χ(plateau) = (1 − plateau)/T = Q″(plateau)^(−1/2): finite at T = 0. */
  readonly response: number;
  /** x/T on the jump: the inverse of the effective temperature. */
  readonly jump: number;
}

/**
 * Multiplier z the dynamics at constant temperature tends to: z = sqrt(Q″(q)) + (Q′(1) − Q′(q))/T at the
 * {@link plateau} q, eq. (D.39) of d'Ascoli, Refinetti & Biroli; T = 0: 2·sqrt(Q″(1)). Above
 * {@link dynamicTemperature} the paramagnet, T + Q′(1)/T. Evaluated without cancellation down to T = 0.
 * See {@link thresholdLoss} for the window above {@link ergodicityTemperature}.
 *
 * @throws InvalidParameterError if the temperature is negative, or with a random field (p = 1).
 */
export function thresholdMultiplier(covariance: Covariance, temperature: number): number {
  withoutField(covariance);
  const q = plateau(covariance, temperature);
  if (!q) return temperature + covariance.first(1) / temperature;
  const response = inverseRoot(covariance, q);
  const slope = total(covariance, ({ p, variance }) => variance * powerQuotient(p - 1, 1, q));
  return 1 / response + response * slope; // (S.2)
}

/**
 * Fluctuation-dissipation ratio x of the aging regime below the plateau q: x = (1−q)(Q″(q)/Q′(q) − 1/q);
 * pure p: (p−2)(1−q)/q. It is 0 at T = 0 and for p = 2, and 1 (equilibrium) above {@link dynamicTemperature}.
 * A value above 1 tells that the dynamics reaches equilibrium instead (see {@link ergodicityTemperature}).
 * `undefined` where the aging state has no single step below the plateau, and with a random field.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function fdtViolation(covariance: Covariance, temperature: number): number | undefined {
  const q = plateau(covariance, temperature);
  if (hasField(covariance)) return undefined;
  if (!q) return 1;
  const state = agingState(covariance, q);
  return state && state.lower < state.plateau ? temperature * state.jump : undefined;
}

/**
 * Effective temperature T/x of the aging regime: finite at T = 0, `Infinity` where x = 0 (p = 2). `undefined`
 * where {@link fdtViolation} is.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function effectiveTemperature(covariance: Covariance, temperature: number): number | undefined {
  const q = plateau(covariance, temperature);
  if (hasField(covariance)) return undefined;
  if (!q) return temperature;
  const state = agingState(covariance, q);
  return state && state.lower < state.plateau ? 1 / state.jump : undefined;
}

/**
 * Loss per degree of freedom of each channel that the dynamics at constant temperature relaxes to, in the order
 * of `covariance.terms`: l_k = −∫ Q_k′ dχ, which for the one-step state is
 * −[(Q_k(1) − Q_k(q)) + x·Q_k(q)]/T (corrected from App. D.40 and D.41, see docs/errata.md). Above
 * {@link dynamicTemperature}: −Q_k(1)/T, the equilibrium value. Evaluated without cancellation down to T = 0.
 * `undefined` where the aging state is neither continuous, one step, nor continuous below one step (mixtures
 * without p = 2 of very different p), and with a random field (p = 1).
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function thresholdLosses(covariance: Covariance, temperature: number): readonly number[] | undefined {
  const q = plateau(covariance, temperature);
  if (hasField(covariance)) return undefined;
  if (!q) return covariance.terms.map(({ p, variance }) => -variance / (p * temperature));
  const state = agingState(covariance, q);
  return state && covariance.terms.map((term) => channelLoss(covariance, state, term));
}

/**
 * Loss per degree of freedom that the dynamics at constant temperature relaxes to: the sum of
 * {@link thresholdLosses}. Pure p: −(z − T)/p, at T = 0 −2·sqrt(p−1)/p; slope 1/2 in T at T = 0 (C.5 and C.7
 * corrected, see docs/errata.md). Between {@link ergodicityTemperature} and {@link dynamicTemperature} this is
 * the loss of the marginal state, whose x is above 1: the dynamics from a random start passes it and relaxes
 * to the equilibrium value −Q(1)/T.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function thresholdLoss(covariance: Covariance, temperature: number): number | undefined {
  return thresholdLosses(covariance, temperature)?.reduce((sum, loss) => sum + loss, 0);
}

function agingState(covariance: Covariance, q: number): AgingState | undefined {
  const response = inverseRoot(covariance, q);
  const lower = lowerEdge(covariance, q);
  // From q to 0 the stationarity of χ gives χ(0)·χ(q) = q/Q′(q); Σ(p−2)… is qQ″ − Q′ without cancellation.
  // (S.3), over T.
  const jump =
    lower === 0
      ? (response * total(covariance, ({ p, variance }) => variance * (p - 2) * q ** (p - 2))) /
        covariance.first(q)
      : lower === q
        ? 0
        : (inverseRoot(covariance, lower) - response) / (q - lower);
  const state = { plateau: q, lower, response, jump };
  return isReached(covariance, state) ? state : undefined;
}

/**
 * Lower edge of the jump: 0 if the state is stable there, Q″(0)χ(0)² ≤ 1, else the q0 below which all is
 * marginal, with [Q′(q) − Q′(q0)]² = (q − q0)²·Q″(q0)Q″(q); the plateau itself if there is no such q0.
 */
function lowerEdge(covariance: Covariance, q: number): number {
  const excess = (low: number) => {
    const slope = total(covariance, ({ p, variance }) => variance * powerQuotient(p - 1, q, low));
    return slope ** 2 / (covariance.second(low) * covariance.second(q)) - 1; // (S.5)
  };
  if (covariance.second(0) === 0 || excess(0) >= -ROUNDING) return 0;
  // Finer towards q: the jump may be small.
  const edges = Float64Array.from({ length: CELLS }, (_, k) => q * (1 - (1 - k / CELLS) ** 2));
  const cell = edges.findLastIndex((low) => excess(low) < 0);
  if (cell === CELLS - 1) return q;
  return findRoot(excess, edges[cell], edges[cell + 1], { tolerance: 1e-15 });
}

/**
 * Whether the correlation gets from the plateau to the lower edge without a barrier on the way,
 * [Q′(s) − Q′(lower)]·χ(s)χ(lower) ≤ s − lower (equal, to second order, at the plateau), and χ is concave below.
 */
function isReached(covariance: Covariance, { plateau: q, lower, response, jump }: AgingState): boolean {
  const top = response + jump * (q - lower);
  for (let k = 1; k < CELLS; k++) {
    const s = lower + ((q - lower) * k) / CELLS;
    const slope = total(covariance, ({ p, variance }) => variance * powerQuotient(p - 1, s, lower));
    if (lower < q && slope * (response + jump * (q - s)) * top > 1 + ROUNDING) return false;
    if (lower > 0 && concavity(covariance, (lower * k) / CELLS) < -FLAT) return false;
  }
  return true;
}

function channelLoss(covariance: Covariance, state: AgingState, { p, variance }: CovarianceTerm): number {
  const { plateau: q, lower, response, jump } = state;
  const equilibrated = ((response * variance) / p) * powerQuotient(p, 1, q);
  const stepped = ((jump * variance) / p) * (q ** p - lower ** p);
  if (lower === 0) return -(equilibrated + stepped); // (S.4)
  // By parts: −∫ Q_k′ dχ over the marginal range.
  const curvature = (s: number) => variance * (p - 1) * s ** (p - 2) * inverseRoot(covariance, s);
  const marginal =
    integrate(curvature, 0, lower) - inverseRoot(covariance, lower) * variance * lower ** (p - 1);
  return -(equilibrated + stepped + marginal);
}

/** (a^n − b^n)/(a − b) = Σ a^j b^(n−1−j), also at a = b. */
function powerQuotient(n: number, a: number, b: number): number {
  let sum = 0;
  for (let j = 0; j < n; j++) sum = sum * a + b ** j;
  return sum;
}

function total(covariance: Covariance, f: (term: CovarianceTerm) => number): number {
  return covariance.terms.reduce((sum, term) => sum + f(term), 0);
}
