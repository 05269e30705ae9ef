import { simulateNetwork } from "../../simulate/quadratic-network";
import type { SystemCode } from "../system";
import type {
  QuadraticOdeMethod,
  QuadraticParameters,
  QuadraticSdeMethod,
  QuadraticSimulation,
} from "./parameters";
import { predict } from "./predict";
import { problemOf, requireFinite } from "./problem";
import { solveOde, solveSde } from "./solve";

export const code: SystemCode<
  QuadraticParameters,
  QuadraticOdeMethod | QuadraticSdeMethod,
  QuadraticSimulation
> = {
  describe(parameters) {
    const { width, learningRate, labelNoise, constraint, trainSecondLayer, dimension } = parameters;
    const where = constraint === "sphere" ? " on |w_j|² = d" : "";
    const second = trainSecondLayer ? "trained" : "fixed";
    return [
      `w_j ← w_j + (2γ/p) a_j 𝓔 λ_j x${where}, 𝓔 = λ_*² + √Δ z − (1/p) Σ a_j λ_j², t = νγ/(p d)`,
      `p = ${width}, γ = ${learningRate}, Δ = ${labelNoise}, d = ${dimension ?? "∞"}, second layer ${second}`,
    ].join("\n");
  },

  solve: (parameters, method, options) =>
    method.kind === "ode" ? solveOde(parameters, method, options) : solveSde(parameters, method, options),

  async simulate(parameters, simulation, report, options) {
    const problem = problemOf(parameters);
    requireFinite(problem, "a simulation");
    // Without curves to report a run may end with its exit.
    const onlyExits = report.quantities?.every((name) => name === "exitTime") ?? false;
    const times = onlyExits ? [] : report.times;
    return simulateNetwork(problem, { ...simulation, times, keepCurves: true }, options);
  },

  predict,
};
