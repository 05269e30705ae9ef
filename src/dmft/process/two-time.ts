/** Linear between the nodes. @param x in steps, at most the last node */
export function interpolateNodes(curve: Float64Array, x: number): number {
  const low = Math.min(Math.floor(x), curve.length - 2);
  return curve[low] + (x - low) * (curve[low + 1] - curve[low]);
}

/**
 * A function of (t, t′), t ≥ t′, from its values on the nodes on and below the diagonal: linear on triangles that do not cross
 * the diagonal, where the functions have a kink.
 * @param valueAt at a node t and a node t′, asked for where it counts: of the nodes around t and around t′
 * @param last node of t, beyond which x is only by rounding
 * @param x t in steps @param y t′ in steps, y ≤ x
 */
export function interpolatePair(
  valueAt: (row: number, column: number) => number,
  last: number,
  x: number,
  y: number,
): number {
  const early = Math.floor(y);
  const lag = Math.floor(x - y);
  const f = y - early;
  const g = x - y - lag;
  const at = (moreEarly: number, moreLag: number, weight: number) => {
    if (weight === 0) return 0;
    const j = early + moreEarly;
    return weight * valueAt(Math.min(j + lag + moreLag, last), j);
  };
  if (f + g <= 1) return at(0, 0, 1 - f - g) + at(1, 0, f) + at(0, 1, g);
  return at(1, 1, f + g - 1) + at(0, 1, 1 - f) + at(1, 0, 1 - g);
}
