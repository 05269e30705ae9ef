import type { Piece } from "./piece";

/**
 * ∫ x^-exponent dx from `start` to `start + width`, for start ≥ 0, width ≥ 0 and any real exponent; Infinity
 * where it diverges at start = 0. Relative error of a few units in the last place, also at and near exponent 1
 * and for width ≪ start.
 */
export function powerIntegral(start: number, width: number, exponent: number): number {
  if (width === 0) return 0;
  const power = 1 - exponent;
  if (start === 0) return power > 0 ? width ** power / power : Infinity;
  const ratio = width / start;
  const span = Number.isFinite(ratio) ? Math.log1p(ratio) : Math.log(width) - Math.log(start);
  if (power === 0) return span;
  // Factor out the larger of the two ends' x^power: the rest, (1 − e^(−|power| span))/|power|, is bounded.
  const largest = power > 0 ? start + width : start;
  return (largest ** power * -Math.expm1(-Math.abs(power) * span)) / Math.abs(power);
}

/** The inverse of {@link powerIntegral} in its width: Infinity where the integral is never reached. */
export function powerWidth(start: number, integral: number, exponent: number): number {
  const power = 1 - exponent;
  if (start === 0) return (power * integral) ** (1 / power);
  const scaled = integral * start ** -power;
  const span = power === 0 ? scaled : Math.log1p(Math.max(-1, power * scaled)) / power;
  return start * Math.expm1(span);
}

/**
 * η = rate (offset + (t − from)/unit)^-exponent from `from` on, without end. With offset 0 the exponent must be
 * below 1; the heat from the start is then Infinity for exponents of 1/2 and more.
 */
export function powerPiece(rate: number, exponent: number, offset: number, from = 0, unit = 1): Piece {
  const base = (t: number) => offset + (t - from) / unit;
  return {
    from,
    to: Infinity,
    total: exponent > 1 ? (rate * unit * offset ** (1 - exponent)) / (exponent - 1) : Infinity,
    rate: (t) => rate * base(t) ** -exponent,
    clock: (a, b) => rate * unit * powerIntegral(base(a), (b - a) / unit, exponent),
    heat: (a, b) => rate * rate * unit * powerIntegral(base(a), (b - a) / unit, 2 * exponent),
    time: (clock) => from + unit * powerWidth(offset, clock / (rate * unit), exponent),
  };
}

/** η = rate ((to − t)/(to − from))^exponent: down to 0 at `to`. */
export function decayPiece(rate: number, exponent: number, from: number, to: number): Piece {
  const length = to - from;
  const left = (t: number) => (to - t) / length;
  const clock = (a: number, b: number) => rate * length * powerIntegral(left(b), (b - a) / length, -exponent);
  return {
    from,
    to,
    total: clock(from, to),
    rate: (t) => rate * left(t) ** exponent,
    clock,
    heat: (a, b) => rate * rate * length * powerIntegral(left(b), (b - a) / length, -2 * exponent),
    time(s) {
      // 1 − left^(exponent + 1) is the share of the piece's clock that is spent.
      const spent = Math.min(1, (s * (exponent + 1)) / (rate * length));
      return from - length * Math.expm1(Math.log1p(-spent) / (exponent + 1));
    },
  };
}
