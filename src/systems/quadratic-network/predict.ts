import type { Predictions } from "../../core/results";
import { isGiven, secondLayerOf } from "../../models/quadratic-network";
import {
  annealedExitTime,
  asymptoticExcessRisk,
  correlationRate,
  criticalPoints,
  diffusionExitTime,
  escapeRate,
  optimalLearningRate,
  overparametrisationGain,
  quenchedExitTime,
  shiftedExitTime,
} from "../../theory/quadratic-network";
import { UNDEFINED } from "../parts/words";
import type { QuadraticParameters } from "./parameters";
import { problemOf, type QuadraticProblem } from "./problem";

/**
 * The closed forms. Exit times and rates are those of a network on the sphere with fixed second layer, all a_j = 1, and
 * the exit by risk, the times from a random start; elsewhere they are "undefined". So are the best learning rate and the gain: off the
 * sphere the norms leave 1 before the overlaps grow, and ω_m, whose maximum they are, is another function of γ.
 */
export function predict(parameters: QuadraticParameters): Predictions {
  const problem = problemOf(parameters);
  const { network, exit } = problem;
  const { width, labelNoise, constraint } = network;
  const isUniform = secondLayerOf(problem.start, width).every((a) => a === 1);
  const plateau = constraint === "sphere" && !network.trainSecondLayer && isUniform;
  const setting = { ...network, threshold: exit.threshold };
  const onPlateau = (value: () => number | undefined) => (plateau ? (value() ?? UNDEFINED) : UNDEFINED);
  const byRisk = (value: () => number | undefined) => (exit.on === "risk" ? onPlateau(value) : UNDEFINED);
  return {
    exitTimeAnnealed: byRisk(() => annealedExitTime(setting)),
    exitTimeQuenched: byRisk(() => quenchedExitTime(setting)),
    exitTimeShifted: byRisk(() => shiftedExitTime(setting)),
    exitTimeDiffusion: byRisk(() => diffusion(problem)),
    escapeRate: onPlateau(() => escapeRate(network)),
    correlationRate: onPlateau(() => correlationRate(network)),
    optimalLearningRate: onPlateau(() => optimalLearningRate(width, labelNoise)),
    overparametrisationGain: onPlateau(() => overparametrisationGain(labelNoise)),
    asymptoticExcessRisk: (isUniform ? asymptoticExcessRisk(network) : undefined) ?? UNDEFINED,
    criticalPointRisk:
      width === 1 && isUniform ? criticalPoints(constraint, labelNoise).map(({ risk }) => risk) : UNDEFINED,
  };
}

/** From the start of the problem, random or not. */
function diffusion({ network, start, exit }: QuadraticProblem): number | undefined {
  if (network.width > 1) return undefined;
  const from = isGiven(start) ? start.overlap[0] : "random";
  return diffusionExitTime({ ...network, threshold: exit.threshold, start: from });
}
