import type { Optimum } from "../core/results";
import type { Solvers } from "../figures";
import { optimiseConfig, predictConfig, simulateConfig, solveConfig } from "../systems/calls";
import { parseConfig } from "../systems/config/config";
import type { Optimisation } from "../systems/optimise/optimise";

/** The systems as figures know them: by configs. */
export const solvers: Solvers = {
  solve: solveConfig,
  simulate: simulateConfig,
  predict: predictConfig,
  optimise: async (config, options) => (await optimiseConfig(config, options)) as Optimum,
  async search(config, options) {
    const { best } = (await optimiseConfig(config, options)) as Optimisation;
    return best && { at: best.at, value: best.value! };
  },
  sources: (config) => parseConfig(config, "predict").system.citations,
};
