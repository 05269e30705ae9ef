import { cited } from "../../core/citations";
import { defineSystem } from "../system";
import { goal, methods, parameters, simulation } from "./parameters";

/** SGD on Gaussian features with power-law spectra, and its optimal schedules. */
export const randomFeatures = defineSystem({
  name: "random-features",
  title: "SGD on power-law random features and its optimal schedules",
  parameters,
  methods,
  versions: { recursion: 1, volterra: 1, simulation: 1, predictions: 1, optimise: 2 },
  simulation,
  optimise: goal,
  quantities: [
    {
      name: "loss",
      symbol: "L",
      of: "time",
      meaning: "population loss, label noise and untrained modes included, no factor ½",
    },
    {
      name: "excessLoss",
      symbol: "L − σ²",
      of: "time",
      meaning: "loss without label noise and untrained modes",
    },
  ],
  predictions: [
    { name: "phase", meaning: '"easy" for a ≥ b, else "hard"' },
    { name: "rateExponent", symbol: "ξ", meaning: "peak of the optimal rate ~ T^−ξ" },
    { name: "decayExponent", symbol: "δ", meaning: "end of the optimal rate ~ (1 − t/T)^δ" },
    { name: "annealingWindowExponent", meaning: "the annealing takes T^exponent steps" },
    { name: "lossExponentOptimal", meaning: "excess loss ~ T^−exponent with the optimal schedule" },
    { name: "lossExponentConstant", meaning: "the same with the best constant rate" },
    { name: "lossExponentPowerLaw", meaning: "the same with the best power law" },
    { name: "lossExponentMomentum", meaning: "the same with momentum adapted to the time" },
    { name: "constantRateExponent", meaning: "best constant rate ~ T^−exponent" },
    { name: "batchRampExponent", meaning: "optimal batch ~ (1 − t/T)^exponent" },
    { name: "stepsExponent", meaning: "steps that D examples take with a batch ramp ~ D^exponent" },
    { name: "computeExponent", meaning: "loss ~ (N T)^−exponent with the best number of features" },
    { name: "featuresExponent", meaning: "best number of features ~ (N T)^exponent" },
    {
      name: "noiselessExponentConstant",
      meaning: "loss ~ T^−exponent at constant rate, nothing untrained, σ = 0",
    },
    { name: "noiselessExponentOptimal", meaning: "the same with the optimal schedule" },
    {
      name: "stabilityRate",
      symbol: "η_stab",
      meaning: "largest constant rate with bounded second moments, at the batch of the first step",
    },
  ],
  citations: [
    cited("optimal-schedules-random-features", {
      authors: ["B. Bordelon", "F. Mori"],
      title: "Theory of optimal learning rate schedules and scaling laws for a random feature model",
      year: 2026,
      arxiv: "2602.04774",
    }),
  ],
  example: {
    parameters: {
      targetExponent: 3,
      spectrumExponent: 2,
      horizon: 1000,
      schedule: { kind: "polynomial-decay", rate: 0.14, horizon: 1000, exponent: 3 },
    },
    simulation: { samples: 20 },
    optimise: { over: "learning-rate" },
    report: { quantities: ["excessLoss"] },
  },
  timeUnit: "step",
  end: ({ horizon }) => horizon,
  tasks: {
    "stochastic gradient descent on random features": async () =>
      (await import("../../simulate/random-features")).featuresTask,
  },
  figures: () => import("../../figures/random-features"),
  load: async () => (await import("./code")).code,
});
