import { requireBudget } from "../../core/budget";
import { integerAtLeast, oneOf, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import {
  checkOrderParameters,
  checkRegularStart,
  checkTeacherStudent,
  type OrderParameters,
  type TeacherStudent,
} from "../../models/teacher-student";
import { createSchedule, type ScheduleSpec } from "../../schedule";
import { curveCost } from "../curve-cost";
import { reportTimes } from "../report-times";

/** A student, its teacher, and how it is trained: plain data. */
export interface TeacherStudentProblem {
  readonly network: TeacherStudent;
  /** The learning rate by t = steps/N, or by steps. */
  readonly schedule: ScheduleSpec | number;
  readonly scheduleCounts: "time" | "steps";
  /** The second layer learns by η/N a step (of the order-parameter equations), or by η. */
  readonly secondLayerRate: "per-dimension" | "per-step";
  /** Overlaps and second layers, or "random": w and w* of independent normals, v = v* = 1. */
  readonly start: OrderParameters | "random";
}

/** How to simulate SGD. Plain data. */
export interface TeacherStudentSimulation {
  /** N, at least K + M. */
  readonly dimension: number;
  /** P examples drawn once, or null: a fresh example every time (online). */
  readonly dataSet: number | null;
  /** B, the examples of a step: different ones of the data set, all of them at B = P. */
  readonly batch: number;
  readonly samples: number;
  readonly seed: number | string;
  /** Last time t. */
  readonly until: number;
  /** Report times, ascending, at most `until`; the nearest step counts, at the time that it has. Default: `until`. */
  readonly times?: ArrayLike<number>;
  readonly keepCurves?: boolean;
}

/** The steps of a simulation. */
export interface TeacherStudentPlan {
  readonly time: Float64Array;
  /** Number of steps at each of them. */
  readonly reports: Float64Array;
  readonly steps: number;
}

const MOST_STEPS = 1e9;
/** Seconds that a weight takes in a step, for each example. */
const STEP = 3e-9;
/** Bytes of one data set. */
const MOST_BYTES = 2 ** 31;

/** Checks everything. @throws InvalidParameterError, named like `simulation.batch` or `initial.crossOverlap`. */
export function planTeacherStudent(
  problem: TeacherStudentProblem,
  simulation: TeacherStudentSimulation,
  options: Options = {},
): TeacherStudentPlan {
  const { network, start, schedule, scheduleCounts, secondLayerRate } = problem;
  checkTeacherStudent(network);
  if (start !== "random") checkOrderParameters(network, start);
  checkRegularStart(createSchedule(schedule));
  oneOf("scheduleCounts", scheduleCounts, ["time", "steps"]);
  oneOf("secondLayerRate", secondLayerRate, ["per-dimension", "per-step"]);
  const { dimension, dataSet, batch, samples, until } = simulation;
  integerAtLeast("simulation.dimension", dimension, network.studentWidth + network.teacherWidth);
  integerAtLeast("simulation.batch", batch, 1);
  integerAtLeast("simulation.samples", samples, 1);
  positive("simulation.until", until);
  if (dataSet !== null) {
    integerAtLeast("simulation.dataSet", dataSet, 1);
    if (dataSet * dimension * 8 > MOST_BYTES) {
      const allowed = `at most ${Math.floor(MOST_BYTES / 8 / dimension)} examples of dimension ${dimension}`;
      throw new InvalidParameterError("simulation.dataSet", dataSet, allowed);
    }
    if (batch > dataSet) {
      throw new InvalidParameterError("simulation.batch", batch, `at most ${dataSet}, the whole data set`);
    }
  }
  const steps = Math.round(until * dimension);
  if (steps < 1 || steps > MOST_STEPS) {
    const allowed = `from ${1 / dimension}, one step, to ${MOST_STEPS / dimension}`;
    throw new InvalidParameterError("simulation.until", until, allowed);
  }
  const { studentWidth: k, teacherWidth: m } = network;
  const numbers = dimension * (k + m);
  const seconds = STEP * steps * batch * numbers;
  requireBudget(
    [
      { parameter: "simulation.dimension", value: dimension, bytes: 8 * (4 * numbers + batch * dimension) },
      { parameter: "simulation.until", value: until, seconds },
      {
        ...curveCost(samples, simulation.times?.length ?? 1, 2 + k + k * (k + m)),
        seconds: (samples - 1) * seconds,
      },
    ],
    options,
  );
  const asked = reportTimes(simulation, [simulation.until]);
  const reports = asked.map((t) => Math.min(steps, Math.round(t * dimension)));
  const time = asked.map((t, k) => Math.min(until, timeOf(t, reports[k], dimension)));
  return { time, reports, steps };
}

/** The time that is simulated: the one asked for where a step ends there, but for rounding. */
function timeOf(asked: number, step: number, dimension: number): number {
  const time = step / dimension;
  return Math.abs(asked - time) <= 1e-9 * time ? asked : time;
}

/** Samples of a size in memory at a time. */
export const mostAtOnce = ({ dataSet, dimension }: TeacherStudentSimulation): number =>
  dataSet === null ? Infinity : Math.max(1, Math.floor(MOST_BYTES / (8 * dataSet * dimension)));
