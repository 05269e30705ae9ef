/**
 * A stretch of a schedule with one formula for the rate. All times are absolute, so that differences of close
 * times stay exact; arguments lie in [from, to] and are not checked here.
 */
export interface Piece {
  readonly from: number;
  /** Infinity for the last piece of a schedule. */
  readonly to: number;
  /** ∫ η over the whole piece, Infinity where it diverges. */
  readonly total: number;
  rate(t: number): number;
  /** ∫_a^b η dt without cancellation, also for a close to b. */
  clock(a: number, b: number): number;
  /** ∫_a^b η² dt, likewise. */
  heat(a: number, b: number): number;
  /** The t with ∫_from^t η = clock, for 0 < clock ≤ total; Infinity where no finite number holds it. */
  time(clock: number): number;
}

/** η = rate on [from, to]. */
export function constantPiece(rate: number, from: number, to: number): Piece {
  return {
    from,
    to,
    total: rate * (to - from),
    rate: () => rate,
    clock: (a, b) => rate * (b - a),
    heat: (a, b) => rate * rate * (b - a),
    time: (clock) => from + clock / rate,
  };
}

/** η = 0 from `from` on, after a horizon or a table that ends at rate 0. */
export function restPiece(from: number): Piece {
  const zero = () => 0;
  return { from, to: Infinity, total: 0, rate: zero, clock: zero, heat: zero, time: () => from };
}

/** η linear from `first` at `from` to `last` at `to`; both at least 0. */
export function linearPiece(first: number, last: number, from: number, to: number): Piece {
  const length = to - from;
  // Sums of positive terms only: no digit is lost, whichever way the line goes.
  const rate = (t: number) => first * ((to - t) / length) + last * ((t - from) / length);
  const clock = (a: number, b: number) => ((rate(a) + rate(b)) / 2) * (b - a);
  return {
    from,
    to,
    total: clock(from, to),
    rate,
    clock,
    heat(a, b) {
      const [left, right] = [rate(a), rate(b)];
      return ((left * left + left * right + right * right) / 3) * (b - a);
    },
    time(s) {
      // First s + … = first·w + (last − first) w²/(2 length), solved with the root that does not cancel, in
      // units of the larger rate so that no square underflows.
      const unit = Math.max(first, last);
      const start = first / unit;
      const target = s / unit;
      const endSquared = start * start + 2 * ((last - first) / unit) * (target / length);
      return from + (2 * target) / (start + Math.sqrt(Math.max(0, endSquared)));
    },
  };
}
