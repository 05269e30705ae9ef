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
}

/** v = (h² − h0²)²/4, the squared error of the squared fields (phase retrieval, eq. (2)). */
export const phaseRetrievalCost: Cost = {
  value(h, h0) {
    const difference = h * h - h0 * h0;
    return 0.25 * difference * difference;
  },
  first: (h, h0) => h * (h * h - h0 * h0),
  second: (h, h0) => 3 * h * h - h0 * h0,
};
