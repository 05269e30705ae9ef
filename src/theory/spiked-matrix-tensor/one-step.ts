import type { Covariance } from "../../models/covariance";
import { stepRatio } from "../landscape/step-ratio";
import { channelSlopes, powerQuotient } from "./model";

/** A state with one step of replica-symmetry breaking, with or without signal. Losses are per spin. */
export interface OneStepState {
  /** Overlap m with the signal. */
  readonly overlap: number;
  /** Overlap q of two configurations of the same valley; 1 at T = 0. */
  readonly selfOverlap: number;
  /** Overlap q0 of two configurations of different valleys; 0 without signal. */
  readonly lowestOverlap: number;
  /** Parisi's x, the probability that two configurations are in different valleys; 1 in the paramagnet. */
  readonly breakpoint: number;
  /** Response χ0 to a constant field, [1 − q + x(q − q0)]/T. */
  readonly totalResponse: number;
  readonly loss: number;
  /** Loss of each channel, in the order of `covariance.terms`. */
  readonly channelLosses: readonly number[];
  /** Free energy against the uniform measure on the sphere; the loss at T = 0. */
  readonly freeEnergy: number;
}

/** The step from q0 to q: χ(s) falls from χ0 at q0 to χ at q as a straight line. */
export interface Step {
  readonly lowest: number;
  readonly q: number;
  /** χ = (1 − q)/T. */
  readonly response: number;
  /** y = χ0/χ − 1. */
  readonly ratio: number;
}

/**
 * The step between two overlaps q0 ≤ q that makes the free energy stationary in its height and in q: with
 * A = Q′(q) − Q′(q0) and B = Q(q) − Q(q0) − Q′(q0)(q−q0), ((1+y)ln(1+y) − y)/y² = B/(A(q−q0)) and
 * χ²(1+y) = (q−q0)/A. The temperature (1−q)/χ follows.
 */
export function stationaryStep(covariance: Covariance, lowest: number, q: number): Step {
  let first = 0;
  let second = 0;
  for (const { p, variance } of covariance.terms) {
    first += variance * powerQuotient(p - 1, q, lowest);
    second += (variance / p) * curvatureQuotient(p, q, lowest);
  }
  const ratio = stepRatio(first === 0 ? 1 / covariance.terms[0].p : second / first);
  return { lowest, q, response: 1 / Math.sqrt(first * (1 + ratio)), ratio }; // (S.14)
}

/** The state made of a step and an overlap m with the signal; see `glassState` and `brokenSignalStates`. */
export function oneStepState(
  covariance: Covariance,
  temperature: number,
  { lowest, q, response, ratio }: Step,
  m: number,
): OneStepState {
  const totalResponse = response * (1 + ratio);
  const jump = q === lowest ? 0 : (ratio * response) / (q - lowest);
  const slopes = channelSlopes(covariance, q);
  const steps = covariance.terms.map(
    ({ p, variance }, k) => response * slopes[k] + ((jump * variance) / p) * (q ** p - lowest ** p),
  );
  const channelLosses = covariance.terms.map(({ p, variance }, k) => -steps[k] - (variance * m ** p) / p);
  const logarithm = ((q - lowest) / response) * (ratio === 0 ? 1 : Math.log1p(ratio) / ratio);
  const entropy = temperature === 0 ? 0 : temperature * Math.log(temperature * response);
  const disorder = steps.reduce((sum, step) => sum + step, 0);
  return {
    overlap: m,
    selfOverlap: q,
    lowestOverlap: lowest,
    breakpoint: temperature * jump,
    totalResponse,
    loss: channelLosses.reduce((sum, loss) => sum + loss, 0),
    channelLosses,
    freeEnergy:
      -(disorder + (lowest - m * m) / totalResponse + logarithm + entropy) / 2 - covariance.value(m), // (S.16)
  };
}

/** (a^p − b^p − p·b^(p−1)(a−b))/(a−b)² = Σ (p−1−j)·a^j·b^(p−2−j), also at a = b. */
function curvatureQuotient(p: number, a: number, b: number): number {
  let sum = 0;
  let power = 1;
  for (let factor = 1; factor < p; factor++) {
    sum = sum * a + factor * power;
    power *= b;
  }
  return sum;
}
