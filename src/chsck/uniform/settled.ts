import { numberList } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Estimate, Trajectory } from "../../core/results";
import { plantingOf } from "../../models/planted-start";
import { holdingTemperature } from "../holding";
import type { TwoTimeProblem } from "../problem";
import type { LeveledSolution, LevelSample } from "../solution";

/** Decays of the fastest modes in the first run that may settle; each next is twice as long. */
const FIRST_DECAYS = 40;
/** A run this part of the whole is not worth the try any more. */
const LONGEST_PART = 0.4;
/** How far above the temperature where the landscape begins to hold the state, to be tried at all. */
const HOT = 1.2;
/** Of the tolerance: what may be left of the past half a run ago, and what may still change. */
const FORGOTTEN = 0.01;
const STILL = 0.1;
/** What is compared: an earlier time, and lags, as shares of the run. */
const EARLIER = 0.7;
const LAGS = [0.01, 0.03, 0.1, 0.2, 0.35];

/**
 * At a constant rate and T_eff above all transitions the system comes to equilibrium, where C and R depend on the lag alone and
 * nothing else changes: what comes later need not be solved, however stiff T_eff is and however long the run. Solves longer
 * and longer runs until one has settled, with `solve`; undefined where none does, or there is no hope.
 */
export async function solveSettled(
  problem: TwoTimeProblem,
  until: number,
  { decays, tolerance }: { readonly decays: number; readonly tolerance: number },
  solve: (until: number) => Promise<LeveledSolution>,
): Promise<LeveledSolution | undefined> {
  if (!comesToEquilibrium(problem, until)) return undefined;
  for (let wanted = FIRST_DECAYS; wanted < LONGEST_PART * decays; wanted *= 2) {
    const end = until * (wanted / decays);
    const solution = await solve(end).catch(refusedAsTooLong);
    if (!solution) return undefined;
    const { left, drift } = settlement(solution, end);
    if (left <= FORGOTTEN * tolerance && drift <= STILL * tolerance) {
      return goOn(solution, { end, until, left, change: left + drift });
    }
  }
  return undefined;
}

/** Where the solver refuses a run as too long, a longer one is too. */
function refusedAsTooLong(error: unknown): undefined {
  if (error instanceof InvalidParameterError && error.parameter === "method.until") return undefined;
  throw error;
}

/** Whether the rate is constant and the heat such that C falls to 0: no field, no signal, and above the plateaus by the factor `hot`. */
export function comesToEquilibrium(problem: TwoTimeProblem, until: number, hot = HOT): boolean {
  const { covariance, temperature, schedule } = problem;
  const rate = schedule.rate(0);
  const isConstant = schedule.kinks.length === 0 && schedule.rate(until) === rate && rate < Infinity;
  const isFree = covariance.first(0) === 0 && (plantingOf(problem)?.overlap ?? 1) === 1;
  if (!isConstant || !isFree || problem.initialOverlap !== undefined) return false;
  return temperature * rate > hot * holdingTemperature(covariance);
}

/** What is left of the past at the end of a run, and what has changed in its last part. */
function settlement(solution: LeveledSolution, end: number): { left: number; drift: number } {
  const past = (quantity: string) => Math.abs(solution.estimate(quantity, end, end / 2).value);
  const left = Math.max(past("correlation"), past("response"));
  const { series } = solution.sample([EARLIER * end, end]);
  let drift = Math.max(...Object.values(series).map(([before, now]) => Math.abs(now - before)));
  for (const quantity of solution.twoTime) {
    for (const lag of LAGS) {
      const at = (t: number) => solution.estimate(quantity, t, t - lag * end).value;
      drift = Math.max(drift, Math.abs(at(end) - at(EARLIER * end)));
    }
  }
  return { left, drift };
}

/** What is known of a run that has settled by `end`: what is left of the past after half of it, and what may still change. */
interface Settled {
  readonly end: number;
  readonly until: number;
  readonly left: number;
  readonly change: number;
}

/** A solution that has settled by `end`, for times up to `until`; beyond `end` its errors are larger by `change`. */
function goOn(solution: LeveledSolution, { end, until, left, change }: Settled): LeveledSolution {
  const inside = (parameter: string, t: number) => {
    if (t >= 0 && t <= until * (1 + 1e-12)) return Math.min(t, end);
    throw new InvalidParameterError(parameter, t, `0 to ${until}, the times that were solved`);
  };
  const clamp = (times: ArrayLike<number>) => numberList("times", times).map((t) => inside("time", t));
  const raised = (error: Float64Array, times: ArrayLike<number>) =>
    error.map((value, k) => (times[k] > end ? value + change : value));

  function sample(times: ArrayLike<number>): Trajectory {
    const { series, error = {} } = solution.sample(clamp(times));
    const errors = Object.entries(error).map(([name, values]) => [name, raised(values, times)]);
    return { time: Float64Array.from(times), series, error: Object.fromEntries(errors) };
  }

  function estimate(quantity: string, t: number, tPrime: number): Estimate {
    const late = inside("time", Math.max(t, tPrime));
    inside("timePrime", Math.min(t, tPrime));
    const lag = Math.abs(t - tPrime);
    if (late < end || lag === 0 || (quantity === "response" && t < tPrime)) {
      return solution.estimate(quantity, Math.min(t, end), Math.min(tPrime, end));
    }
    // Every half run leaves the same part of what the one before it left.
    if (lag >= end) return { value: 0, error: left ** ((2 * lag) / end) };
    const { value, error = 0 } = solution.estimate(quantity, end, end - lag);
    return { value, error: error + change };
  }

  return {
    ...solution,
    ...sample([...solution.time, until]),
    sample,
    derived: (times, of) => {
      const beyond =
        (level: LevelSample): LevelSample =>
        (at) =>
          level(clamp(at));
      const { value, error } = solution.derived(clamp(times), (level, at) => of(beyond(level), at));
      return { value, ...(error && { error: raised(error, times) }) };
    },
    estimate,
    correlation: (t, tPrime) => estimate("correlation", t, tPrime).value,
    response: (t, tPrime) => estimate("response", t, tPrime).value,
    notes: [
      ...solution.notes,
      `from t = ${end.toPrecision(3)} on it is in equilibrium, to ${change.toPrecision(2)}: later values are those of that time and the same lag`,
    ],
  };
}
