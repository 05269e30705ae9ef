import type { Solvers } from "../figures";
import { predict, simulateConfig, solveConfig } from "../systems/calls";
import { parseConfig } from "../systems/config/config";

/** The systems as figures know them: by configs. */
export const solvers: Solvers = {
  solve: solveConfig,
  simulate: simulateConfig,
  predict: (config) => predict(config as { system: string }),
  sources: (config) => parseConfig(config, "predict").system.citations,
};
