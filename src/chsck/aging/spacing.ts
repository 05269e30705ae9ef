/** How far apart rows are, in ln σ. */
export interface Spacing {
  /** In the transient, at σ about 1: what the fourth order in time needs. */
  readonly transient: number;
  /** Late, where the quadrature between nodes must resolve the rows: at least 3/4 of the distance of neighbouring nodes. */
  readonly late: number;
  /** How far T_eff, and with a signal all of a row, may be from its prediction: an escape takes short steps. */
  readonly predicted: number;
}

/** The transient, in units of the time of the landscape. */
const TRANSIENT = { begin: 0.3, end: 1e2 };
const GROWTH = 1.025;
const RECOVERY = 1.2;
/** Before the transient all changes are proportional to σ: rows may be so many times further apart. */
const EARLY = 2.4;

/** Beyond this rows that are shorter than the nodes are apart feed back on themselves. */
const LATE = 1e4;

export const isLate = (share: number): boolean => share >= LATE;

/** The distance to the next row. @param before the last one, 0 at the beginning. @param share σ in units of the landscape's time. */
export function nextSpacing(
  { transient, late }: Omit<Spacing, "predicted">,
  before: number,
  share: number,
): number {
  const cap =
    share < TRANSIENT.begin
      ? transient * Math.min(EARLY, (share / TRANSIENT.begin) ** -0.2)
      : share < TRANSIENT.end
        ? transient
        : Math.max(transient, late);
  if (before === 0 || before >= cap) return cap;
  // After a rejected row it grows from what was actually taken; else slowly from the transient's to the late one.
  return Math.min(cap, before < 0.9 * transient ? RECOVERY * before : GROWTH * before);
}
