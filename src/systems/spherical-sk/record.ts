import { cited } from "../../core/citations";
import { multiplier, twoTimeFunctions } from "../parts/landscape";
import { learningRateSchedules } from "../parts/sources";
import { defineSystem } from "../system";
import { DEFAULT_END, methods, parameters, simulation } from "./parameters";

/** The spherical Sherrington-Kirkpatrick model, planted or not, whose spectrum is all there is to know of it. */
export const sphericalSk = defineSystem({
  name: "spherical-sk",
  title:
    "Spherical SK model, with or without a planted signal, Langevin dynamics or projected gradient descent",
  parameters,
  methods,
  versions: { spectral: 1, volterra: 1, simulation: 1, predictions: 1 },
  simulation,
  quantities: [
    { name: "loss", symbol: "ℓ", of: "time", meaning: "loss per spin" },
    {
      name: "excessLoss",
      symbol: "ℓ − ℓ_0",
      of: "time",
      meaning: "loss above the ground state; simulated, above each sample's own",
    },
    multiplier,
    { name: "logGamma", symbol: "ln Γ", of: "time", meaning: "2∫z ds; theory only" },
    { name: "overlap", symbol: "m", of: "time", meaning: "overlap with the signal; |m| from a random start" },
    {
      name: "topOverlap",
      symbol: "q_1",
      of: "time",
      meaning: "squared overlap with the eigenvector of the largest eigenvalue",
    },
    {
      name: "hessianLeftEdge",
      symbol: "z − 2Δ",
      of: "time",
      meaning:
        "lower edge of the bulk of ∇²L + z (the outlier of a signal apart); Marchenko-Pastur: z − Δ(2 + √ratio)",
    },
    {
      name: "hessianEigenvalue",
      symbol: "λ_k",
      of: "time",
      meaning: "21 eigenvalues of that bulk from edge to edge; theory only",
    },
    {
      name: "hessianDensity",
      symbol: "ρ(λ_k)",
      of: "time",
      meaning: "density of the bulk there; theory only",
    },
    {
      name: "crossingTime",
      symbol: "t_cross",
      of: "run",
      meaning: "first time at which topOverlap is 1/2; of the theory where there is an outlier and one start",
    },
    ...twoTimeFunctions,
  ],
  predictions: [
    { name: "groundStateLoss", symbol: "ℓ_0", meaning: "lowest loss per spin, −λ1/2", levelOf: "loss" },
    {
      name: "topEigenvalue",
      symbol: "λ1",
      meaning: "largest eigenvalue: 1 + Δ² with an outlier, else the edge",
    },
    { name: "gap", symbol: "κ", meaning: "distance of the outlier from the bulk, (1 − Δ)²; 0 without one" },
    { name: "signalOverlapSquared", symbol: "(v1·x*)²/N", meaning: "1 − Δ² with an outlier, else 0" },
    {
      name: "crossoverTimeLeading",
      symbol: "t_cross",
      meaning: "when the clock is ln N/(2κ), the leading order of finding the signal from a random start",
    },
    {
      name: "crossoverTime",
      symbol: "t_cross",
      meaning: "when half the weight is on the outlier at T = 0, with the logarithm's correction",
      levelOf: "time",
    },
    { name: "crossoverTimeHessian", symbol: "t_cross", meaning: "when z reaches 2Δ, at temperature T" },
    {
      name: "visibleTime",
      symbol: "t*",
      meaning: "when noise and descent have equal parts in excessLoss: lateExponent is seen long after it",
    },
    { name: "lateExponent", meaning: "exponent of excessLoss for t → ∞" },
  ],
  citations: [
    learningRateSchedules,
    cited("cugliandolo-dean", {
      authors: ["L. F. Cugliandolo", "D. S. Dean"],
      title: "Full dynamical solution for a spherical spin-glass model",
      year: 1995,
      journal: "J. Phys. A",
      volume: "28",
      page: "4213",
    }),
    cited("baik-ben-arous-peche", {
      authors: ["J. Baik", "G. Ben Arous", "S. Péché"],
      title: "Phase transition of the largest eigenvalue for nonnull complex sample covariance matrices",
      year: 2005,
      journal: "Ann. Probab.",
      volume: "33",
      page: "1643",
    }),
    cited("dumitriu-edelman", {
      authors: ["I. Dumitriu", "A. Edelman"],
      title: "Matrix models for beta ensembles",
      year: 2002,
      journal: "J. Math. Phys.",
      volume: "43",
      page: "5830",
    }),
  ],
  example: {
    parameters: {
      temperature: 1,
      schedule: { kind: "hold-then-decay", rate: 0.1, switchTime: 0, exponent: 0.5 },
    },
    simulation: { size: 1000, samples: 10 },
    report: { times: [1, 10, 100, 1000], quantities: ["loss", "multiplier", "hessianLeftEdge"] },
  },
  countsSteps: ({ dynamics }) => dynamics === "projected-gradient",
  end: () => DEFAULT_END,
  tasks: {
    "simulation of the spherical SK model": async () =>
      (await import("../../simulate/spherical-sk/simulate")).sphericalSkTask,
  },
  figures: () => import("../../figures/spherical-sk"),
  load: async () => (await import("./code")).code,
});
