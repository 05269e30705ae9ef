import { cited } from "../../core/citations";
import { defineSystem } from "../system";
import { methods, parameters, simulation } from "./parameters";

/** Heavy-ball descent with label noise: relaxation to the zero-loss manifold, and drift along it. */
export const labelNoiseMomentum = defineSystem({
  name: "label-noise-momentum",
  title: "Momentum with label noise: drift along the zero-loss manifold",
  parameters,
  methods,
  versions: { linear: 1, drift: 1, diffusion: 1, "moment-closure": 1, simulation: 1, predictions: 1 },
  simulation,
  quantities: [
    { name: "radius", symbol: "|u|² + |v|²", of: "time", meaning: "squared length of the weights" },
    {
      name: "logRadius",
      symbol: "ln radius",
      of: "time",
      meaning: "logarithm of the radius; mean over runs",
    },
    {
      name: "loss",
      symbol: "L",
      of: "time",
      meaning:
        "of the data, without the noise of their labels: of the fluctuations about the manifold to order ε² in a drift",
    },
    {
      name: "hessianTrace",
      symbol: "Tr H",
      of: "time",
      meaning:
        "trace of the Hessian of the loss; of networks its Gauss-Newton part, which is all of it at zero loss",
    },
    {
      name: "testError",
      symbol: "L_test",
      of: "time",
      meaning:
        "mean square error on fresh data without label noise, without a factor ½: in closed form, or on testSamples inputs (mlp)",
    },
    {
      name: "position",
      symbol: "w_i",
      of: "time",
      meaning:
        "weight by weight, of models with up to 8 (drift, diffusion, simulation; linear: mode by mode, quadratic)",
    },
    {
      name: "firstPassageTime",
      symbol: "T_fp",
      of: "run",
      meaning: "first step with a radius below threshold·n; a run each (uv, matrix-uv)",
    },
    {
      name: "fitTime",
      symbol: "T_c",
      of: "run",
      meaning: "−1/slope of the line fitted to ln radius up to the first passage; a run each (simulation)",
    },
    {
      name: "settleTime",
      symbol: "T_set",
      of: "ensemble",
      meaning: "last step at which the mean of ln radius is above ln(threshold·n) (simulation)",
    },
    {
      name: "decayTime",
      symbol: "T_c",
      of: "ensemble",
      meaning: "−1/slope of the line fitted to the mean of ln radius up to settleTime (simulation)",
    },
  ],
  predictions: [
    { name: "eigenvalue", symbol: "κ", meaning: "of a linearised step, by [mode, 0 for + or 1 for −]" },
    {
      name: "eigenvectorMomentum",
      symbol: "μ",
      meaning: "momentum that goes with a weight of 1 in the eigenvector",
    },
    { name: "slowestModulus", symbol: "ρ1", meaning: "largest |κ| below 1" },
    { name: "fastestModulus", symbol: "ρ2", meaning: "smallest |κ|" },
    { name: "relaxationTime", symbol: "τ1", meaning: "−1/ln ρ1, in steps", levelOf: "time" },
    {
      name: "stationaryCovariance",
      symbol: "Σ",
      meaning: "of (w, π) for one mode, of the weights of several modes (up to 64)",
    },
    {
      name: "driftTime",
      symbol: "τ2",
      meaning: "steps in which the weights decay by e along the manifold",
      levelOf: "time",
    },
    { name: "prefactor", symbol: "C", meaning: "of β = 1 − C η^(2/3) at which τ1 = τ2" },
    { name: "criticalPrefactor", symbol: "C_crit", meaning: "at which the radius is critically damped" },
    {
      name: "timescaleExponent",
      symbol: "α",
      meaning: "of the time of convergence η^−α, by the scaling law",
    },
    { name: "originRate", meaning: "decay rate of the radius near the origin, a step (uv)" },
    {
      name: "originStabilityLimit",
      symbol: "g_c",
      meaning: "g = κ²η²/(1 − β)³ beyond which the origin repels (uv)",
    },
  ],
  citations: [
    cited("momentum-scaling", {
      authors: ["A. Cowsik", "T. Can", "P. Glorioso"],
      title: "Flatter, faster: scaling momentum for optimal speedup of SGD",
      year: 2022,
      arxiv: "2210.16400",
    }),
  ],
  example: {
    parameters: { learningRate: 0.01, momentum: { prefactor: 0.2, exponent: 0.6 } },
    method: { kind: "moment-closure", until: 900 },
    simulation: { samples: 100, until: 3000 },
    report: { quantities: ["radius", "firstPassageTime", "settleTime"] },
  },
  timeUnit: "step",
  tasks: {
    "heavy-ball descent with label noise": async () =>
      (await import("../../simulate/label-noise-momentum/simulate")).momentumTask,
    "drift-diffusion on the zero-loss manifold": async () =>
      (await import("../../sde/label-noise-momentum/paths")).manifoldPathsTask,
  },
  figures: () => import("../../figures/label-noise-momentum"),
  load: async () => (await import("./code")).code,
});
