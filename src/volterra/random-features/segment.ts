/** Steps between two neighbouring kinks of the schedule, equal in u = 0 … 1. */
export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  /** t(u), and u(t). */
  timeOf(u: number): number;
  placeOf(t: number): number;
}

/** Power of u by which steps shorten towards an end where the rate vanishes, perhaps like a root. */
const POWER = 3;

/**
 * Steps graded in t: equal in ln(1 + t − from), as the flow and most schedules are smooth there for many decades, and
 * shorter still, by a power, towards an end where the rate vanishes.
 */
export function gradedSegment(
  from: number,
  to: number,
  steps: number,
  vanishes: { readonly left: boolean; readonly right: boolean },
): Segment {
  const span = Math.log1p(to - from);
  return {
    from,
    to,
    steps,
    timeOf(u) {
      if (u === 1) return to;
      const share = vanishes.right ? 1 - (1 - u) ** POWER : vanishes.left ? u ** POWER : u;
      return Math.min(to, from + Math.expm1(span * share));
    },
    placeOf(t) {
      const share = Math.min(1, Math.log1p(t - from) / span);
      if (vanishes.right) return 1 - Math.cbrt(1 - share);
      return vanishes.left ? Math.cbrt(share) : share;
    },
  };
}
