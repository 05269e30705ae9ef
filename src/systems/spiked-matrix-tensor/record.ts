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
import { crossingTime } from "./crossing";
import { parameters } from "./parameters";

/** The spiked matrix-tensor model: a planted signal seen through a noisy matrix and a noisy p-tensor. */
export const spikedMatrixTensor = defineSystem({
  name: "spiked-matrix-tensor",
  title: "Spiked matrix-tensor model, Langevin dynamics from an overlap with the signal",
  parameters,
  methods: landscapeMethods,
  resumable: resumableMethods,
  versions: { ...landscapeVersions, predictions: 1 },
  simulation: landscapeSimulation,
  quantities: [
    { name: "overlap", symbol: "m", of: "time", meaning: "overlap with the signal" },
    { name: "loss", symbol: "ℓ", of: "time", meaning: "loss per spin, both channels" },
    { name: "matrixLoss", symbol: "ℓ_2", of: "time", meaning: "loss of the matrix channel" },
    { name: "tensorLoss", symbol: "ℓ_p", of: "time", meaning: "loss of the tensor channel" },
    multiplier,
    hessianLeftEdge,
    crossingTime,
    ...twoTimeFunctions,
    integratedResponse,
  ],
  predictions: [
    {
      name: "equilibriumOverlap",
      symbol: "m_eq",
      meaning: "overlap of the replica-symmetric equilibrium with signal, at T (a constant rate η: take T·η)",
      levelOf: "overlap",
    },
    { name: "equilibriumSelfOverlap", symbol: "q_eq", meaning: "its overlap between two copies" },
    { name: "equilibriumLoss", symbol: "ℓ_eq", meaning: "its loss per spin", levelOf: "loss" },
    { name: "equilibriumMatrixLoss", symbol: "ℓ_2^eq", meaning: "its matrix channel", levelOf: "matrixLoss" },
    { name: "equilibriumTensorLoss", symbol: "ℓ_p^eq", meaning: "its tensor channel", levelOf: "tensorLoss" },
    {
      name: "thresholdMultiplier",
      symbol: "z∞",
      meaning: "multiplier on the plateau of zero overlap",
      levelOf: "multiplier",
    },
    {
      name: "langevinEasyMatrixNoise",
      symbol: "Δ2^easy",
      meaning: "at which the plateau loses its hold, one row a root; undefined: none below min(1, 1/T)",
    },
    {
      name: "plateauGrowthRate",
      symbol: "λ",
      meaning: "rate at which the overlap grows out of the plateau, in the clock",
    },
    { name: "phase", meaning: "Langevin-easy, hard or impossible" },
  ],
  citations: [
    learningRateSchedules,
    cited("marvels-and-pitfalls", {
      authors: ["S. Sarao Mannelli", "G. Biroli", "C. Cammarota", "F. Krzakala", "P. Urbani", "L. Zdeborová"],
      title: "Marvels and pitfalls of the Langevin algorithm in noisy high-dimensional inference",
      year: 2020,
      journal: "Phys. Rev. X",
      volume: "10",
      page: "011057",
    }),
  ],
  example: {
    parameters: { matrixNoise: 0.5, tensorNoise: 1, temperature: 0.5, initialOverlap: 0.2 },
    method: { until: 10 },
    simulation: { size: 100, samples: 40 },
  },
  tasks: landscapeTasks,
  figures: () => import("../../figures/spiked-matrix-tensor"),
  load: async () => (await import("./code")).code,
});
