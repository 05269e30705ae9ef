import { integerAtLeast } from "../../core/check";

/**
 * Gaussian averages of g(x) = erf(x/√2) and its derivative over fields of covariance C (Saad and Solla 1995; equations
 * TS.3 to TS.6). All of them stay regular where C is singular, as it is when the student equals the teacher.
 */
export interface ErfMoments {
  /** The fields' covariance, row-major; read, and kept, by `load`. */
  load(covariance: Float64Array): void;
  /** I2 = ⟨g(i) g(j)⟩. */
  pair(i: number, j: number): number;
  /** I3 = ⟨g′(i) j g(k)⟩: the field j itself, between two units. */
  triple(i: number, j: number, k: number): number;
  /** Makes (i, j) the two fields of the derivatives in what follows. */
  choosePair(i: number, j: number): void;
  /** J2 = ⟨g′(i) g′(j)⟩ of the chosen pair. */
  derivatives(): number;
  /** I4 = ⟨g′(i) g′(j) g(k) g(l)⟩ of the chosen pair. */
  quadruple(k: number, l: number): number;
}

const TWO_OVER_PI = 2 / Math.PI;

/** @param n number of fields. */
export function createErfMoments(n: number): ErfMoments {
  integerAtLeast("n", n, 1);
  let c = new Float64Array(n * n);
  // Of the chosen pair: L4, its root, and by field k what conditioning on the two derivatives leaves of it.
  let rowI = 0;
  let rowJ = 0;
  let determinant = 1;
  let root = 1;
  const alongI = new Float64Array(n);
  const alongJ = new Float64Array(n);
  const norm = new Float64Array(n);

  return {
    load(covariance) {
      c = covariance as Float64Array<ArrayBuffer>;
    },
    pair(i, j) {
      // (TS.3)
      return TWO_OVER_PI * arcsine(c[i * n + j] / Math.sqrt((1 + c[i * n + i]) * (1 + c[j * n + j])));
    },
    triple(i, j, k) {
      // (TS.4)
      const own = 1 + c[i * n + i];
      const cross = c[i * n + k];
      const rest = own * (1 + c[k * n + k]) - cross * cross;
      return (TWO_OVER_PI * (c[j * n + k] * own - c[i * n + j] * cross)) / (own * Math.sqrt(rest));
    },
    choosePair(i, j) {
      rowI = i * n;
      rowJ = j * n;
      const [ii, jj, ij] = [1 + c[rowI + i], 1 + c[rowJ + j], c[rowI + j]];
      determinant = ii * jj - ij * ij;
      root = Math.sqrt(determinant);
      for (let k = 0; k < n; k++) {
        alongI[k] = jj * c[rowI + k] - ij * c[rowJ + k];
        alongJ[k] = ii * c[rowJ + k] - ij * c[rowI + k];
        // L1 and L2 of (TS.5)
        norm[k] = Math.sqrt(
          determinant * (1 + c[k * n + k]) - alongI[k] * c[rowI + k] - alongJ[k] * c[rowJ + k],
        );
      }
    },
    // (TS.6)
    derivatives: () => TWO_OVER_PI / root,
    quadruple(k, l) {
      // (TS.5): L0 is the covariance of k and l, given the two fields of the derivatives, times L4.
      const joint = determinant * c[k * n + l] - alongI[k] * c[rowI + l] - alongJ[k] * c[rowJ + l];
      return (TWO_OVER_PI * TWO_OVER_PI * arcsine(joint / (norm[k] * norm[l]))) / root;
    },
  };
}

/** Rounding may carry a ratio that is ±1 beyond it. */
const arcsine = (x: number): number => Math.asin(Math.max(-1, Math.min(1, x)));
