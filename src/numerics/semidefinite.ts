/** A pivot below this share of its diagonal element counts as zero: it is what rounding leaves of a null direction. */
const NULL_PIVOT = 1e-13;
/** A pivot this much below zero, relative to the largest diagonal element, is no rounding error. */
const NEGATIVE_PIVOT = 1e-9;

/**
 * Lower triangular L with L Lᵀ = matrix, for a positive semidefinite matrix (Cholesky, without pivoting, null
 * directions left out); undefined where the matrix is not positive semidefinite to 1e-9 of its largest diagonal
 * element. It is a smooth function of a positive definite matrix.
 *
 * @param matrix row-major n × n; only its lower triangle is read.
 */
export function semidefiniteFactor(matrix: ArrayLike<number>, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n);
  return factorInto(matrix, n, factor) ? factor : undefined;
}

/**
 * The same without allocation: the factor into the lower triangle of `factor` (which may not be `matrix`).
 * @returns false where a pivot was negative; the factor is then that of a nearby semidefinite matrix.
 */
export function factorInto(matrix: ArrayLike<number>, n: number, factor: Float64Array): boolean {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, matrix[i * n + i]);
  const allowed = NEGATIVE_PIVOT * largest;
  let semidefinite = true;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * n + j];
      for (let k = 0; k < j; k++) rest -= factor[i * n + k] * factor[j * n + k];
      if (j < i) {
        const pivot = factor[j * n + j];
        factor[i * n + j] = pivot > 0 ? rest / pivot : 0;
        // In a null direction of a semidefinite matrix nothing may be left over.
        if (pivot === 0 && rest * rest > allowed * largest) semidefinite = false;
      } else {
        if (rest < -allowed) semidefinite = false;
        factor[i * n + i] = rest > NULL_PIVOT * matrix[i * n + i] ? Math.sqrt(rest) : 0;
      }
    }
  }
  return semidefinite;
}
