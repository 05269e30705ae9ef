import { fraction, integerAtLeast, oneOf } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { ProcessMethod } from "../process/method";

/** Iterated sampling of the effective process with decreasing gain. */
export interface DampedMethod extends ProcessMethod {
  /** Default 80. */
  readonly iterations?: number;
  /** Share of each of the first iterations in the mean, above 0 and at most 1; default 0.8. */
  readonly gain?: number;
  /**
   * Iterations with that gain, before it falls as 2/(i + 3), or 2/(i + 43) from the particles' kernels; default 12, or a fifth of
   * the steps where that is more, and 0 from the particles' kernels.
   */
  readonly hold?: number;
  /** Where it starts: from the kernels of interacting particles (default), or from the paper's guess, without a memory. */
  readonly guess?: (typeof GUESSES)[number];
  /** "exact" (default), or an estimate by this many random-sign probes a trajectory: for many steps. */
  readonly response?: "exact" | { readonly probes: number };
  /** Whether every iteration draws new random numbers; default true. Without, the fixed point is that of one sample. */
  readonly fresh?: boolean;
}

export const GUESSES = ["particles", "paper"] as const;

export const TRAJECTORIES = 1024;
const ITERATIONS = 80;
const RUNS = 8;
const GAIN = 0.8;
const HOLD = 12;
/** For so many passes the particles' kernels count: at their weight a pass of 1024 trajectories moves the overlap by less than it errs. */
const START = 40;

/** The iteration with all its numbers. */
export interface Iteration {
  readonly iterations: number;
  readonly runs: number;
  /** 0 for exact responses. */
  readonly probes: number;
  readonly fresh: boolean;
  readonly guess: (typeof GUESSES)[number];
  /**
   * γ_i of (P.27), the share of a pass in the new order functions: constant at first, then such that later passes are
   * averaged.
   */
  gainOf(pass: number): number;
  /** What the state of a run depends on, besides its setup. */
  readonly identity: readonly (number | boolean)[];
}

/** @param isStarted whether the particles' kernels that were wanted could be had @throws InvalidParameterError */
export function planIteration(method: DampedMethod, nodes: number, isStarted = true): Iteration {
  const { iterations = ITERATIONS, runs = RUNS, gain = GAIN, fresh = true } = method;
  const guess = oneOf("method.guess", method.guess ?? "particles", GUESSES);
  const isGood = isStarted && guess === "particles";
  const usual = isGood ? 0 : Math.max(HOLD, Math.ceil(nodes / 5));
  const hold = integerAtLeast("method.hold", method.hold ?? usual, 0);
  const weight = 3 + (isGood ? START : 0);
  const probes = probesOf(method);
  return {
    iterations: integerAtLeast("method.iterations", iterations, 2),
    runs,
    probes,
    fresh,
    guess,
    gainOf: (pass) => (pass < hold ? gain : Math.min(gain, 2 / (pass - hold + weight))),
    identity: [fraction("method.gain", gain), hold, probes, fresh, isGood],
  };
}

function probesOf({ response = "exact" }: DampedMethod): number {
  if (response === "exact") return 0;
  if (typeof response !== "object") {
    throw new InvalidParameterError("method.response", response, '"exact" or { probes }');
  }
  return integerAtLeast("method.response.probes", response.probes, 1);
}
