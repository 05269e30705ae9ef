import { integerBetween } from "../core/check";

const BITS = 32;
/** Dimensions 2 and 3 by their primitive polynomials x + 1 and x² + x + 1 with the first direction integers. */
const LATER = [
  { degree: 1, inner: 0, first: [1] },
  { degree: 2, inner: 1, first: [1, 3] },
];
const MOST_POINTS = 2 ** BITS;

/** Direction numbers of the dimensions, as binary fractions of 32 bits. */
const DIRECTIONS: readonly Uint32Array[] = [
  Uint32Array.from({ length: BITS }, (_, bit) => 2 ** (BITS - 1 - bit)),
  ...LATER.map(({ degree, inner, first }) => {
    const v = new Uint32Array(BITS);
    for (let i = 0; i < BITS; i++) {
      if (i < degree) {
        v[i] = first[i] * 2 ** (BITS - 1 - i);
        continue;
      }
      v[i] = v[i - degree] ^ (v[i - degree] >>> degree);
      for (let k = 1; k < degree; k++) if ((inner >>> (degree - 1 - k)) & 1) v[i] ^= v[i - k];
    }
    return v;
  }),
];

export const SOBOL_DIMENSIONS = DIRECTIONS.length;

/**
 * The first `count` points of Sobol's sequence in three dimensions (USSR Comput. Math. Math. Phys. 7, 86 (1967), direction
 * numbers of Joe and Kuo, SIAM J. Sci. Comput. 30, 2635 (2008)), in the order of Antonov and Saleev's Gray code, as 32-bit
 * binary fractions that are shifted by the words `shift` without carry: points that are uniform one by one, and as even
 * together as before. Every 2^k of them that begin at a multiple of 2^k have one in each of 2^k equal intervals of every axis.
 * @param visit gets the number of a point and the point, which is good until the next call
 */
export function sobolPoints(
  count: number,
  shift: ArrayLike<number>,
  visit: (index: number, point: Uint32Array) => void,
): void {
  integerBetween("count", count, 0, MOST_POINTS);
  const point = Uint32Array.from({ length: SOBOL_DIMENSIONS }, (_, d) => shift[d]);
  for (let index = 0; index < count; index++) {
    visit(index, point);
    // The lowest bit of the index that is 0.
    const bit = BITS - 1 - Math.clz32(~index & (index + 1));
    for (let d = 0; d < SOBOL_DIMENSIONS; d++) point[d] ^= DIRECTIONS[d][bit];
  }
}
