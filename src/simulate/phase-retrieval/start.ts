import type { PhaseRetrieval } from "../../models/phase-retrieval/problem";
import type { Stream } from "../../numerics/streams";
import { dot } from "../sphere";

/**
 * The start m0 w0 + ρ z, z ~ N(0, I) (P.6) (eq. (11)): on the sphere ρ is the positive root of |w|² = N, so that the
 * overlap m0 + ρ z·w0/N fluctuates by order N^(−1/2); with ridge ρ = 1.
 */
export function drawStart(
  { initialOverlap: m, constraint }: PhaseRetrieval,
  signal: Float64Array,
  random: Stream,
): Float64Array {
  const size = signal.length;
  const w = new Float64Array(size);
  random.fillNormal(w);
  const a = dot(w, w) / size;
  const b = (m * dot(w, signal)) / size;
  const rho = constraint === "sphere" ? (Math.sqrt(b * b + a * (1 - m * m)) - b) / a : 1;
  for (let i = 0; i < size; i++) w[i] = m * signal[i] + rho * w[i];
  return w;
}
