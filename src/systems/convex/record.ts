import { learningRateSchedules } from "../parts/sources";
import { defineSystem } from "../system";
import { DEFAULT_END, methods, parameters, simulation } from "./parameters";

/** Descent with noise in a convex basin: where every schedule has its exact mean loss. */
export const convex = defineSystem({
  name: "convex",
  title: "Convex basin in one dimension, Langevin dynamics and noisy descent",
  parameters,
  methods,
  versions: { exact: 1, sde: 1, simulation: 1, predictions: 1 },
  simulation,
  quantities: [
    { name: "loss", symbol: "⟨ℓ⟩", of: "time", meaning: "mean loss κx²/2" },
    {
      name: "optimisationLoss",
      symbol: "ℓ_opt",
      of: "time",
      meaning: "part of it that is left of the start",
    },
    { name: "noiseLoss", symbol: "ℓ_noise", of: "time", meaning: "part of it that the noise keeps up" },
  ],
  predictions: [{ name: "lateExponent", meaning: "exponent of the loss for t → ∞" }],
  citations: [learningRateSchedules],
  example: {
    parameters: {
      schedule: { kind: "power-law", rate: 1, exponent: 0.8 },
      initialPosition: 3,
    },
    simulation: { until: 100, step: 0.01 },
    report: { times: [1, 10, 100] },
  },
  end: () => DEFAULT_END,
  tasks: {
    "descent in a convex basin": async () => (await import("../../simulate/convex/simulate")).convexTask,
  },
  figures: () => import("../../figures/convex"),
  load: async () => (await import("./code")).code,
});
