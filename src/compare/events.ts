import type { Ensemble, Solution } from "../core/results";
import { kolmogorovSmirnov } from "../numerics/kolmogorov";
import { fractionError, mean, standardError } from "../numerics/statistics";
import { deviationOf } from "./deviation";

/** Theory against the finite system for what a run, or the whole of them, has once, e.g. an exit. */
export interface EventComparison {
  readonly quantity: string;
  /**
   * Of an event "mean": of the times, where it came in every path and sample; "fraction" of them in which it came, else.
   * None for a quantity of the whole ensemble.
   */
  readonly statistic?: "mean" | "fraction";
  readonly theory: number;
  readonly simulation: number;
  /** Of theory − simulation. */
  readonly standardError: number;
  readonly deviation: number;
  /** Two-sample Kolmogorov-Smirnov test of the times, where the theory has many paths. */
  readonly distribution?: { readonly distance: number; readonly pValue: number };
}

/**
 * Compares the times of every event that both report. A theory without `samples` says one time (or never), others one a
 * path. Where an event did not come in all, only what happened while both were watching counts: up to the end of either
 * run that it is missing from.
 */
export function compareEvents(solution: Solution, ensemble: Ensemble): EventComparison[] {
  const { events = {} } = ensemble;
  return Object.keys(events)
    .filter((quantity) => solution.events && quantity in solution.events)
    .map((quantity) => {
      const [theory, simulation] = [solution.events![quantity], events[quantity]];
      const until = watchedTogether(solution, ensemble, theory, simulation);
      const known = solution.samples === undefined;
      const compared =
        until === Infinity
          ? compareMeans(theory, simulation, known)
          : compareFractions(share(theory, until), share(simulation, until), {
              paths: known ? Infinity : theory.length,
              samples: simulation.length,
            });
      return {
        quantity,
        ...compared,
        ...(!known && { distribution: kolmogorovSmirnov(theory, simulation, until) }),
      };
    });
}

/** Compares every quantity that both report once as a whole. */
export function compareSummaries(solution: Solution, ensemble: Ensemble): EventComparison[] {
  const { summary: simulated = {} } = ensemble;
  return Object.keys(simulated)
    .filter((quantity) => solution.summary && quantity in solution.summary)
    .map((quantity) => {
      const [one, other] = [solution.summary![quantity], simulated[quantity]];
      const error = Math.hypot(one.standardError ?? 0, other.standardError ?? Infinity);
      return { quantity, ...compared(undefined, one.value, other.value, error) };
    });
}

type Compared = Omit<EventComparison, "quantity" | "distribution">;

function compareMeans(theory: Float64Array, simulation: Float64Array, known: boolean): Compared {
  const error = Math.hypot(known ? 0 : errorOf(theory), errorOf(simulation));
  return compared("mean", mean(theory), mean(simulation), error);
}

/** Against another sample the error is that of two equal shares, against a known share the simulation's own. */
function compareFractions(
  theory: number,
  simulation: number,
  { paths, samples }: { readonly paths: number; readonly samples: number },
): Compared {
  if (paths === Infinity) {
    return compared("fraction", theory, simulation, fractionError(simulation, samples));
  }
  const pooled = (paths * theory + samples * simulation) / (paths + samples);
  const error = fractionError(pooled, paths + samples) * (paths + samples);
  return compared("fraction", theory, simulation, error / Math.sqrt(paths * samples));
}

function compared(
  statistic: EventComparison["statistic"],
  theory: number,
  simulation: number,
  error: number,
): Compared {
  return {
    ...(statistic && { statistic }),
    theory,
    simulation,
    standardError: error,
    deviation: deviationOf(theory, simulation, error),
  };
}

/** One time alone says nothing about its error. */
const errorOf = (times: Float64Array) => (times.length > 1 ? standardError(times) : Infinity);

const share = (times: Float64Array, until: number) => times.filter((t) => t <= until).length / times.length;

/** The last time at which both were watched; Infinity where the event came in all. */
function watchedTogether(
  solution: Solution,
  ensemble: Ensemble,
  theory: Float64Array,
  simulation: Float64Array,
): number {
  const theoryEnd = endOf(solution.time);
  // An ensemble that does not tell was watched at least up to its last time and event, or else as long as the theory.
  const seen = Math.max(endOf(ensemble.time), ...simulation.filter(Number.isFinite));
  const simulationEnd = ensemble.until ?? (seen > -Infinity ? seen : theoryEnd);
  return Math.min(
    theory.every(Number.isFinite) ? Infinity : theoryEnd,
    simulation.every(Number.isFinite) ? Infinity : simulationEnd,
  );
}

const endOf = (time: Float64Array) => (time.length > 0 ? time[time.length - 1] : -Infinity);
