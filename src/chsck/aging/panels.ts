/**
 * A panel that a run has left behind: the times s′ = start + length·φ of one phase, at fixed nodes (A.8). Its tables are those that the
 * current panel had when the phase ended.
 */
export interface Panel {
  readonly start: number;
  readonly length: number;
  /** Memory tables within the panel. */
  readonly inner: Float64Array;
  readonly outer: Float64Array;
  /** By earlier panel: C and R at (s′; u), as lines of pairs by node u, one for each node s′ of this panel. */
  readonly cross: readonly Float64Array[];
  /** ln m at the nodes. */
  readonly logOverlap: Float64Array;
}

/** What is fixed while a row is solved. */
export interface RowStep {
  readonly r: number;
  /** ln σ. */
  readonly place: number;
  readonly sigma: number;
  /** s = b + σ. */
  readonly clock: number;
  /** T_eff(s). */
  readonly noise: number;
  /** Lengths of all panels; σ of the current one, the last. */
  readonly lengths: readonly number[];
  /** d/dln σ at row r is Σ_q derivative[q] of row r − q (A.7). */
  readonly derivative: Float64Array;
  /** The same for ln m. */
  readonly growth: Float64Array;
}

/** The row being solved: its pairs (C, R) by panel and node, of which the last, at s′ = s, is (1, 1), and its multiplier. */
export interface RowState {
  readonly pairs: Float64Array;
  multiplier: number;
  logOverlap: number;
}
