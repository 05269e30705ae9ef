import { requireBudget } from "../../core/budget";
import { integerAtLeast, nonNegative, positive } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { CovarianceTerm } from "../../models/covariance";
import { checkPlantedStart, type Planting, plantingOf } from "../../models/planted-start";
import { logspace } from "../../numerics/grid";
import { reportTimes } from "../report-times";
import { createStepList } from "../step-list";
import { landscapeCosts } from "./costs";
import { checkCouplings } from "./gaussian-loss";
import { type PlannedPair, planPairs, requestPairs, timesOfPairs } from "./pair-plan";
import { fieldForce, type LandscapeProblem, type LandscapeSimulation, type ResponseMethod } from "./problem";

/** All that the runs of one simulation have in common, as plain data. */
export interface LandscapePlan {
  readonly size: number;
  /** The channels of the covariance. */
  readonly channels: readonly CovarianceTerm[];
  /** The signal, or the start in equilibrium; absent without either. */
  readonly planting?: Planting;
  /** Whether there is a signal, whose overlap is reported. */
  readonly hasSignal: boolean;
  readonly time: Float64Array;
  /** T_eff = Tη at the report times. */
  readonly effectiveTemperature: Float64Array;
  /** The report times that fall on a node. */
  readonly reports: ReadonlyMap<number, readonly number[]>;
  /** ∫η dt of each step. */
  readonly clock: Float64Array;
  /** T ∫η² dt of the first half (2k) and second half (2k + 1) of step k. */
  readonly diffusion: Float64Array;
  readonly pairs: readonly PlannedPair[];
  readonly response: ResponseMethod;
}

const REPORTS = 60;

/** Checks everything and lays out the steps. @throws InvalidParameterError */
export function planLandscape(
  problem: LandscapeProblem,
  simulation: LandscapeSimulation,
  options: Options = {},
): LandscapePlan {
  checkNumbers(problem, simulation);
  requireBudget(landscapeCosts(problem, simulation), options);
  const { temperature, schedule } = problem;
  const { size, step, until } = simulation;
  const response = responseMethod(problem, simulation);
  const first = Math.min(step, until);
  const time = reportTimes(simulation, logspace(first, until, REPORTS));
  const requested = requestPairs(problem, simulation, response);
  const steps = createStepList(schedule, until, step, [...time, ...timesOfPairs(requested)]);
  const reports = new Map<number, number[]>();
  for (const [k, t] of time.entries()) {
    const node = steps.indexOf(t);
    reports.set(node, [...(reports.get(node) ?? []), k]);
  }
  const increments = incrementsOf(problem, steps.nodes);
  checkStability(problem, simulation, increments);
  return {
    size,
    channels: problem.covariance.terms,
    planting: plantingOf(problem),
    hasSignal: problem.initialOverlap !== undefined,
    time,
    // 0·∞ at the singular start of a schedule is 0 here: without temperature there is no noise.
    effectiveTemperature: time.map((t) => (temperature > 0 ? temperature * schedule.rate(t) : 0)),
    reports,
    ...increments,
    pairs: planPairs(requested, steps),
    response,
  };
}

function checkNumbers(problem: LandscapeProblem, simulation: LandscapeSimulation): void {
  nonNegative("temperature", problem.temperature);
  checkPlantedStart(problem);
  integerAtLeast("simulation.size", simulation.size, 5);
  checkCouplings(problem.covariance, simulation.size);
  integerAtLeast("simulation.samples", simulation.samples, 1);
  integerAtLeast("simulation.replicas", simulation.replicas ?? 1, 1);
  positive("simulation.step", simulation.step);
  positive("simulation.until", simulation.until);
}

function responseMethod(
  { temperature }: LandscapeProblem,
  { response }: LandscapeSimulation,
): ResponseMethod {
  if (response === undefined) return temperature > 0 ? "noise" : "clone";
  if (!["noise", "clone", "none"].includes(response) || (response === "noise" && temperature === 0)) {
    const allowed = temperature > 0 ? '"noise", "clone" or "none"' : '"clone" or "none" at temperature 0';
    throw new InvalidParameterError("simulation.response", response, allowed);
  }
  return response;
}

function incrementsOf({ temperature, schedule }: LandscapeProblem, nodes: Float64Array) {
  const count = nodes.length - 1;
  const clock = new Float64Array(count);
  const diffusion = new Float64Array(2 * count);
  for (let k = 0; k < count; k++) {
    const from = nodes[k];
    const to = nodes[k + 1];
    const middle = 0.5 * (from + to);
    clock[k] = schedule.clockBetween(from, to);
    if (temperature === 0) continue;
    diffusion[2 * k] = temperature * schedule.heatBetween(from, middle);
    diffusion[2 * k + 1] = temperature * schedule.heatBetween(middle, to);
  }
  return { clock, diffusion };
}

/**
 * Heun's method is stable up to clock · stiffness = 2. The stiffness along the sphere is at most the width of the
 * Hessian's spectrum, 4 √Q″(1), plus the radial force of fields. A step whose noise forgets the state (diffusion above
 * 1) cannot be unstable.
 */
function checkStability(
  problem: LandscapeProblem,
  { step }: LandscapeSimulation,
  { clock, diffusion }: { readonly clock: Float64Array; readonly diffusion: Float64Array },
): void {
  const most = 2 / (4 * Math.sqrt(problem.covariance.second(1)) + fieldForce(problem));
  const longest = clock.reduce(
    (sofar, length, k) => (diffusion[2 * k] + diffusion[2 * k + 1] > 1 ? sofar : Math.max(sofar, length)),
    0,
  );
  if (longest <= most) return;
  throw new InvalidParameterError(
    "simulation.step",
    step,
    `so short that learning rate times step stays below ${most.toPrecision(3)}, where the descent is stable; here it is ${longest.toPrecision(3)}`,
  );
}
