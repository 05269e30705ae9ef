import { type PlantedStart, plantingOf } from "../../models/planted-start";
import type { Schedule } from "../../schedule";

/**
 * Langevin dynamics dx = −η(∇L + z x) dt + η √(2T) dW on |x|² = N, L Gaussian with covariance N·Q and, with a
 * planted signal, mean −N·Q(m). The start is random, of the same overlap m(0) in every run; or in equilibrium at T0, by quiet
 * planting: first the start is chosen, then a loss that has it for a typical state of equilibrium, with the mean −(N/T0)·Q(m) of
 * the overlap with the start. That is exact at every N, as this covariance is.
 */
export interface LandscapeProblem extends PlantedStart {
  /** T ≥ 0. */
  readonly temperature: number;
  /** Learning rate η(t). */
  readonly schedule: Schedule;
}

/** Largest radial force of fields, random or of the signal, which stiffens the dynamics along the sphere; 0 without any. */
export function fieldForce(problem: LandscapeProblem): number {
  const { covariance } = problem;
  return Math.sqrt(covariance.first(0)) + (plantingOf(problem)?.strength ?? 0) * covariance.first(1);
}

/**
 * How the response is measured. "noise": from the correlation of x(t) with the noise around t'; any number of
 * pairs for one run, wide error bars. "clone": from a second copy, displaced a little at t' and then under the
 * same noise; narrow error bars, one more run for each t'. "none": correlations only.
 */
export type ResponseMethod = "noise" | "clone" | "none";

/** How to simulate the finite system. Times are the schedule's t. */
export interface LandscapeSimulation {
  /** N, at least 5; the couplings may take up to 2 GB. */
  readonly size: number;
  /** Number of independent draws of the couplings. */
  readonly samples: number;
  readonly seed: number | string;
  /** Length of a step in t; some are shorter, to meet requested times and kinks exactly. */
  readonly step: number;
  readonly until: number;
  /** Runs for each draw, each with its own start and noise; a sample's curve is their mean. Default 1. */
  readonly replicas?: number;
  /** Report times, ascending; default 60 from `step` to `until`, equally spaced in the logarithm. */
  readonly times?: ArrayLike<number>;
  /** Pairs [t, t'], t' ≤ t, at which to measure correlation and response. */
  readonly pairs?: readonly (readonly [number, number])[];
  /** Default "noise" for T > 0, "clone" for T = 0. */
  readonly response?: ResponseMethod;
  /** Length in t of the window of the noise method; default: see `requestPairs`. */
  readonly responseWindow?: number;
  /** Keep the curves of the single samples. */
  readonly keepCurves?: boolean;
}
