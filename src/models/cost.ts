/**
 * Cost v(h, h0) of a sample whose local field is h where the signal's is h0, with its derivatives in h. Plain functions,
 * finite everywhere; the cost must be least at h = ±h0 for a signal to be found.
 */
export interface Cost {
  /** v */
  value(h: number, h0: number): number;
  /** ∂v/∂h */
  first(h: number, h0: number): number;
  /** ∂²v/∂h² */
  second(h: number, h0: number): number;
  /**
   * ∂³v/∂h³ and ∂⁴v/∂h⁴, for a cost that is a polynomial of fourth degree in h: with them the mean-field theory takes
   * responses to small displacements instead of infinitely small ones, which have far smaller tails.
   */
  readonly higher?: { third(h: number, h0: number): number; fourth(h: number, h0: number): number };
}

/** v = (h² − h0²)²/4, the squared error of the squared fields (phase retrieval, eq. (2)). */
export const phaseRetrievalCost: Cost = {
  value(h, h0) {
    const difference = h * h - h0 * h0;
    return 0.25 * difference * difference;
  },
  first: (h, h0) => h * (h * h - h0 * h0),
  second: (h, h0) => 3 * h * h - h0 * h0,
  higher: { third: (h) => 6 * h, fourth: () => 6 },
};
