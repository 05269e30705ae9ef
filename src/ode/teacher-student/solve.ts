import { requireBudget } from "../../core/budget";
import { between, numberList, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InterruptedError, InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import {
  checkOrderParameters,
  checkRegularStart,
  checkTeacherStudent,
  createDrift,
  createLayout,
  createObserver,
  type OrderParameters,
  SPECIALISED,
  separationGauge,
  symmetryOf,
  type TeacherStudent,
} from "../../models/teacher-student";
import type { Schedule } from "../../schedule";
import { type EventSearch, type IntegratedPath, integrate, type SearchEnd } from "../integrate";
import type { Path } from "../path";
import { COARSER, errorsOf, timeError } from "../run-error";

/** How to integrate the order parameters of a teacher and a student. */
export interface TeacherStudentOdeMethod {
  /** Last time t of the path; a specialisation that has not come by then is followed further. */
  readonly until: number;
  /** Error allowed for a step, relative and absolute; default 1e-12. */
  readonly tolerance?: number;
  /** Fresh examples B of a step; default 1, Infinity for no noise at all. */
  readonly batch?: number;
}

/** The order parameters of one start, along t. */
export interface OrderPath {
  /** Every quantity of `createObserver` at times from 0 to `until`, and its numerical error. */
  sample(times: ArrayLike<number>): {
    readonly series: Readonly<Record<string, Float64Array>>;
    /** Largest difference around t from a run with `COARSER` times the tolerance; absent where that run was not finished. */
    readonly error?: Readonly<Record<string, Float64Array>>;
  };
  /** Ends of the solver's steps. */
  readonly nodes: Float64Array;
  /**
   * The search for the specialisation, and the numerical error of its time, which is known before `until`; absent where the
   * teacher has no units to choose between. Where the start is alike to all of them it ends with "symmetry", as never.
   */
  readonly specialisation?: Specialisation;
}

interface Specialisation extends Omit<EventSearch, "end"> {
  readonly end: SearchEnd | "symmetry";
  readonly error?: number;
}

/** Infinitely many inputs keep a symmetry of the start for ever. */
const NEVER: Specialisation = { time: Infinity, end: "symmetry", until: Infinity };

const LOOSEST = 1e-6;
/** Seconds of an average over two pairs of units, of which the noise needs all, and how often a run asks for them. */
const SECONDS = 2.5e-8;
const EVALUATIONS = 3000;

/** About what {@link solveTeacherStudentOde} takes, in seconds: it grows with the fourth power of the widths. */
export function equationSeconds(network: TeacherStudent): number {
  checkTeacherStudent(network);
  const { studentWidth, teacherWidth } = network;
  const pairs = (studentWidth * (studentWidth + teacherWidth)) / 2;
  return SECONDS * EVALUATIONS * pairs ** 2;
}

/**
 * Integrates the order parameters of an erf network under online SGD, N → ∞ (equations TS.7 to TS.9), through the kinks of the
 * schedule, and locates the specialisation (TS.11) as an event. Where it has not come by `until`, it is looked for at
 * most to max(100·until, 1000).
 *
 * @throws InvalidParameterError for another activation, a start that no vectors have, or a schedule that is singular at
 *   t = 0; ConvergenceError where the solution diverges, InterruptedError after an abort, both with the {@link OrderPath} so
 *   far as `partial`.
 */
export async function solveTeacherStudentOde(
  network: TeacherStudent,
  start: OrderParameters,
  schedule: Schedule,
  method: TeacherStudentOdeMethod,
  options: Options = {},
): Promise<OrderPath> {
  checkCall({ network, start, schedule, method }, options);
  checkTeacherStudent(network);
  if (network.activation !== "erf") {
    const allowed = '"erf" for the order-parameter equations: the others can be simulated only';
    throw new InvalidParameterError("activation", network.activation, allowed);
  }
  const { studentWidth: value } = network;
  requireBudget([{ parameter: "studentWidth", value, seconds: equationSeconds(network) }], options);
  checkOrderParameters(network, start);
  checkRegularStart(schedule);
  positive("until", method.until);
  const tolerance = between("tolerance", method.tolerance ?? 1e-12, 1e-13, LOOSEST);
  const batch = method.batch ?? 1;
  if (!(batch >= 1)) throw new InvalidParameterError("batch", batch, "a number of at least 1");

  const y0 = createLayout(network).pack(start);
  const drift = createDrift(network, start, batch);
  const symmetry = symmetryOf(network, start);
  const separation = separationGauge(network, start);
  const run = (allowed: number) =>
    integrate(
      {
        label: "order-parameter equations",
        derivative: (t, y, out) => {
          drift(schedule.rate(t), y, out);
          symmetry.symmetrise(out);
        },
        start: y0,
        until: method.until,
        tolerance: allowed,
        kinks: schedule.kinks,
        segmentSteps: segmentSteps(network),
        timeDependent: schedule.end < Infinity || schedule.rate(0) !== schedule.rate(1e300),
        // The event of the answer is enough.
        ...(allowed === tolerance &&
          separation &&
          !symmetry.isBlind && { event: (y) => SPECIALISED - separation(y) }),
      },
      options,
    );
  const path = (answer: IntegratedPath, coarser?: IntegratedPath) =>
    orderPath(network, start, answer, coarser, separation && (symmetry.isBlind ? NEVER : separation));

  const coarser = await run(COARSER * tolerance).catch(stopWith((partial) => path(partial)));
  const answer = await run(tolerance).catch(stopWith((partial) => path(partial, coarser)));
  return path(answer, coarser);
}

/** So many steps that they take some ten milliseconds: the noise has about (K(K + M))²/4 terms. */
function segmentSteps({ studentWidth, teacherWidth }: TeacherStudent): number {
  const terms = (studentWidth * (studentWidth + teacherWidth)) ** 2;
  return Math.max(1, Math.min(32, Math.floor(15_000 / terms)));
}

function orderPath(
  network: TeacherStudent,
  start: OrderParameters,
  { path, event }: IntegratedPath,
  coarser: IntegratedPath | undefined,
  search: ReturnType<typeof separationGauge> | typeof NEVER,
): OrderPath {
  const observer = createObserver(network, start);
  const observe = (from: Path, times: ArrayLike<number>) => {
    const series = observer.names.map(() => new Float64Array(times.length));
    const values = new Float64Array(series.length);
    for (let k = 0; k < times.length; k++) {
      observer.observeInto(from.at(times[k]), values);
      for (const [i, curve] of series.entries()) curve[k] = values[i];
    }
    return series;
  };
  const named = (curves: readonly Float64Array[]) =>
    Object.fromEntries(observer.names.map((name, i) => [name, curves[i]]));
  return {
    sample(times) {
      numberList("times", times);
      const series = observe(path, times);
      if (!coarser) return { series: named(series) };
      const error = errorsOf(observe, path, coarser.path, times);
      return { series: named(series), error: named(error) };
    },
    nodes: path.nodes(),
    ...(typeof search === "object" && { specialisation: search }),
    ...(typeof search === "function" && {
      specialisation: {
        ...event,
        ...(coarser &&
          event.time <= path.end() && { error: timeError(search, event.time, path, coarser.path) }),
      },
    }),
  };
}

/** Passes a failure on, with an {@link OrderPath} in place of the integrator's partial result. */
function stopWith(path: (partial: IntegratedPath) => OrderPath): (error: unknown) => never {
  return (error) => {
    if (error instanceof ConvergenceError) {
      throw error.withPartial(path(error.details.partial as IntegratedPath));
    }
    if (error instanceof InterruptedError) {
      throw error.withPartial(path(error.partial as IntegratedPath));
    }
    throw error;
  };
}
