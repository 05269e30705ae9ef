import { InvalidParameterError } from "../../core/errors";
import { stabilityRate } from "../../models/random-features";
import { createSchedule } from "../../schedule";
import { simulateFeatures } from "../../simulate/random-features";
import { trainingExponents } from "../../theory/random-features";
import { asParametersLater } from "../parts/as-parameters";
import type { SystemCode } from "../system";
import { optimise } from "./optimise";
import type {
  FeaturesGoal,
  FeaturesParameters,
  FeaturesSimulation,
  RecursionMethod,
  VolterraMethod,
} from "./parameters";
import { batchesOf, featuresOf, modesOf, projectionOf, runOf } from "./problem";
import { solveExactly, solveFlow } from "./solve";

export const code: SystemCode<FeaturesParameters, RecursionMethod | VolterraMethod, FeaturesSimulation> = {
  describe(parameters) {
    const { targetExponent: a, spectrumExponent: b, features, modes, labelNoise, horizon } = parameters;
    const { schedule, projection, momentum } = parameters;
    const student = projection === "top" ? `the first ${features} modes` : `${features} random features`;
    return [
      "q_k ← [1 − 2ηλ_k + η²λ_k²(1 + 1/m)] q_k + (η²/m) λ_k² L, L = σ² + Σ q_k, λ_k = k^−b, q_k(0) = k^−a",
      `a = ${a}, b = ${b} (${a >= b ? "easy" : "hard"} phase), σ² = ${labelNoise}, ${student} of ${modes ?? "infinitely many"}, ` +
        `η = ${createSchedule(schedule, "parameters.schedule").label}${momentum ? ` with ${momentum.kind} momentum` : ""}, ${horizon} steps`,
    ].join("\n");
  },

  solve: (parameters, method, options) =>
    method.kind === "recursion"
      ? solveExactly(parameters, method, options)
      : solveFlow(parameters, method, options),

  async simulate(parameters, { samples, seed, until }, { times }, options) {
    if (until !== undefined && until > parameters.horizon) {
      throw new InvalidParameterError(
        "simulation.until",
        until,
        `at most the horizon, ${parameters.horizon}`,
      );
    }
    const { steps, momentum, notes } = runOf(parameters, modesOf(parameters));
    const fraction = steps.batch.find((size) => !Number.isInteger(size));
    if (fraction !== undefined) {
      throw new InvalidParameterError("parameters.batchSize", fraction, "an integer for a simulation");
    }
    const problem = {
      features: featuresOf(parameters),
      projection: projectionOf(parameters),
      steps,
      momentum,
    };
    const simulation = { samples, seed, times, keepCurves: true };
    const ensemble = await asParametersLater(simulateFeatures(problem, simulation, options));
    return { ...ensemble, notes: [...(ensemble.notes ?? []), ...notes] };
  },

  predict(parameters) {
    return {
      ...trainingExponents(parameters),
      stabilityRate: stabilityRate(modesOf(parameters), batchesOf(parameters)[0]),
    };
  },

  optimise: (parameters, goal, report, options) =>
    optimise(parameters, goal as FeaturesGoal, report, options),
};
