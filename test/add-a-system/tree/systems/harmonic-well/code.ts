import { simulateWell } from "../../simulate/harmonic-well";
import { checkWell, equilibriumEnergy, meanEnergy } from "../../theory/harmonic-well";
import { asParameters } from "../parts/as-parameters";
import type { SystemCode } from "../system";
import type { WellMethod, WellParameters, WellSimulation } from "./parameters";

export const code: SystemCode<WellParameters, WellMethod, WellSimulation> = {
  describe: ({ curvature, temperature }) => `dx = −${curvature} x dt + √(2·${temperature}) dW`,

  async solve(well, { until }) {
    asParameters(() => checkWell(well));
    const sample = (times: ArrayLike<number>) => {
      const time = Float64Array.from(times);
      const energy = time.map((t) => meanEnergy(well, t));
      return { time, series: { energy }, error: { energy: time.map(() => 0) } };
    };
    return { ...sample([0, until]), sample, notes: [] };
  },

  async simulate(well, { samples, seed }, { times }, options) {
    asParameters(() => checkWell(well));
    return simulateWell({ ...well, times, seed }, samples, options);
  },

  predict: (well) => ({ equilibriumEnergy: equilibriumEnergy(well) }),
};
