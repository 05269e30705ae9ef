/**
 * One-time quantities along a run. `time` holds the paper's time t, ascending; `series[name][k]` is the
 * quantity `name` at `time[k]`; a vector or matrix quantity has one entry per component, named "overlap[0]".
 */
export interface Trajectory {
  readonly time: Float64Array;
  readonly series: Readonly<Record<string, Float64Array>>;
  /** Estimated numerical error of each series, where known. */
  readonly error?: Readonly<Record<string, Float64Array>>;
  /** Statistical error, where the series are means over samples. */
  readonly standardError?: Readonly<Record<string, Float64Array>>;
  /** `curves[name][sample][k]`: the single samples whose means the series are, where they are kept. */
  readonly curves?: Readonly<Record<string, readonly Float64Array[]>>;
}

/**
 * Times of events that a run has once, e.g. `exitTime`: one entry a sample, in the samples' order (a single one for a
 * deterministic theory); Infinity where the event did not come before the end of the run.
 */
export type Events = Readonly<Record<string, Float64Array>>;

/** Correlation C(t,t') and response R(t,t') at any pair of times of a run; R is a unit jump in the clock. */
export interface TwoTimeField {
  correlation(t: number, tPrime: number): number;
  response(t: number, tPrime: number): number;
}

/** A value with its estimated numerical error (undefined where the method gives none). */
export interface Estimate {
  readonly value: number;
  readonly error?: number;
  /** Statistical error of the value, where it is a mean over samples. */
  readonly standardError?: number;
}

/** Quantities that a result has once as a whole, e.g. `settleTime` of an ensemble; Infinity where an event never comes. */
export type Summary = Readonly<Record<string, Estimate>>;

/** What a solver did for a result. */
export interface SolverWork {
  /** E.g. rows, iterations, factorisations. */
  readonly counts: Readonly<Record<string, number>>;
  /** Seconds that its parts took. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** What a theory solver returns: its own grid as a trajectory, and values between its nodes at its own order. */
export interface Solution extends Trajectory {
  /** All series at other times inside the run, interpolated at the solver's order. */
  sample(times: ArrayLike<number>): Trajectory;
  /** Remarks a user should see, e.g. why an error bar is missing. */
  readonly notes: readonly string[];
  /** Of a partial result that is not the theory's yet: how far it came, e.g. "8 of 80 iterations, not converged". */
  readonly unfinished?: string;
  /** Number of independent samples, where the theory is itself a mean over samples. */
  readonly samples?: number;
  readonly events?: Events;
  /** Estimated numerical errors of the events of a deterministic theory, where known. */
  readonly eventError?: Readonly<Record<string, number>>;
  readonly summary?: Summary;
  readonly work?: SolverWork;
  /** Series that lack what a finite system adds to them, and are not held against its mean; a note says why. */
  readonly untested?: readonly string[];
}

/** Where a solver has its two-time functions: for each time t a row of times t′ ≤ t. */
export interface TwoTimeNodes {
  /** The times t, ascending. */
  readonly time: Float64Array;
  /** The times t′ of row k, ascending; without it they are those of `time`, up to time[k]. */
  earlier?(k: number): Float64Array;
  /** A function on row k as {@link TwoTimeSolution.estimate} gives it, but all at once; undefined where that is no faster. */
  row?(quantity: string, k: number): readonly Estimate[] | undefined;
}

/** A solution with two-time functions; `estimate` adds the numerical error to a value. */
export interface TwoTimeSolution extends Solution, TwoTimeField {
  estimate(quantity: string, t: number, tPrime: number): Estimate;
  /** What {@link estimate} knows: correlation, response and, of some theories, kernels. */
  readonly twoTime: readonly string[];
  /** The solver's own nodes, where they are others than its times, or known faster than pair by pair. */
  readonly nodes?: TwoTimeNodes;
}

/** Two-time quantities at requested pairs: `series[name][k]` belongs to `pairs[k]` = [t, t']. */
export interface PairSeries {
  readonly pairs: readonly (readonly [number, number])[];
  readonly series: Readonly<Record<string, Float64Array>>;
  readonly standardError: Readonly<Record<string, Float64Array>>;
  readonly curves?: Readonly<Record<string, readonly Float64Array[]>>;
}

/** Mean over independent samples of a finite system, with the standard error of that mean. */
export interface Ensemble extends Trajectory {
  readonly standardError: Readonly<Record<string, Float64Array>>;
  /** Number of independent samples (replicas that share a disorder count as one). */
  readonly samples: number;
  /** Number of degrees of freedom, for finite-size extrapolation. */
  readonly size: number;
  /** Two-time quantities at the requested pairs. */
  readonly twoTime?: PairSeries;
  readonly events?: Events;
  readonly summary?: Summary;
  /** Medians over the samples, of the series where they are wanted. */
  readonly median?: {
    readonly series: Readonly<Record<string, Float64Array>>;
    readonly standardError: Readonly<Record<string, Float64Array>>;
  };
  /** Series that are fractions of the samples. */
  readonly fractions?: readonly string[];
  /** Time up to which the events were looked for, in every sample; `time` may end earlier. */
  readonly until?: number;
  /** Remarks a user should see, e.g. how many samples ran into a step limit. */
  readonly notes?: readonly string[];
}

/** A complex number, e.g. an eigenvalue. */
export interface Complex {
  readonly real: number;
  readonly imaginary: number;
}

/**
 * A closed-form value: a number, a complex number, or one of the words "infinity", "never", "undefined", or a phase;
 * a list of them is a vector (or several roots), a list of lists a matrix.
 */
export type Prediction = number | string | Complex | readonly Prediction[];
export type Predictions = Readonly<Record<string, Prediction>>;

/** What a system's own search comes to: a schedule by time, and numbers of it. */
export interface Optimum {
  /** E.g. learningRate, batchSize, momentum, at the times of the report. */
  readonly schedule: Trajectory;
  /** E.g. the loss that is reached. */
  readonly values: Predictions;
  /** Estimated numerical errors of the values, where known. */
  readonly errors?: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}
