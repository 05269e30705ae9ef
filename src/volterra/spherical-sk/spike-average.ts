import type { SphericalSk } from "../../models/spherical-sk/problem";

/** A value of Z² and its weight in an average; the weights add up to 1. */
export interface SpikeWeight {
  readonly square: number;
  readonly weight: number;
  /** Weight in the average over every second value, which shows how good the whole is; 0 for the others. */
  readonly coarse: number;
}

const LOWEST = -16;
const HIGHEST = 2.25;
const SPACING = 0.25;

/**
 * The start's squared component Z² along the outlier: one value, or those of an average over Z ~ N(0, 1) by the trapezoid rule
 * in ln |Z|, which converges exponentially: what depends on Z does so through Z²/(Z² + c).
 */
export function spikeWeights({ size, spikeWeight }: SphericalSk): readonly SpikeWeight[] {
  if (size === null || spikeWeight !== "random") {
    return [{ square: spikeWeight === "random" ? 1 : spikeWeight, weight: 1, coarse: 1 }];
  }
  const count = 1 + 2 * Math.round((HIGHEST - LOWEST) / (2 * SPACING));
  const nodes = Array.from({ length: count }, (_, k) => {
    const z = Math.exp(HIGHEST - k * SPACING);
    return { square: z * z, density: z * Math.exp(-0.5 * z * z), isCoarse: k % 2 === 0 };
  });
  const total = nodes.reduce((sum, { density }) => sum + density, 0);
  const coarseTotal = nodes.reduce((sum, { density, isCoarse }) => sum + (isCoarse ? density : 0), 0);
  return nodes.map(({ square, density, isCoarse }) => ({
    square,
    weight: density / total,
    coarse: isCoarse ? density / coarseTotal : 0,
  }));
}
