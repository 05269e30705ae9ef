import type { z } from "zod";
import type { Citation } from "../core/citations";
import type { Options } from "../core/options";
import type { PoolTask } from "../core/pool";
import type { Ensemble, Optimum, Predictions, Solution } from "../core/results";
import type { Figure } from "../figures/kit/figure";

/** A quantity that a system's theory or simulation reports. */
export interface QuantityInfo {
  readonly name: string;
  /** As the papers write it; on axes and in tables. */
  readonly symbol: string;
  /**
   * What it depends on: a time, or a pair of times; "run": every run has it once, e.g. its exit time; "ensemble": the
   * whole result has it once.
   */
  readonly of: "time" | "pair" | "run" | "ensemble";
  readonly meaning: string;
  /** Of a pair: 0 for t < t′. The others are symmetric. */
  readonly causal?: true;
  /** Of a pair: an integral for every one, which fields have only where it is named. */
  readonly costly?: true;
}

export interface PredictionInfo {
  readonly name: string;
  readonly symbol?: string;
  readonly meaning: string;
  /** The quantity along a run that it is a level of, e.g. where it ends; "time": it is a moment of the run. */
  readonly levelOf?: string;
}

/** What to report: times, pairs [t, t'], quantities (all when left out), and the single samples. */
export interface Report {
  readonly times: readonly number[];
  readonly pairs: readonly (readonly [number, number])[];
  readonly quantities?: readonly string[];
  readonly samples: boolean;
  /** The two-time functions as wholes, where they are asked for. */
  readonly fields?: FieldsRequest;
}

/** What is asked of two-time functions as wholes. */
export interface FieldsRequest {
  /** The times t and t′; left out, the solver's own nodes. */
  readonly times?: readonly number[];
  /** Names of the functions; left out, those that are no integrals of others. */
  readonly quantities?: readonly string[];
}

/** In place of a schema: why a system has no finite system to simulate. */
export interface Absent {
  readonly absent: string;
}

// biome-ignore lint/suspicious/noExplicitAny: pieces and results are each task's own business
export type AnyTask = PoolTask<any, unknown>;

/**
 * A system ties theory, finite system and closed forms to one set of parameters, and registers all that belongs to it.
 * Command line, report, workers and figures know systems only through this record.
 */
export interface System<
  Name extends string = string,
  Parameters extends z.ZodType = z.ZodType,
  Method extends z.ZodType = z.ZodType,
  Simulation extends z.ZodType = z.ZodType,
  Solved extends Solution = Solution,
  Goal extends z.ZodType | undefined = z.ZodType | undefined,
> {
  readonly name: Name;
  readonly title: string;
  /** Schemas validate, fill defaults, and describe themselves (meaning, symbol, unit) for `twotime list`. */
  readonly parameters: Parameters;
  /** How to solve, by kind; the first is the default. A schema without `until` is a method without an end. */
  readonly methods: Readonly<Record<string, Method>>;
  /** Methods that keep their state in a checkpoint, and go on from it. */
  readonly resumable?: readonly string[];
  /**
   * Of what computes the numbers, by the kind of method, and of "simulation", "predictions" and "optimise" where there are
   * such: raised with every change after which the same config may give other numbers, or rows. Points of a sweep are known
   * by it: those of another version are computed again.
   */
  readonly versions: Readonly<Record<string, number>>;
  /** How to simulate the finite system, or why there is none. */
  readonly simulation: Simulation | Absent;
  /** What `optimise` takes, of a system with a search of its own; left out, schedule parameters are searched. */
  readonly optimise?: Goal;
  readonly quantities: readonly QuantityInfo[];
  readonly predictions: readonly PredictionInfo[];
  readonly citations: readonly Citation[];
  /** A config to start from, without the name of the system. */
  readonly example: Readonly<Record<string, unknown>>;
  /** "step" where time counts whole steps: default report times are whole then. Else time is continuous. */
  readonly timeUnit?: "step";
  /** In place of timeUnit, where it depends on the parameters whether time counts whole steps. */
  countsSteps?(parameters: z.output<Parameters>): boolean;
  /** The end of a run that neither method nor simulation says, e.g. the horizon of the schedule. */
  end?(parameters: z.output<Parameters>): number;
  /** What its computations send to workers, by the name of the task. */
  readonly tasks: Readonly<Record<string, () => Promise<AnyTask>>>;
  /** Its figures, in the order of the report. */
  figures?(): Promise<{ readonly figures: readonly Figure[] }>;
  /** Loads the solvers behind the schema. */
  load(): Promise<SystemCode<z.output<Parameters>, z.output<Method>, z.output<Simulation>, Solved>>;
}

/** The working part of a system; `P`, `M`, `S` are the validated parameters, method and simulation. */
export interface SystemCode<P = unknown, M = unknown, S = unknown, Solved extends Solution = Solution> {
  /** The equation being solved, with the numbers filled in. */
  describe(parameters: P): string;
  /** @param report what will be asked of the solution, where that is known: some is only worth its cost then. */
  solve(parameters: P, method: M, options?: Options, report?: Report): Promise<Solved>;
  /** There unless the record says why not. */
  simulate?(parameters: P, simulation: S, report: Report, options?: Options): Promise<Ensemble>;
  /** A promise where the formulas need numbers that take a while. */
  predict(parameters: P): Predictions | Promise<Predictions>;
  /** What a reader of the closed forms should know of these parameters. */
  predictionNotes?(parameters: P): readonly string[];
  /** There where the record has a schema for it. */
  optimise?(parameters: P, goal: unknown, report: Report, options?: Options): Promise<Optimum>;
}

/** A record with its types inferred. */
export function defineSystem<
  const Name extends string,
  Parameters extends z.ZodType,
  Method extends z.ZodType,
  Simulation extends z.ZodType,
  Solved extends Solution,
  Goal extends z.ZodType | undefined = undefined,
>(
  record: System<Name, Parameters, Method, Simulation, Solved, Goal>,
): System<Name, Parameters, Method, Simulation, Solved, Goal> {
  return record;
}
