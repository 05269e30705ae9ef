import { simulateMomentum } from "../../simulate/label-noise-momentum";
import { asParametersLater } from "../parts/as-parameters";
import type { SystemCode } from "../system";
import type { MomentumMethod, MomentumParameters, MomentumSimulationFields } from "./parameters";
import { predict } from "./predict";
import { problemOf } from "./problem";
import { solveDiffusion, solveDrift } from "./solve";
import { solveClosure } from "./solve-closure";
import { solveLinear } from "./solve-linear";

export const code: SystemCode<MomentumParameters, MomentumMethod, MomentumSimulationFields> = {
  describe(parameters) {
    const { learningRate, momentum, noise, model } = problemOf(parameters);
    return [
      "π ← β π − ∇L(w) + ε σ(w) ξ, w ← w + η π",
      `model ${model.kind}, η = ${learningRate}, β = ${momentum}, ε = ${noise}`,
    ].join("\n");
  },

  async solve(parameters, method, options) {
    const problem = problemOf(parameters);
    switch (method.kind) {
      case "linear":
        return solveLinear(problem, method, options);
      case "drift":
        return solveDrift(problem, method, options);
      case "diffusion":
        return solveDiffusion(problem, method, options);
      case "moment-closure":
        return solveClosure(problem, method, options);
    }
  },

  simulate(parameters, simulation, { times, quantities }, options) {
    const asks = (...names: string[]) => quantities?.some((name) => names.includes(name)) ?? true;
    const wanted = {
      settle: asks("settleTime", "decayTime"),
      passages: asks("firstPassageTime", "fitTime"),
    };
    const work = simulateMomentum(
      problemOf(parameters),
      { ...simulation, times, keepCurves: true, ...wanted },
      options,
    );
    return asParametersLater(work);
  },

  predict,
};
