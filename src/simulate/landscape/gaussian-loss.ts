import { InvalidParameterError } from "../../core/errors";
import { type Covariance, channels as channelsOf } from "../../models/covariance";
import type { Streams } from "../../numerics/streams";
import { createLinearForm } from "./linear-form";
import { addSignal, signalOverlap } from "./planted-signal";
import { createSymmetricTensor, type SymmetricTensor, uniqueEntries } from "./symmetric-tensor";
import { createTensorBlocks, tensorBlockBytes } from "./tensor-blocks";

/**
 * A Gaussian random function on the sphere |x|² = N with covariance E[L(x) L(x')] = N·Q(x·x'/N), exactly at
 * every N: for each channel of Q
 *   L_p(x) = −√(variance/p) N^{−(p−1)/2} Σ_{i1…ip} G_{i1…ip} x_{i1} … x_{ip},  G standard normal
 * d'Ascoli, Refinetti & Biroli (arXiv:2202.04509) Eq. (10) sums over distinct indices instead, which gives N·Q
 * up to O(1/N); their Sec. 2 and App. D.4 print other prefactors (corrected, see docs/errata.md).
 *
 * With a planted signal x* of strength b every channel has the mean −b N·Q_p(m) besides, Q_p its part of Q and m = x*·x/N (b = 1: the
 * spiked matrix-tensor loss, their Eq. (23); b = 1/T0: quiet planting of a state in equilibrium at T0).
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
  /** The same for several states at once: gradients[r] and, where given, losses[r] belong to states[r]. */
  evaluateAll(
    states: readonly Float64Array[],
    gradients: readonly Float64Array[],
    losses?: readonly Float64Array[],
  ): void;
}

/** How a loss will be used. */
export interface LossUse {
  /** Strength of the signal; 0 or left out: none. */
  readonly signal?: number;
  /** The largest number of states that are evaluated at once; 1 when left out. */
  readonly states?: number;
}

/** From this many states on, and couplings beyond the cache, matrix products beat contractions one by one. */
const MANY = 4;
const CACHE_BYTES = 4e6;
/** What the blocks for the products may take. */
const MOST_BLOCK_BYTES = 2 ** 30;

/** About 2 GB of couplings, what one array of numbers holds everywhere. */
const MOST_ENTRIES = 2 ** 28;

/**
 * Room for the couplings of one sample; `draw` fills it, again for every sample.
 * @throws InvalidParameterError named `simulation.size` where the couplings would take more than 2 GB.
 */
export function createGaussianLoss(
  covariance: Covariance,
  size: number,
  { signal = 0, states: most = 1 }: LossUse = {},
): GaussianLoss {
  checkCouplings(covariance, size);
  const channels = channelsOf(covariance).map((channel) => {
    const [{ p, variance }] = channel.terms;
    const amplitude = -Math.sqrt(variance / p) * size ** (-(p - 1) / 2);
    return {
      tensor: createTensor(p, size, most),
      amplitude,
      mean: (m: number) => -size * signal * channel.value(m),
    };
  });
  const values = new Float64Array(most);

  function evaluateAll(
    states: readonly Float64Array[],
    gradients: readonly Float64Array[],
    losses?: readonly Float64Array[],
  ): void {
    for (const gradient of gradients) gradient.fill(0);
    for (const [k, { tensor, amplitude, mean }] of channels.entries()) {
      tensor.contract(states, gradients, amplitude, values);
      if (!losses) continue;
      for (const [r, x] of states.entries()) losses[r][k] = amplitude * values[r] + mean(signalOverlap(x));
    }
    if (signal === 0) return;
    for (const [r, x] of states.entries()) {
      addSignal(gradients[r], -signal * covariance.first(signalOverlap(x)));
    }
  }

  return {
    size,
    *draw(streams, sample) {
      for (const [k, { tensor }] of channels.entries()) {
        yield* tensor.sample(streams.stream("disorder", sample, k));
      }
    },
    evaluateAll,
    evaluate(x, gradient, losses = new Float64Array(channels.length)) {
      evaluateAll([x], [gradient], [losses]);
      return losses.reduce((sum, loss) => sum + loss, 0);
    },
  };
}

function createTensor(p: number, size: number, states: number): SymmetricTensor {
  if (p === 1) return createLinearForm(size);
  const isLarge = 8 * uniqueEntries(p, size) > CACHE_BYTES;
  return states >= MANY && isLarge && tensorBlockBytes(p, size) <= MOST_BLOCK_BYTES
    ? createTensorBlocks(p, size, states)
    : createSymmetricTensor(p, size);
}

/** @throws InvalidParameterError named `simulation.size` where the couplings would take more than 2 GB. */
export function checkCouplings(covariance: Covariance, size: number): void {
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
