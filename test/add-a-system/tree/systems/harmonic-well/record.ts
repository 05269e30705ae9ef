import { defineSystem } from "../system";
import { methods, parameters, simulation } from "./parameters";

/** A particle in a harmonic well with noise. */
export const harmonicWell = defineSystem({
  name: "harmonic-well",
  title: "Particle in a harmonic well",
  parameters,
  methods,
  versions: { exact: 1, simulation: 1, predictions: 1 },
  simulation,
  quantities: [{ name: "energy", symbol: "E", of: "time", meaning: "mean energy" }],
  predictions: [{ name: "equilibriumEnergy", symbol: "T/2", meaning: "mean energy at late times" }],
  citations: [
    { key: "ornstein-uhlenbeck", text: "G. E. Uhlenbeck, L. S. Ornstein, Phys. Rev. 36, 823 (1930)" },
  ],
  example: { parameters: { temperature: 0.5 }, method: { until: 2 } },
  tasks: {
    "particle in a harmonic well": async () => (await import("../../simulate/harmonic-well")).wellTask,
  },
  figures: () => import("../../figures/harmonic-well"),
  load: async () => (await import("./code")).code,
});
