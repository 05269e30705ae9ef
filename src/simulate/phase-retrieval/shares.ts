/** A share of the values after a step that belongs to a report time. */
export interface Share {
  /** Number of the report time. */
  readonly index: number;
  readonly weight: number;
}

/** A time this near to a step, in units of the step, is the step's. */
export const SAME = 1e-6;

/** Linear interpolation between steps, by step. */
export function sharesOf(times: ArrayLike<number>, step: number, last: number): Map<number, Share[]> {
  const shares = new Map<number, Share[]>();
  const add = (at: number, share: Share) => shares.set(at, [...(shares.get(at) ?? []), share]);
  for (let index = 0; index < times.length; index++) {
    const exact = times[index] / step;
    const nearest = Math.round(exact);
    if (Math.abs(exact - nearest) <= SAME || nearest > last) {
      add(Math.min(nearest, last), { index, weight: 1 });
      continue;
    }
    const before = Math.floor(exact);
    add(before, { index, weight: before + 1 - exact });
    add(before + 1, { index, weight: exact - before });
  }
  return shares;
}
