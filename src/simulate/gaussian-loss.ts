import { InvalidParameterError } from "../core/errors";
import type { Covariance } from "../models/covariance";
import type { Streams } from "../numerics/streams";
import { createSymmetricTensor, uniqueEntries } from "./symmetric-tensor";

/**
 * A Gaussian random function on the sphere |x|² = N with covariance E[L(x) L(x')] = N·Q(x·x'/N), exactly at
 * every N: for each channel of Q
 *   L_p(x) = −√(variance/p) N^{−(p−1)/2} Σ_{i1…ip} G_{i1…ip} x_{i1} … x_{ip},  G standard normal
 * d'Ascoli, Refinetti & Biroli (arXiv:2202.04509) Eq. (10) sums over distinct indices instead, which gives N·Q
 * up to O(1/N); their Sec. 2 and App. D.4 print other prefactors (corrected, see docs/errata.md).
 */
export interface GaussianLoss {
  /** N. */
  readonly size: number;
  /** Draws new couplings: channel k from stream("disorder", sample, k). Pauses between chunks of numbers. */
  draw(streams: Streams, sample: number): Generator<void, void>;
  /** L(x), extensive; `gradient` becomes ∇L(x) in R^N, not projected. */
  evaluate(x: Float64Array, gradient: Float64Array): number;
}

/** About 2 GB of couplings, what one array of numbers holds everywhere. */
const MOST_ENTRIES = 2 ** 28;

/**
 * Room for the couplings of one sample; `draw` fills it, again for every sample.
 * @throws InvalidParameterError named `simulation.size` where the couplings would take more than 2 GB.
 */
export function createGaussianLoss(covariance: Covariance, size: number): GaussianLoss {
  checkMemory(covariance, size);
  const channels = covariance.terms.map(({ p, variance }) => ({
    tensor: createSymmetricTensor(p, size),
    amplitude: -Math.sqrt(variance / p) * size ** (-(p - 1) / 2),
  }));
  return {
    size,
    *draw(streams, sample) {
      for (const [k, { tensor }] of channels.entries()) {
        yield* tensor.sample(streams.stream("disorder", sample, k));
      }
    },
    evaluate(x, gradient) {
      gradient.fill(0);
      let loss = 0;
      for (const { tensor, amplitude } of channels) {
        loss += amplitude * tensor.contract(x, gradient, amplitude);
      }
      return loss;
    },
  };
}

function checkMemory(covariance: Covariance, size: number): void {
  const entries = (n: number) => covariance.terms.reduce((sum, { p }) => sum + uniqueEntries(p, n), 0);
  if (entries(size) <= MOST_ENTRIES) return;
  let most = 1;
  let tooMany = size;
  while (tooMany - most > 1) {
    const middle = Math.floor((most + tooMany) / 2);
    if (entries(middle) <= MOST_ENTRIES) most = middle;
    else tooMany = middle;
  }
  const orders = covariance.terms.map(({ p }) => p).join(" and ");
  const memory = ((8 * entries(most)) / 1e9).toPrecision(3);
  throw new InvalidParameterError(
    "simulation.size",
    size,
    `at most ${most} for p = ${orders}, where the couplings take ${memory} GB of memory`,
  );
}
