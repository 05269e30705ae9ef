import { between, integerBetween, positive } from "../../core/check";

/**
 * The aging grid: rows at equal distances of ln s, crowded at both ends of 0 ≤ s′ ≤ s. Cost grows with the logarithm of the time:
 * for ages that no uniform grid reaches.
 */
export interface AgingMethod {
  readonly kind: "aging";
  /** Last time, in the paper's t. */
  readonly until: number;
  /** Estimated error of loss, z, C and R to reach, by finer and finer grids (default 1e-6). */
  readonly tolerance?: number;
  /** Number of nodes across each row, in place of the tolerance. */
  readonly points?: number;
}

const FEWEST_POINTS = 32;
const MOST_POINTS = 600;

export function checkMethod({ until, tolerance, points }: AgingMethod): void {
  positive("method.until", until);
  if (tolerance !== undefined) between("method.tolerance", tolerance, 1e-9, 0.01);
  if (points !== undefined) integerBetween("method.points", points, FEWEST_POINTS, MOST_POINTS);
}
