import { cited } from "../../core/citations";
import { defineSystem } from "../system";
import { methods, parameters, simulation } from "./parameters";

/** One-pass SGD of a two-layer network with squared activation on a phase-retrieval target. */
export const quadraticNetwork = defineSystem({
  name: "quadratic-network",
  title: "Two-layer network with squared activation on phase retrieval, one-pass SGD",
  parameters,
  methods,
  versions: { ode: 1, sde: 1, simulation: 1, predictions: 1 },
  simulation,
  quantities: [
    { name: "risk", symbol: "R", of: "time", meaning: "population risk" },
    { name: "excessRisk", symbol: "R − Δ/2", of: "time", meaning: "risk above Δ/2, the label noise" },
    { name: "maxOverlap", symbol: "max |m_j|", of: "time", meaning: "largest overlap" },
    { name: "overlap", symbol: "m_j", of: "time", meaning: "w_j·w_*/d, by neuron" },
    { name: "correlation", symbol: "Q_jl", of: "time", meaning: "w_j·w_l/d, for j ≤ l" },
    { name: "secondLayer", symbol: "a_j", of: "time", meaning: "weight of the second layer, by neuron" },
    {
      name: "exitTime",
      symbol: "t_ext",
      of: "run",
      meaning: "time of the exit; mean, median and fraction of the runs that exit",
    },
  ],
  predictions: [
    {
      name: "exitTimeAnnealed",
      symbol: "t_ext^ann",
      meaning: "exit time from the mean squared overlaps of a random start",
      levelOf: "time",
    },
    {
      name: "exitTimeQuenched",
      symbol: "t_ext^que",
      meaning: "exit time averaged over random starts, without noise",
      levelOf: "time",
    },
    {
      name: "exitTimeShifted",
      symbol: "t_ext^shift",
      meaning: "the same with the noise of SGD (and, for one neuron, saturation)",
      levelOf: "time",
    },
    {
      name: "exitTimeDiffusion",
      symbol: "t_ext^diff",
      meaning: "exit time of the linearised diffusion of one neuron",
    },
    { name: "escapeRate", symbol: "ω_m", meaning: "growth rate of the overlaps on the plateau" },
    { name: "correlationRate", symbol: "ω_Q", meaning: "decay rate of the Q_jl on the plateau" },
    {
      name: "optimalLearningRate",
      symbol: "γ_opt",
      meaning: "learning rate that escapes in the fewest steps",
    },
    {
      name: "overparametrisationGain",
      symbol: "(12 + Δ)/(2 + Δ)",
      meaning: "steps of one neuron over steps of infinitely many, both at their best rate",
    },
    {
      name: "asymptoticExcessRisk",
      symbol: "R∞ − Δ/2",
      meaning: "excess risk at late times, in the limit d → ∞",
      levelOf: "excessRisk",
    },
    {
      name: "criticalPointRisk",
      symbol: "R_crit",
      meaning:
        "risk of one neuron's critical points: origin, saddle, minimum; on the sphere equator, minimum",
    },
  ],
  citations: [
    cited("escaping-mediocrity", {
      authors: ["L. Arnaboldi", "F. Krzakala", "B. Loureiro", "L. Stephan"],
      title: "Escaping mediocrity: how two-layer networks learn hard generalized linear models with SGD",
      year: 2023,
      arxiv: "2305.18502",
    }),
  ],
  example: {
    parameters: { width: 5, learningRate: 0.4, dimension: 300 },
    method: { until: 10 },
    simulation: { samples: 40 },
    report: { quantities: ["excessRisk", "exitTime"] },
  },
  tasks: {
    "stochastic gradient descent": async () =>
      (await import("../../simulate/quadratic-network/simulate")).networkTask,
    "stochastic order-parameter equations": async () =>
      (await import("../../sde/quadratic-network/paths")).networkPathsTask,
  },
  figures: () => import("../../figures/quadratic-network"),
  load: async () => (await import("./code")).code,
});
