import { finite, positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { absoluteModulusError, modulusError } from "../../models/phase-retrieval/start";
import { gaussLegendre } from "../../numerics/gauss-legendre";

/** Order parameters of a weight vector and a signal. */
export interface RetrievalOverlaps {
  /** m = w·w0/N */
  readonly overlap: number;
  /** q = w·w/N */
  readonly norm: number;
  /** q0 = w0·w0/N; default 1. */
  readonly signalNorm?: number;
}

/**
 * Mean squared error of the predicted modulus on new measurements, E (|h| − |h0|)² (Stochasticity helps to navigate
 * rough landscapes, eq. (B.8)): 0 for w = ±w0, 2 − 4/π on the sphere without overlap.
 * @throws InvalidParameterError unless q and q0 are above 0 and m² ≤ q q0.
 */
export function meanSquaredError(overlaps: RetrievalOverlaps): number {
  const { overlap, norm, signalNorm } = checkOverlaps(overlaps);
  return modulusError(overlap, norm, signalNorm);
}

/**
 * Mean absolute error of the predicted modulus on new measurements, E ||h| − |h0||: 0 for w = ±w0, (2/√π)(2 − √2) on
 * the sphere without overlap.
 * @throws InvalidParameterError unless q and q0 are above 0 and m² ≤ q q0.
 */
export function meanAbsoluteError(overlaps: RetrievalOverlaps): number {
  const { overlap, norm, signalNorm } = checkOverlaps(overlaps);
  return absoluteModulusError(overlap, norm, signalNorm);
}

/** Error of an estimated modulus where the label is another; continuous, and smooth but where they are equal. */
export type LabelError = (label: number, estimate: number) => number;

/**
 * Generalisation error E f(|h0|, |h|) on new measurements for any error function f (Stochasticity helps to navigate
 * rough landscapes, eqs. (B.1) to (B.6)): f = (y − ŷ)² is {@link meanSquaredError}, (y² − ŷ²)²/4 the cost of new samples.
 *
 * (h0, h) = r (√q0 cos θ, √q cos(θ − δ)), cos δ = m/√(q q0), with r²/2 exponential and θ uniform: by Gauss-Legendre in r and,
 * between the angles at which h0, h or |h0| − |h| is 0, in θ.
 * @throws InvalidParameterError unless q and q0 are above 0 and m² ≤ q q0.
 */
export function generalisationError(error: LabelError, overlaps: RetrievalOverlaps): number {
  const { overlap, norm, signalNorm } = checkOverlaps(overlaps);
  const delta = Math.acos(Math.max(-1, Math.min(1, overlap / Math.sqrt(norm * signalNorm))));
  // h = s x + u y with x and y independent: angles of h0 = 0, h = 0 and h0 = ±h.
  const [label, x, y] = [Math.sqrt(signalNorm), Math.cos(delta), Math.sin(delta)];
  const estimate = Math.sqrt(norm);
  const zeros = [
    [label, 0],
    [estimate * x, estimate * y],
    [label - estimate * x, -estimate * y],
    [label + estimate * x, estimate * y],
  ].map(([a, b]) => (Math.atan2(a, -b) + Math.PI) % Math.PI);
  const edges = [...new Set([0, ...zeros, Math.PI])].sort((a, b) => a - b);
  const angles = gaussLegendre(halved(edges));
  const radii = gaussLegendre(RADII);
  let sum = 0;
  for (const [i, theta] of angles.points.entries()) {
    const y0 = label * Math.abs(Math.cos(theta));
    const y1 = estimate * Math.abs(Math.cos(theta - delta));
    for (const [j, r] of radii.points.entries()) {
      const weight = angles.weights[i] * radii.weights[j] * r * Math.exp(-0.5 * r * r);
      sum += weight * error(r * y0, r * y1); // (P.8)
    }
  }
  return sum / Math.PI;
}

/** Cells of r; beyond the last there is a probability of 1e-21. */
const RADII = Float64Array.from({ length: 11 }, (_, k) => k);

/** The edges, and the middles between them. */
const halved = (edges: readonly number[]): number[] =>
  edges.flatMap((edge, k) => (k === 0 ? [edge] : [(edges[k - 1] + edge) / 2, edge]));

function checkOverlaps(overlaps: RetrievalOverlaps): Required<RetrievalOverlaps> {
  const { overlap, norm, signalNorm = 1 } = record("overlaps", overlaps);
  positive("norm", norm);
  positive("signalNorm", signalNorm);
  const most = Math.sqrt(norm * signalNorm);
  if (Math.abs(finite("overlap", overlap)) > most * (1 + 1e-12)) {
    throw new InvalidParameterError(
      "overlap",
      overlap,
      `a number from −${most} to ${most}, √(norm signalNorm)`,
    );
  }
  return { overlap, norm, signalNorm };
}
