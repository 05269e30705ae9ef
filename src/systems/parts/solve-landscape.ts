import {
  type LeveledSolution,
  solveAging,
  solveAutomatic,
  solveUniform,
  type TwoTimeProblem,
} from "../../chsck";
import type { Options } from "../../core/options";
import type { LandscapeMethod } from "./landscape";

/** The grid that a method means. */
export function solveLandscape(
  problem: TwoTimeProblem,
  method: LandscapeMethod,
  options?: Options,
): Promise<LeveledSolution> {
  if (method.kind === "aging") return solveAging(problem, method, options);
  if (method.kind === "uniform") return solveUniform(problem, method, options);
  const { points, step, variable, extrapolate } = method;
  const asked = [points, step, variable, extrapolate].some((option) => option !== undefined);
  return asked
    ? solveUniform(problem, { ...method, kind: "uniform" }, options)
    : solveAutomatic(problem, { kind: "auto", until: method.until, tolerance: method.tolerance }, options);
}
