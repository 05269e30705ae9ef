import type { z } from "zod";
import type { Citation } from "../core/citations";
import type { Options } from "../core/options";
import type { Ensemble, Predictions, Solution } from "../core/results";

/** A quantity that a system's theory or simulation reports. */
export interface QuantityInfo {
  readonly name: string;
  /** What it depends on: a time, or a pair of times; "run": a run has it once. */
  readonly of: "time" | "pair" | "run";
  readonly meaning: string;
}

export interface PredictionInfo {
  readonly name: string;
  readonly meaning: string;
}

/** What to report: times, pairs [t, t'], quantities (all when left out), and the single samples. */
export interface Report {
  readonly times: readonly number[];
  readonly pairs: readonly (readonly [number, number])[];
  readonly quantities?: readonly string[];
  readonly samples: boolean;
}

/**
 * A system ties theory, finite system and closed forms to one set of parameters. Command line, report and
 * figures know systems only through this record.
 *
 * `P`, `M`, `S` are the validated parameters, method and simulation.
 */
export interface System<P = unknown, M = unknown, S = unknown> {
  readonly name: string;
  readonly title: string;
  /** Schemas validate, fill defaults, and describe themselves for `twotime list`. */
  readonly parameters: z.ZodType<P>;
  /** How to solve, by kind; the first is the default. */
  readonly methods: Readonly<Record<string, z.ZodType<M>>>;
  readonly simulation: z.ZodType<S>;
  readonly quantities: readonly QuantityInfo[];
  readonly predictions: readonly PredictionInfo[];
  readonly citations: readonly Citation[];
  /** Loads the solvers behind the schema. */
  load(): Promise<SystemCode<P, M, S>>;
}

/** The working part of a system. */
export interface SystemCode<P, M, S> {
  /** The equation being solved, with the numbers filled in. */
  describe(parameters: P): string;
  solve(parameters: P, method: M, options?: Options): Promise<Solution>;
  simulate(parameters: P, simulation: S, report: Report, options?: Options): Promise<Ensemble>;
  predict(parameters: P): Predictions;
}
