import { fraction, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { dawson } from "../../numerics/dawson";
import { gaussLegendre } from "../../numerics/gauss-legendre";
import { erf } from "../../numerics/special";
import type { ExitSetting } from "./exit";
import { singleNeuronRates } from "./single";

/** The diffusion dm = μ m dt + σ dW near m = 0, and the exit at |m| = √T. */
export interface DiffusionSetting extends Omit<ExitSetting, "width"> {
  /** |m₀|, or "random": m₀ ~ N(0, 1/d). */
  readonly start: number | "random";
}

/** Widest cell of the quadrature in units of the scale 1/√κ, and growth of the cells beyond it. */
const CELL = 0.25;

/**
 * Mean exit time of a single neuron from m = 0 with the noise of SGD, in the linearisation at the plateau (App. F):
 * τ(m₀) = (2/σ²) ∫_{|m₀|}^{√T} D(√κ x)/√κ dx, D Dawson's integral, κ = μ/σ², σ² = (γ/d)(48 + 4Δ). This is eq. (52),
 * (T/σ²) ₂F₂(1, 1; 3/2, 2; −κT) minus the same at m₀², in a form that stays stable for large κT. A random start
 * averages τ over m₀; the paper replaces m₀² by its mean there (corrected, see docs/errata.md).
 *
 * Below the learnable bound (μ ≤ 0) noise alone makes the exit, after a time that is exponentially long in d;
 * Infinity where it overflows, or d is infinite.
 *
 * @throws InvalidParameterError, named like `dimension`.
 */
export function diffusionExitTime(setting: DiffusionSetting): number {
  const { learningRate, labelNoise, dimension, threshold, start } = record("setting", setting);
  const { growth } = singleNeuronRates(setting);
  if (!(dimension >= 2)) throw new InvalidParameterError("dimension", dimension, "an integer of at least 2");
  fraction("threshold", threshold);
  if (start !== "random" && !(Math.abs(start) <= 1)) {
    throw new InvalidParameterError("start", start, 'a number from -1 to 1, or "random"');
  }
  const end = Math.sqrt(threshold);
  if (start !== "random" && Math.abs(start) >= end) return 0;
  if (dimension === Infinity) return limitTime(growth, start, end);
  const variance = (learningRate / dimension) * (48 + 4 * labelNoise);
  const kappa = growth / variance;
  const scale = 1 / Math.sqrt(Math.max(Math.abs(kappa), 1e-12));
  const low = start === "random" ? 0 : Math.abs(start);
  // The chance that a random start lies below x: from there on its path still has x before it.
  const below = (x: number) => (start === "random" ? erf(x * Math.sqrt(dimension / 2)) : 1);
  const unit = start === "random" ? Math.min(scale, 1 / Math.sqrt(dimension)) : scale;
  const { points, weights } = gaussLegendre(growingCells(low, end, CELL * unit));
  const integral = points.reduce((sum, x, k) => sum + weights[k] * below(x) * slope(x, kappa), 0);
  return (2 / variance) * integral; // (Q.24)
}

/** −τ′(x) σ²/2 = ∫₀ˣ e^{κ(y² − x²)} dy. */
function slope(x: number, kappa: number): number {
  const root = Math.sqrt(Math.abs(kappa));
  if (root * x < 1e-6) return x;
  if (kappa > 0) return dawson(root * x) / root;
  return (Math.exp(root * root * x * x) * Math.sqrt(Math.PI) * erf(root * x)) / (2 * root);
}

/** Without noise the linear growth m₀ e^{μt}; a random start is at 0 then. */
function limitTime(growth: number, start: number | "random", end: number): number {
  if (start === "random" || start === 0 || growth <= 0) return Infinity;
  return Math.log(end / Math.abs(start)) / growth;
}

/** Edges from low to high: cells of length `cell` at first, then a fixed share of the distance from 0. */
function growingCells(low: number, high: number, cell: number): number[] {
  const edges = [low];
  for (let x = low; x < high; ) {
    x = Math.min(high, x + Math.max(cell, 0.25 * x));
    edges.push(x);
  }
  return edges;
}
