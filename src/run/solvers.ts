import type { Solvers } from "../figures";
import { predictConfig, simulateConfig, solveConfig } from "../systems/calls";
import { parseConfig } from "../systems/config/config";

/** The systems as figures know them: by configs. */
export const solvers: Solvers = {
  solve: solveConfig,
  simulate: simulateConfig,
  predict: predictConfig,
  sources: (config) => parseConfig(config, "predict").system.citations,
};
