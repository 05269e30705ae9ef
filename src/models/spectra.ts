import { between, positive } from "../core/check";

/**
 * The limiting spectrum of a random matrix whose density vanishes as a square root at its top edge, in an angle θ from 0 (top)
 * to π (bottom) in which everything is smooth.
 */
export interface Spectrum {
  readonly label: string;
  /** Upper and lower edge. */
  readonly top: number;
  readonly bottom: number;
  /** top − μ(θ), to full relative accuracy close to the edge. */
  belowTop(angle: number): number;
  /** ρ(μ) |dμ/dθ|: its integral over θ from 0 to π is 1. */
  angularDensity(angle: number): number;
  /** How near to θ = π, off the real axis, the angular density is singular. */
  readonly bottomWidth: number;
  /** ρ(μ); 0 outside the edges. */
  density(eigenvalue: number): number;
}

/**
 * Wigner's semicircle with standard deviation `deviation` Δ: μ = 2Δ cos θ, ρ(μ) = √(4Δ² − μ²)/(2πΔ²)
 * (docs/equations.md, S1; the factor 1/Δ that equation 20 of the learning-rate schedules paper lacks is in it).
 * @throws InvalidParameterError unless the deviation is above 0.
 */
export function semicircle(deviation: number): Spectrum {
  positive("deviation", deviation);
  const top = 2 * deviation;
  return {
    label: `semicircle of edge ${top}`,
    top,
    bottom: -top,
    bottomWidth: Math.PI,
    belowTop: (angle) => 2 * top * Math.sin(angle / 2) ** 2,
    angularDensity: (angle) => (2 / Math.PI) * Math.sin(angle) ** 2,
    density: (mu) => (2 / (Math.PI * top * top)) * Math.sqrt(Math.max(0, (top - mu) * (top + mu))),
  };
}

/**
 * Marchenko and Pastur's law of XXᵀ/M, X of N × M = N/ratio standard normals, shifted to mean 0 and scaled to the standard
 * deviation Δ: μ = Δ(√ratio + 2 cos θ). For ratio → 0 it is the semicircle (docs/equations.md, S2).
 * @param ratio N/M, above 0 and at most 1. @throws InvalidParameterError
 */
export function marchenkoPastur(ratio: number, deviation: number): Spectrum {
  positive("ratio", ratio);
  between("ratio", ratio, 0, 1);
  positive("deviation", deviation);
  const root = Math.sqrt(ratio);
  const top = deviation * (root + 2);
  const bottom = deviation * (root - 2);
  return {
    label: `Marchenko-Pastur law of ratio ${ratio}, edge ${top}`,
    top,
    bottom,
    bottomWidth: Math.max(1e-6, -Math.log(root)),
    belowTop: (angle) => 4 * deviation * Math.sin(angle / 2) ** 2,
    angularDensity: (angle) => {
      // The eigenvalue 1 + ratio + 2 √ratio cos θ as a sum of squares: no cancellation at the lower edge.
      const eigenvalue = (1 - root) ** 2 + 4 * root * Math.cos(angle / 2) ** 2;
      return ((2 / Math.PI) * Math.sin(angle) ** 2) / eigenvalue;
    },
    density: (mu) => {
      // At ratio 1 the density diverges at the lower edge.
      if (ratio === 1 && mu <= bottom && mu > bottom - 1e-12 * top) return Infinity;
      const inside = Math.max(0, (top - mu) * (mu - bottom));
      const eigenvalue = 1 + (root * mu) / deviation;
      return inside === 0 ? 0 : Math.sqrt(inside) / (2 * Math.PI * deviation ** 2 * eigenvalue);
    },
  };
}
