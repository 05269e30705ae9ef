import { requireBudget } from "../../core/budget";
import { fraction, integerAtLeast, oneOf, positive } from "../../core/check";
import type { Options } from "../../core/options";
import {
  checkNetwork,
  checkStart,
  type ExitRule,
  type NetworkStart,
  type QuadraticNetwork,
  quantityNames,
  requireDimension,
} from "../../models/quadratic-network";
import { curveCost } from "../curve-cost";
import { reportTimes } from "../report-times";

/** A network, its start, and the exit to look for: plain data. */
export interface NetworkProblem {
  /** With a finite dimension. */
  readonly network: QuadraticNetwork;
  readonly start: NetworkStart;
  readonly exit: ExitRule;
}

/** How to simulate SGD. Plain data. */
export interface NetworkSimulation {
  /** "exact": the order parameters by themselves, at any d; "vectors": d-dimensional vectors. The same law. */
  readonly process: "exact" | "vectors";
  readonly samples: number;
  readonly seed: number | string;
  /** Last time t at which the exit is looked for. */
  readonly until: number;
  /** Updates after which a run ends, whatever `until` says; none by default, or null. */
  readonly stepLimit?: number | null;
  /**
   * Report times, ascending, at most `until`; the nearest update counts. Those beyond the step limit are left out.
   * Without any a run ends with its exit.
   */
  readonly times?: ArrayLike<number>;
  readonly keepCurves?: boolean;
}

/** The steps of a simulation. */
export interface NetworkPlan {
  /** The report times within the step limit. */
  readonly time: Float64Array;
  /** Number of updates at each of them; it may be beyond 32 bits. */
  readonly reports: Float64Array;
  /** Time of one update, γ/(p d). */
  readonly stepTime: number;
  /** Updates after which a run without exit ends. */
  readonly limit: number;
  /** Updates up to `until`: above `limit` where the step limit comes first. */
  readonly wanted: number;
  /** Report times beyond the step limit. */
  readonly leftOut: number;
}

/** Checks everything. @throws InvalidParameterError, named like `simulation.samples` or `dimension`. */
export function planNetwork(
  problem: NetworkProblem,
  simulation: NetworkSimulation,
  options: Options = {},
): NetworkPlan {
  const { network, start, exit } = problem;
  checkNetwork(network);
  const d = requireDimension(network);
  checkStart(network, start);
  fraction("threshold", exit.threshold);
  oneOf("simulation.process", simulation.process, ["exact", "vectors"]);
  integerAtLeast("simulation.samples", simulation.samples, 1);
  positive("simulation.until", simulation.until);
  const { stepLimit = null } = simulation;
  if (stepLimit !== null) integerAtLeast("simulation.stepLimit", stepLimit, 1);
  const stepTime = network.learningRate / (network.width * d);
  const wanted = Math.ceil(simulation.until / stepTime);
  const limit = Math.min(wanted, stepLimit ?? Infinity);
  const seconds = limit * updateSeconds(network, simulation.process);
  const { samples, until, times } = simulation;
  requireBudget(
    [
      {
        parameter: "dimension",
        value: d,
        bytes: simulation.process === "vectors" ? 40 * d * network.width : 0,
      },
      { parameter: "simulation.until", value: until, seconds },
      {
        ...curveCost(samples, times?.length ?? 0, quantityNames(network.width).length),
        seconds: (samples - 1) * seconds,
      },
    ],
    options,
  );
  const asked = reportTimes(simulation, []);
  const updates = (t: number) => Math.round(t / stepTime);
  const time = asked.filter((t) => updates(t) <= limit);
  return { time, reports: time.map(updates), stepTime, limit, wanted, leftOut: asked.length - time.length };
}

/** What an update takes, about. */
const updateSeconds = (
  { width, dimension }: QuadraticNetwork,
  process: NetworkSimulation["process"],
): number => (process === "exact" ? 3e-7 * (1 + width ** 2 / 8) : 1e-8 * dimension * (1 + width / 4));
