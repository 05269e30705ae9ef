import { fraction } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { digamma } from "../../numerics/digamma";
import { gaussLegendre } from "../../numerics/gauss-legendre";
import { linspace } from "../../numerics/grid";
import { checkEscapeSetting, correlationRate, type EscapeSetting, escapeRate, noiseShare } from "./rates";
import { singleNeuronRates } from "./single";

/** Escape from a random start on the sphere at dimension d: exit when the excess risk has fallen by the share T. */
export interface ExitSetting extends EscapeSetting {
  /** d, at least p + 1; Infinity gives infinite times, which grow as ln d. */
  readonly dimension: number;
  /** T, above 0 and at most 1. */
  readonly threshold: number;
}

/**
 * Annealed exit time ln[(p + 1)(T d + 1 − T)/(2p)]/(2ω_m), eq. (47): the linearised escape from the mean squared
 * overlaps of a random start. `Infinity` where the network does not escape (ω_m ≤ 0) and for infinite d, `undefined` where
 * the linearisation is not one (ω_Q ≤ 0 at p > 1). Saturation is left out: there is a value also for a T that the
 * noise keeps the network from (at p = 1, T ≥ μ/A), where {@link shiftedExitTime} is infinite.
 * @throws InvalidParameterError
 */
export function annealedExitTime(setting: ExitSetting): number | undefined {
  const { width: p, dimension: d, threshold } = checkExitSetting(setting);
  return whereItEscapes(
    setting,
    () => Math.log(((p + 1) * (threshold * d + 1 - threshold)) / (2 * p)) / (2 * escapeRate(setting)), // (Q.20)
  );
}

/**
 * Quenched exit time, eq. (46): the mean over random starts of
 * ln[(T p(p + 1) d + (2p μ₀ − τ₀)(1 − T))/(2p μ₀)]/(2ω_m), with μ₀ ~ χ²_p and τ₀ ~ 2χ²_{p(p−1)/2} independent, their
 * law at large d. E ln μ₀ = ψ(p/2) + ln 2; the logarithm above is integrated. Infinity and `undefined` as for
 * {@link annealedExitTime}; also `undefined` where more than 10⁻⁶ of the starts lie beyond the linearisation (argument ≤ 0);
 * fewer are left out of the mean.
 * @throws InvalidParameterError
 */
export function quenchedExitTime(setting: ExitSetting): number | undefined {
  const { width: p } = checkExitSetting(setting);
  return whereItEscapes(setting, () => {
    const above = meanLogNumerator(setting);
    if (above === undefined) return undefined;
    const below = Math.log(2 * p) + digamma(p / 2) + Math.LN2;
    return (above - below) / (2 * escapeRate(setting)); // (Q.21)
  });
}

/**
 * Quenched exit time with the noise of SGD: minus ln(1 + s)/(2ω_m), s of `noiseShare`, because the noise
 * collected on the way makes the growing overlaps (1 + s) times as large; at p = 1 also plus ln[μ/(μ − A T)]/(2μ)
 * for the saturation of the growth at finite T, Infinity where m² does not reach T (μ ≤ A T). Not in the paper (see docs/errata.md). For p > 1 approximate:
 * at p = 5, γ = 1.5 it is 5 % too small.
 * @throws InvalidParameterError
 */
export function shiftedExitTime(setting: ExitSetting): number | undefined {
  const quenched = quenchedExitTime(setting);
  if (quenched === undefined || quenched === Infinity) return quenched;
  const shift = Math.log1p(noiseShare(setting)) / (2 * escapeRate(setting));
  return quenched - shift + saturationDelay(setting); // (Q.23)
}

/** What the growth of a single neuron loses by saturation on its way to T. */
function saturationDelay(setting: ExitSetting): number {
  if (setting.width > 1) return 0;
  const { growth, saturation } = singleNeuronRates(setting);
  const left = growth - saturation * setting.threshold;
  return left > 0 ? Math.log(growth / left) / (2 * growth) : Infinity;
}

function whereItEscapes(setting: ExitSetting, time: () => number | undefined): number | undefined {
  const { width, dimension } = setting;
  if (escapeRate(setting) <= 0 || dimension === Infinity) return Infinity;
  return width === 1 || correlationRate(setting) > 0 ? time() : undefined;
}

/** Distance in standard deviations after which the χ densities no longer count. */
const REACH = 12;
const CELLS = 16;
/** Share of the starts that may be left out. */
const LEFT_OUT = 1e-6;

/** E ln[T p(p + 1) d + (2p μ₀ − τ₀)(1 − T)], by quadrature over the radii √μ₀ and √(τ₀/2). */
function meanLogNumerator({ width: p, dimension: d, threshold }: ExitSetting): number | undefined {
  const constant = threshold * p * (p + 1) * d;
  const overlaps = chiRule(p);
  const pairs = chiRule((p * (p - 1)) / 2);
  let sum = 0;
  let leftOut = 0;
  for (const [i, overlap] of overlaps.points.entries()) {
    for (const [j, pair] of pairs.points.entries()) {
      const weight = overlaps.weights[i] * pairs.weights[j];
      if (weight < 1e-25) continue;
      const argument = constant + (1 - threshold) * (2 * p * overlap ** 2 - 2 * pair ** 2);
      if (argument > 0) sum += weight * Math.log(argument);
      else leftOut += weight;
    }
  }
  return leftOut <= LEFT_OUT ? sum / (1 - leftOut) : undefined;
}

/** Points and normalised weights for a χ variate, density ∝ r^{k−1} e^{−r²/2}; k = 0 sits at 0. */
function chiRule(k: number): { readonly points: Float64Array; readonly weights: Float64Array } {
  if (k === 0) return { points: Float64Array.of(0), weights: Float64Array.of(1) };
  const mode = Math.sqrt(k - 1);
  const low = Math.max(0, mode - REACH);
  const { points, weights } = gaussLegendre(linspace(low, mode + REACH, CELLS));
  // Relative to the mode, so that a large k does not underflow.
  const logDensity = (r: number) => (k - 1) * Math.log(r / (mode || 1)) - (r * r - mode * mode) / 2;
  const masses = weights.map((w, i) => w * Math.exp(logDensity(points[i])));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return { points, weights: masses.map((mass) => mass / total) };
}

function checkExitSetting(setting: ExitSetting): ExitSetting {
  checkEscapeSetting(setting);
  const { width, dimension, threshold } = setting;
  if (dimension !== Infinity && !(Number.isInteger(dimension) && dimension >= width + 1)) {
    throw new InvalidParameterError("dimension", dimension, `an integer of at least width + 1, ${width + 1}`);
  }
  fraction("threshold", threshold);
  return setting;
}
