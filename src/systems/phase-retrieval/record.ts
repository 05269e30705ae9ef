import { cited } from "../../core/citations";
import { defineSystem } from "../system";
import { methods, parameters, simulation } from "./parameters";

/** Phase retrieval by gradient descent, multi-pass SGD, persistent SGD or Langevin dynamics. */
export const phaseRetrieval = defineSystem({
  name: "phase-retrieval",
  title: "Phase retrieval by gradient descent, SGD, persistent SGD and Langevin dynamics",
  parameters,
  methods,
  resumable: ["particles", "damped"],
  versions: { particles: 1, damped: 1, causal: 1, simulation: 1, predictions: 2 },
  simulation,
  quantities: [
    { name: "overlap", symbol: "m", of: "time", meaning: "overlap w·w0/N with the signal" },
    { name: "trainingLoss", symbol: "ℓ_train", of: "time", meaning: "loss per sample over all samples" },
    {
      name: "meanSquaredError",
      symbol: "MSE",
      of: "time",
      meaning: "error of the predicted modulus on new measurements",
    },
    {
      name: "meanAbsoluteError",
      symbol: "MAE",
      of: "time",
      meaning: "mean absolute error of the predicted modulus on new measurements",
    },
    {
      name: "multiplier",
      symbol: "ν̂",
      of: "time",
      meaning: "T − ⟨force · field⟩, on the sphere the multiplier",
    },
    {
      name: "curvature",
      symbol: "δν",
      of: "time",
      meaning: "mean second derivative of the cost in the batch",
    },
    { name: "drive", symbol: "μ", of: "time", meaning: "mean of force times the signal's field" },
    { name: "norm", symbol: "q", of: "time", meaning: "|w|²/N, 1 on the sphere" },
    {
      name: "recoveredFraction",
      symbol: "P_rec",
      of: "time",
      meaning: "fraction of the runs whose training loss has been below recoveryLoss (in the theory 1e-7)",
    },
    { name: "recoveryTime", symbol: "t_rec", of: "run", meaning: "time at which it first is (simulation)" },
    { name: "correlation", symbol: "C(t, t′)", of: "pair", meaning: "w(t)·w(t′)/N" },
    {
      name: "response",
      symbol: "R(t, t′)",
      of: "pair",
      causal: true,
      meaning: "response to a field (theory)",
    },
    {
      name: "noiseKernel",
      symbol: "M_C(t, t′)",
      of: "pair",
      meaning: "kernel of the effective noise (theory)",
    },
    {
      name: "responseKernel",
      symbol: "M_R(t, t′)",
      of: "pair",
      causal: true,
      meaning: "kernel of the retarded response (theory)",
    },
  ],
  predictions: [
    { name: "overlap", symbol: "m", meaning: "overlap at t = 0" },
    { name: "norm", symbol: "q", meaning: "norm at t = 0: 1 on the sphere, 1 + m0² with ridge" },
    { name: "trainingLoss", symbol: "ℓ_train", meaning: "training loss at t = 0" },
    {
      name: "meanSquaredError",
      symbol: "MSE",
      meaning: "mean squared error at t = 0, from overlap and norm",
    },
    { name: "meanAbsoluteError", symbol: "MAE", meaning: "mean absolute error at t = 0, from the same" },
    { name: "multiplier", symbol: "ν̂", meaning: "multiplier at t = 0" },
    { name: "curvature", symbol: "δν", meaning: "curvature at t = 0" },
    { name: "drive", symbol: "μ", meaning: "drive at t = 0" },
    {
      name: "recoveredFraction",
      meaning: "1 for a start at the signal (training loss below 1e-7), else 0",
    },
    { name: "correlation", symbol: "C(0, 0)", meaning: "the norm" },
    { name: "response", symbol: "R(0⁺, 0)", meaning: "the kick itself" },
    { name: "noiseKernel", symbol: "M_C(0, 0)", meaning: "noise kernel at t = 0" },
    { name: "responseKernel", symbol: "M_R(0⁺, 0)", meaning: "response kernel at t = 0" },
  ],
  citations: [
    cited("phase-retrieval-dmft", {
      authors: ["F. Mignacco", "P. Urbani", "L. Zdeborová"],
      title:
        "Stochasticity helps to navigate rough landscapes: comparing gradient-descent-based algorithms in the phase retrieval problem",
      year: 2021,
      journal: "Mach. Learn.: Sci. Technol.",
      volume: "2",
      page: "035029",
    }),
  ],
  example: {
    parameters: { sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.02 },
    method: { until: 1, runs: 4 },
    simulation: { size: 300, samples: 40 },
    report: { times: [0.2, 0.5, 1], pairs: [[1, 0.5]] },
  },
  tasks: {
    "simulation of phase retrieval": async () =>
      (await import("../../simulate/phase-retrieval/simulate")).retrievalTask,
    "interacting particles": async () => (await import("../../dmft/particles/solve")).particleTask,
    "effective process": async () => (await import("../../dmft/damped/task")).effectiveProcessTask,
    "effective process, step by step": async () =>
      (await import("../../dmft/causal/solve")).causalProcessTask,
  },
  figures: () => import("../../figures/phase-retrieval"),
  load: async () => (await import("./code")).code,
});
