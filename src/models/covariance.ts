import { between, record } from "../core/check";
import { InvalidParameterError } from "../core/errors";

/** One channel of the covariance polynomial: variance·q^p/p. */
export interface CovarianceTerm {
  /** Number of degrees of freedom each coupling joins, an integer of at least 1 (a random field). */
  readonly p: number;
  /** Strength of the channel (1/Δ_p in the spiked matrix-tensor model), from 1e-100 to 1e100. */
  readonly variance: number;
}

/**
 * Covariance polynomial Q(q) = Σ variance·q^p/p of a Gaussian loss on the sphere |x|² = N, so that
 * E[L(x) L(x′)] = N·Q(x·x′/N). This is what the couplings of eq. (10) of d'Ascoli, Refinetti & Biroli
 * (arXiv:2202.04509) give; its Sec. 2 and App. D.4 print other prefactors (corrected, see docs/errata.md).
 */
export interface Covariance {
  /** The channels by ascending p, one for each p. */
  readonly terms: readonly CovarianceTerm[];
  /** Q(q). */
  value(q: number): number;
  /** Q′(q). */
  first(q: number): number;
  /** Q″(q). */
  second(q: number): number;
  /** Q‴(q). */
  third(q: number): number;
  /** Coefficients of Q′ and Q″ by ascending power of q. */
  readonly firstCoefficients: Float64Array;
  readonly secondCoefficients: Float64Array;
  /** The polynomial as text, e.g. "2·q^2/2 + q^3/3". */
  readonly label: string;
}

/** @throws InvalidParameterError unless it is one, as {@link createCovariance} makes them. */
export function checkCovariance(covariance: Covariance): Covariance {
  return record("covariance", covariance, ["value", "first", "second", "third"]);
}

/** The evaluation is dense in the powers of q, which bounds p. */
const LARGEST_P = 1000;
const LARGEST_VARIANCE = 1e100;

/**
 * Covariance polynomial of the given channels; channels with the same p are merged (variances add).
 *
 * @param name what the user calls the list, for the error messages.
 * @throws InvalidParameterError for an empty list, a p that is no integer from 1 to 1000, or a variance that
 *   is not between 1e-100 and 1e100; the parameter is named like `couplings[1].p`.
 */
export function createCovariance(terms: readonly CovarianceTerm[], name = "couplings"): Covariance {
  if (!Array.isArray(terms) || terms.length === 0) {
    throw new InvalidParameterError(name, terms, "a non-empty list of { p, variance }");
  }
  const variances = new Map<number, number>();
  terms.forEach((term, index) => {
    if (typeof term !== "object" || term === null) {
      throw new InvalidParameterError(`${name}[${index}]`, term, "a record { p, variance }");
    }
    const p = checkedP(`${name}[${index}].p`, term.p, 1);
    variances.set(p, (variances.get(p) ?? 0) + checkedVariance(`${name}[${index}].variance`, term.variance));
  });
  const merged = [...variances].sort(([a], [b]) => a - b).map(([p, variance]) => ({ p, variance }));
  return polynomial(merged);
}

/**
 * Covariance polynomial q^p/p of the pure p-spin model.
 *
 * @param name what the user calls p, for the error message.
 * @throws InvalidParameterError if p is no integer from 2 to 1000.
 */
export function pureCovariance(p: number, name = "p"): Covariance {
  return polynomial([{ p: checkedP(name, p, 2), variance: 1 }]);
}

/** The channels of a covariance, each as a covariance of its own, by ascending p: Q = Σ_k Q_k. */
export function channels(covariance: Covariance): readonly Covariance[] {
  return covariance.terms.map((term) => polynomial([term]));
}

/** The variance of a channel, within what its squares and roots leave room for. */
export function checkedVariance(parameter: string, variance: number): number {
  return between(parameter, variance, 1 / LARGEST_VARIANCE, LARGEST_VARIANCE);
}

function checkedP(parameter: string, p: number, least: number): number {
  if (!Number.isInteger(p) || p < least || p > LARGEST_P) {
    throw new InvalidParameterError(parameter, p, `an integer from ${least} to ${LARGEST_P}`);
  }
  return p;
}

function polynomial(terms: readonly CovarianceTerm[]): Covariance {
  const value = new Float64Array(terms[terms.length - 1].p + 1);
  for (const { p, variance } of terms) value[p] = variance / p;
  const first = derivative(value);
  // Q′ has the coefficient `variance` exactly, not p·(variance/p).
  for (const { p, variance } of terms) first[p - 1] = variance;
  const second = derivative(first);
  const third = derivative(second);
  return {
    terms,
    value: (q) => horner(value, q),
    first: (q) => horner(first, q),
    second: (q) => horner(second, q),
    third: (q) => horner(third, q),
    firstCoefficients: first,
    secondCoefficients: second,
    label: terms.map(({ p, variance }) => `${variance === 1 ? "" : `${variance}·`}q^${p}/${p}`).join(" + "),
  };
}

function derivative(coefficients: Float64Array): Float64Array {
  const result = new Float64Array(Math.max(1, coefficients.length - 1));
  for (let k = 1; k < coefficients.length; k++) result[k - 1] = k * coefficients[k];
  return result;
}

function horner(coefficients: Float64Array, q: number): number {
  let sum = coefficients[coefficients.length - 1];
  for (let k = coefficients.length - 2; k >= 0; k--) sum = sum * q + coefficients[k];
  return sum;
}
