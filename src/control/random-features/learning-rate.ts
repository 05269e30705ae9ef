import { between, floats, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError, inBytes } from "../../core/errors";
import { keepState } from "../../core/kept-state";
import { createPacer, type Options } from "../../core/options";
import type { SavedKind } from "../../core/saved-states";
import type { Modes } from "../../models/random-features/modes";
import { checkSteps } from "../../models/random-features/steps";
import { createDescent, descentBytes } from "./descent";
import { identify } from "./kept";

/** How to look for the best learning rates. */
export interface RateSearch {
  /** Largest rate allowed; null for none, which only small batches allow. */
  readonly cap: number | null;
  /** Estimated error of the excess loss at which the search ends, relative to it; default 1e-10. */
  readonly tolerance?: number;
  /** Rates to start from; default 0.1/λ_1, or the cap. All starts tried lead to one minimum. */
  readonly start?: Float64Array;
  /** Most sweeps, default 500. */
  readonly sweeps?: number;
}

/** The best learning rates. */
export interface OptimalRates {
  readonly rate: Float64Array;
  /** L(T) − s2. */
  readonly excess: number;
  /** Its distance to the minimum, as estimated from the convergence of the sweeps. */
  readonly error: number;
  readonly sweeps: number;
}

/** With larger batches and no cap the optimum is no schedule of SGD any more. */
const LARGEST_UNCAPPED = 4;
const MOST_BYTES = 1e9;

/**
 * The learning rates with the least loss after T = batch.length steps, by exact coordinate descent (RF.11).
 *
 * @throws InvalidParameterError, also named `horizon` where modes times steps do not fit into a gigabyte, and `cap` for a
 *   batch above 4 without one; ConvergenceError with the {@link OptimalRates} so far as `partial` when the sweeps end before
 *   the tolerance; InterruptedError after an abort, likewise.
 */
export async function optimalRates(
  modes: Modes,
  batch: Float64Array,
  search: RateSearch,
  options: Options = {},
): Promise<OptimalRates> {
  checkCall({ modes, search }, options);
  floats("batch", batch);
  const { cap, sweeps = 500 } = search;
  const largest = modes.eigenvalue.reduce((x, y) => Math.max(x, y), 0);
  const tolerance = between("tolerance", search.tolerance ?? 1e-10, 1e-14, 0.1);
  const first = Math.min(0.1 / largest, cap === null ? Infinity : positive("cap", cap));
  const start = search.start ?? new Float64Array(batch.length).fill(first);
  checkSteps({ rate: start, batch });
  checkCap(cap, batch);
  checkMemory(modes, batch.length);

  const kept = await keepState(sweepsOf({ modes, batch, cap, start }, batch.length), options.checkpoint);
  let state: Sweeps = kept.found ?? {
    rate: start,
    excess: Infinity,
    gain: Infinity,
    left: Infinity,
    sweeps: 0,
  };
  const descent = createDescent(modes, batch, cap ?? Infinity, state.rate);
  const resultOf = ({ excess, left, sweeps: done }: Sweeps): OptimalRates => ({
    rate: descent.rate,
    excess,
    error: left + ROUNDING * (excess + modes.floor),
    sweeps: done,
  });
  const partial = () => ({ ...resultOf(state), rate: Float64Array.from(descent.rate) });
  const pacer = createPacer("optimal learning rates", sweeps, options, partial);
  const paced = async (pass: Generator<void, number>): Promise<number> => {
    let step = pass.next();
    for (; !step.done; step = pass.next()) if (pacer.due()) await pacer.pause(state.sweeps);
    return step.value;
  };

  try {
    if (kept.found && state.left <= tolerance * state.excess) return resultOf(state);
    let excess = await paced(descent.begin());
    while (state.sweeps < sweeps) {
      const next = await paced(descent.sweep());
      const gain = Math.max(0, excess - next);
      const left = remaining(gain, state.gain);
      state = { rate: Float64Array.from(descent.rate), excess: next, gain, left, sweeps: state.sweeps + 1 };
      if (left <= tolerance * next) return resultOf(state);
      await kept.tell(() => state);
      excess = next;
    }
  } finally {
    await kept.save(state);
  }
  throw new ConvergenceError(`The learning rates did not settle to ${tolerance} in ${sweeps} sweeps.`, {
    reached: state.sweeps,
    advice: "Allow more sweeps or a larger tolerance.",
    partial: partial(),
  });
}

/** A descent after some sweeps: all that the next ones depend on. */
interface Sweeps {
  readonly rate: Float64Array;
  readonly excess: number;
  /** What the last sweep has gained, and what all that follow may gain. */
  readonly gain: number;
  readonly left: number;
  readonly sweeps: number;
}

/** The sweeps of a search as what a checkpoint store keeps. */
const sweepsOf = (problem: object, horizon: number): SavedKind<Sweeps> => ({
  identity: identify("learning rates", problem),
  codec: {
    pack: ({ rate, excess, gain, left, sweeps }) => ({
      rate,
      numbers: Float64Array.of(excess, gain, left, sweeps),
    }),
    unpack({ rate, numbers: [excess, gain, left, sweeps] }) {
      if (rate.length !== horizon) throw new RangeError("rates of another horizon");
      return { rate, excess, gain, left, sweeps };
    },
  },
  stepsOf: ({ sweeps }) => sweeps,
});

const ROUNDING = 1e-15;

/** Gains fall geometrically, at first faster than in the end: no smaller ratio is trusted. */
const LEAST_RATIO = 0.75;

/** What a geometric series of gains still has to come. */
function remaining(gain: number, lastGain: number): number {
  if (gain === 0) return 0;
  const ratio = Math.max(LEAST_RATIO, gain / lastGain);
  return ratio < 1 ? gain * (ratio / (1 - ratio)) : Infinity;
}

/** @throws InvalidParameterError for a batch above 4 without a cap. */
export function checkCap(cap: number | null, batch: Float64Array): void {
  const largest = batch.reduce((x, y) => Math.max(x, y), 0);
  if (cap !== null || largest <= LARGEST_UNCAPPED) return;
  const allowed = `a largest rate (1/λ_1 = 1, or below stabilityRate) for a batch above ${LARGEST_UNCAPPED}`;
  const why =
    "without one the optimum is a set of wild steps that fit the moments of Gaussian features, no schedule of SGD";
  throw new InvalidParameterError("cap", cap, `${allowed}: ${why}`);
}

/** @throws InvalidParameterError named `horizon` */
export function checkMemory(modes: Modes, horizon: number, numbers = 1): void {
  const count = modes.eigenvalue.length;
  const bytes = numbers * descentBytes(count, horizon);
  if (bytes <= MOST_BYTES) return;
  const most = Math.floor(MOST_BYTES / (8 * numbers * count)) - 2;
  const allowed = `at most ${most} steps with ${count} modes: all of them are kept, ${inBytes(bytes)} here; more features in bins, or the dynamics "additive", take less`;
  throw new InvalidParameterError("horizon", horizon, allowed);
}
