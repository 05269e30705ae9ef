import { InvalidParameterError } from "../core/errors";
import { type Covariance, channels as channelsOf } from "../models/covariance";
import type { Streams } from "../numerics/streams";
import { addSignal, signalOverlap } from "./planted-signal";
import { createSymmetricTensor, uniqueEntries } from "./symmetric-tensor";

/**
 * A Gaussian random function on the sphere |x|² = N with covariance E[L(x) L(x')] = N·Q(x·x'/N), exactly at
 * every N: for each channel of Q
 *   L_p(x) = −√(variance/p) N^{−(p−1)/2} Σ_{i1…ip} G_{i1…ip} x_{i1} … x_{ip},  G standard normal
 * d'Ascoli, Refinetti & Biroli (arXiv:2202.04509) Eq. (10) sums over distinct indices instead, which gives N·Q
 * up to O(1/N); their Sec. 2 and App. D.4 print other prefactors (corrected, see docs/errata.md).
 *
 * With a planted signal x* every channel has the mean −N·Q_p(m) besides, Q_p its part of Q and m = x*·x/N (the
 * spiked matrix-tensor loss, their Eq. (23)).
 */
export interface GaussianLoss {
  /** N. */
  readonly size: number;
  /** Draws new couplings: channel k from stream("disorder", sample, k). Pauses between chunks of numbers. */
  draw(streams: Streams, sample: number): Generator<void, void>;
  /**
   * L(x), extensive; `gradient` becomes ∇L(x) in R^N, not projected; `losses`, where given, the channels' shares
   * of L, each with its mean, in the order of the covariance's terms.
   */
  evaluate(x: Float64Array, gradient: Float64Array, losses?: Float64Array): number;
}

/** About 2 GB of couplings, what one array of numbers holds everywhere. */
const MOST_ENTRIES = 2 ** 28;

/**
 * Room for the couplings of one sample; `draw` fills it, again for every sample.
 * @param planted whether there is a signal.
 * @throws InvalidParameterError named `simulation.size` where the couplings would take more than 2 GB.
 */
export function createGaussianLoss(covariance: Covariance, size: number, planted = false): GaussianLoss {
  checkMemory(covariance, size);
  const channels = channelsOf(covariance).map((channel) => {
    const [{ p, variance }] = channel.terms;
    const amplitude = -Math.sqrt(variance / p) * size ** (-(p - 1) / 2);
    return {
      tensor: createSymmetricTensor(p, size),
      amplitude,
      mean: (m: number) => -size * channel.value(m),
    };
  });
  return {
    size,
    *draw(streams, sample) {
      for (const [k, { tensor }] of channels.entries()) {
        yield* tensor.sample(streams.stream("disorder", sample, k));
      }
    },
    evaluate(x, gradient, losses) {
      gradient.fill(0);
      let loss = 0;
      for (const [k, { tensor, amplitude, mean }] of channels.entries()) {
        let channelLoss = amplitude * tensor.contract(x, gradient, amplitude);
        if (planted) channelLoss += mean(signalOverlap(x));
        if (losses) losses[k] = channelLoss;
        loss += channelLoss;
      }
      if (planted) addSignal(gradient, -covariance.first(signalOverlap(x)));
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
