import { outlierOf } from "../../models/spherical-sk/outlier";
import { MEDIAN_SPIKE, type SphericalSk } from "../../models/spherical-sk/problem";
import { findRoot } from "../../numerics/roots";

type Planted = Pick<SphericalSk, "noise" | "signal" | "spectrum" | "size" | "spikeWeight">;

/**
 * Leading clock at which a random start of a system of N spins finds the signal, ln N/(2κ) (docs/equations.md, S20; the learning-rate
 * schedules paper, eqs. (21) and (B.10), lacks a factor 1 − β and has another κ). Infinity at infinite size and where the gap is
 * closed.
 */
export function crossoverClockLeading(planted: Planted): number {
  const { gap } = outlierOf(planted);
  return gap === 0 || planted.size === null ? Infinity : Math.log(planted.size) / (2 * gap);
}

/**
 * Clock at which half the weight is on the outlier at T = 0, the root of 2κs + (3/2) ln s + ln(2√(8π) Δ^{3/2}) = ln(N/Z²)
 * (docs/equations.md, S21): the leading one alone is some 20 % late even at N = 10¹². For "random" the median Z² = 0.455.
 */
export function crossoverClock(planted: Planted): number {
  const { gap } = outlierOf(planted);
  const { size, noise, spikeWeight } = planted;
  if (gap === 0 || size === null) return Infinity;
  const odds = Math.log(size / (spikeWeight === "random" ? MEDIAN_SPIKE : spikeWeight));
  const constant = Math.log(2 * Math.sqrt(8 * Math.PI)) + 1.5 * Math.log(noise);
  const excess = (s: number) => 2 * gap * s + 1.5 * Math.log(s) + constant - odds;
  return findRoot(excess, 1e-12, (odds - constant + 50) / (2 * gap) + 1);
}
