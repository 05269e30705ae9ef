import { between, numberList, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InterruptedError } from "../../core/errors";
import type { Options } from "../../core/options";
import {
  checkNetwork,
  checkState,
  createDrift,
  type ExitRule,
  exitGauge,
  type NetworkState,
  observeInto,
  packState,
  type QuadraticNetwork,
  quantityNames,
} from "../../models/quadratic-network";
import { type EventSearch, type IntegratedPath, integrate } from "../integrate";
import type { Path } from "../path";
import { COARSER, distance, errorsOf, timeError } from "../run-error";

/** How to integrate the order-parameter equations. */
export interface NetworkOdeMethod {
  /** Last time t of the path; an exit that has not come by then is followed further. */
  readonly until: number;
  /** Error allowed for a step, relative and absolute; default 1e-12. */
  readonly tolerance?: number;
  /** When the network counts as having left its plateau. */
  readonly exit?: ExitRule;
  /** Keeps the factors 1 + 6/d and 1 + 2/d of a finite dimension, see {@link createDrift}. */
  readonly finiteDimension?: boolean;
}

/** The order parameters of one start, along t. */
export interface NetworkPath {
  /** Every quantity of `quantityNames` at times from 0 to `until`. */
  sample(times: ArrayLike<number>): Readonly<Record<string, Float64Array>>;
  /** Their numerical errors: largest differences around t from a run with 1000 times the tolerance; absent where it was not finished. */
  errors?(times: ArrayLike<number>): Readonly<Record<string, Float64Array>>;
  /** Ends of the solver's steps. */
  readonly nodes: Float64Array;
  /** First time of the exit rule, which may lie beyond `until`; Infinity where it was not met. */
  readonly exitTime: number;
  /** Numerical error of the exit, where there is one in the looser run too. */
  readonly exitError?: number;
  /** How the search for the exit ended, and how far it went: see {@link EventSearch}. */
  readonly exitSearch: EventSearch;
}

/** Loosest tolerance at which the interpolation between steps is still worth it. */
const LOOSEST = 1e-3;
/** Loosest tolerance of the run that tells the error. */
const LOOSEST_COARSER = 1e-2;

/**
 * Integrates the deterministic order-parameter equations (Escaping mediocrity, eqs. (17) and (21), corrected; see
 * {@link createDrift}) from one start, for any width, and locates the exit as an event. Where it is not met by `until`, the
 * integration goes on until it is, or the order parameters have come to rest or diverge, at most to max(100·until, 1000).
 *
 * @throws InvalidParameterError; ConvergenceError where the solution diverges, InterruptedError after an abort, both
 *   with the {@link NetworkPath} so far as `partial`.
 */
export async function solveNetworkOde(
  network: QuadraticNetwork,
  start: NetworkState,
  method: NetworkOdeMethod,
  options: Options = {},
): Promise<NetworkPath> {
  checkCall({ network, start, method }, options);
  checkNetwork(network);
  checkState(network, start);
  positive("until", method.until);
  const tolerance = between("tolerance", method.tolerance ?? 1e-12, 1e-14, LOOSEST);
  const drift = createDrift(network, method.finiteDimension);
  const y0 = packState(start);
  const exit = method.exit && exitEvent(network.width, y0, method.exit);
  const run = (allowed: number, event?: typeof exit) =>
    integrate(
      {
        label: "order-parameter equations",
        derivative: (_t, y, out) => drift(y, out),
        start: y0,
        until: method.until,
        tolerance: allowed,
        event,
      },
      options,
    );
  try {
    const coarser = await run(Math.min(LOOSEST_COARSER, COARSER * tolerance), exit).catch(unlessInterrupted);
    return networkPath(network, await run(tolerance, exit), coarser, exit);
  } catch (error) {
    throw withPartial(network, error);
  }
}

/** A looser run that fails where the answer may not leaves its error unknown. */
function unlessInterrupted(error: unknown): undefined {
  if (!(error instanceof ConvergenceError)) throw error;
}

/** Positive until the exit. */
function exitEvent(width: number, y0: ArrayLike<number>, rule: ExitRule): (y: ArrayLike<number>) => number {
  const { measure, level } = exitGauge(width, rule);
  const goal = level(y0);
  return (y) => measure(y) - goal;
}

function networkPath(
  network: QuadraticNetwork,
  { path, event }: IntegratedPath,
  coarser?: IntegratedPath,
  exit?: (y: ArrayLike<number>) => number,
): NetworkPath {
  const names = quantityNames(network.width);
  const named = (curves: readonly Float64Array[]) =>
    Object.fromEntries(names.map((name, i) => [name, curves[i]]));
  const seen = (from: Path, times: ArrayLike<number>) => observe(network, from, times, names);
  return {
    sample: (times) => named(seen(path, numberList("times", times))),
    ...(coarser && { errors: (times) => named(errorsOf(seen, path, coarser.path, times)) }),
    nodes: path.nodes(),
    exitTime: event.time,
    ...(coarser && exit && exitErrorOf(exit, { path, event }, coarser)),
    exitSearch: event,
  };
}

/** Of an exit by `until` from the whole curves; beyond it, where no curve is kept, from the two exits. */
function exitErrorOf(
  exit: (y: ArrayLike<number>) => number,
  { path, event }: IntegratedPath,
  coarser: IntegratedPath,
): { exitError?: number } {
  if (event.time <= path.end()) return { exitError: timeError(exit, event.time, path, coarser.path) };
  const both = Number.isFinite(event.time) && Number.isFinite(coarser.event.time);
  return both ? { exitError: distance(event.time, coarser.event.time) } : {};
}

function observe(
  network: QuadraticNetwork,
  path: Path,
  times: ArrayLike<number>,
  names: readonly string[],
): Float64Array[] {
  const series = names.map(() => new Float64Array(times.length));
  const values = new Float64Array(names.length);
  for (let k = 0; k < times.length; k++) {
    observeInto(network, path.at(times[k]), values);
    for (const [i, curve] of series.entries()) curve[k] = values[i];
  }
  return series;
}

/** The same error, with the path of order parameters in place of the integrator's. */
function withPartial(network: QuadraticNetwork, error: unknown): unknown {
  if (error instanceof ConvergenceError) {
    return error.withPartial(networkPath(network, error.details.partial as IntegratedPath));
  }
  if (error instanceof InterruptedError) {
    return error.withPartial(networkPath(network, error.partial as IntegratedPath));
  }
  return error;
}
