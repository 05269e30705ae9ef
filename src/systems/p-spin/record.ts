import { cited } from "../../core/citations";
import { hessianLeftEdge } from "../parts/hessian-edge";
import { integratedResponse } from "../parts/integrated-response";
import {
  landscapeMethods,
  landscapeSimulation,
  landscapeTasks,
  landscapeVersions,
  multiplier,
  resumableMethods,
  twoTimeFunctions,
} from "../parts/landscape";
import { learningRateSchedules } from "../parts/sources";
import { defineSystem } from "../system";
import { parameters } from "./parameters";

/** The spherical p-spin model (pure or mixed) under Langevin dynamics with any schedule. */
export const pSpin = defineSystem({
  name: "p-spin",
  title: "Spherical p-spin model, Langevin dynamics",
  parameters,
  methods: landscapeMethods,
  resumable: resumableMethods,
  versions: { ...landscapeVersions, predictions: 2 },
  simulation: landscapeSimulation,
  quantities: [
    { name: "loss", symbol: "ℓ", of: "time", meaning: "loss per spin" },
    { name: "excessLoss", symbol: "ℓ − ℓ_th(0)", of: "time", meaning: "loss above the threshold at T = 0" },
    multiplier,
    {
      name: "lossExponent",
      symbol: "−d ln(ℓ − ℓ_th(0))/d ln t",
      of: "time",
      meaning: "local exponent of excessLoss",
    },
    hessianLeftEdge,
    ...twoTimeFunctions,
    integratedResponse,
  ],
  predictions: [
    {
      name: "thresholdLoss",
      symbol: "ℓ_th(T)",
      meaning: "loss of the threshold states at T, to which rate 1 leads (a constant rate η: take T·η)",
      levelOf: "loss",
    },
    { name: "thresholdMultiplier", symbol: "z∞", meaning: "their multiplier", levelOf: "multiplier" },
    {
      name: "thresholdLossZero",
      symbol: "ℓ_th(0)",
      meaning: "loss of the threshold states at T = 0",
      levelOf: "loss",
    },
    { name: "groundStateLoss", symbol: "ℓ_0", meaning: "lowest loss of the landscape", levelOf: "loss" },
    { name: "plateau", symbol: "q", meaning: "correlation inside a threshold state", levelOf: "correlation" },
    {
      name: "dynamicTemperature",
      symbol: "T_d",
      meaning: "temperature above which there is no marginal plateau; x = 1 at a lower one already",
    },
    {
      name: "ergodicityTemperature",
      symbol: "T_erg",
      meaning: "temperature above which the dynamics comes to equilibrium, where x reaches 1",
    },
    { name: "fdtViolation", symbol: "x", meaning: "fluctuation-dissipation ratio of the aging regime" },
    {
      name: "lossExponent",
      levelOf: "lossExponent",
      meaning: "exponent of excessLoss under the schedule, min(β, γ(1−β)); γ = 2/3, 1 for p = 2",
    },
    { name: "optimalExponent", symbol: "β_opt", meaning: "the decay exponent that maximises it, γ/(1+γ)" },
  ],
  citations: [
    learningRateSchedules,
    cited("cugliandolo-kurchan", {
      authors: ["L. F. Cugliandolo", "J. Kurchan"],
      title: "Analytical solution of the off-equilibrium dynamics of a long-range spin-glass model",
      year: 1993,
      journal: "Phys. Rev. Lett.",
      volume: "71",
      page: "173",
    }),
  ],
  example: {
    parameters: {
      p: 3,
      temperature: 1,
      schedule: { kind: "power-law", rate: 0.5, exponent: 0.4 },
    },
    method: { until: 10 },
    simulation: { size: 100, samples: 40 },
    report: { times: [0.1, 1, 10], pairs: [[10, 5]] },
  },
  tasks: landscapeTasks,
  figures: () => import("../../figures/p-spin"),
  load: async () => (await import("./code")).code,
});
