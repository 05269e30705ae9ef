/** Phase retrieval by persistent SGD: the mean-field theory against finite systems of two sizes. */
import { compare, simulate, solve } from "twotime";
import { createPool } from "twotime/node";

const problem = {
  system: "phase-retrieval",
  parameters: {
    algorithm: "persistent-sgd",
    sampleRatio: 3,
    batchFraction: 0.5,
    persistence: 1,
    initialOverlap: 0.2,
    learningRate: 0.02,
  },
} as const;
const pool = createPool();
const times = [0.1, 0.2, 0.4, 0.7, 1];
const theory = await solve(problem, { until: 1, seed: 1 }, { pool });
for (const size of [250, 1000]) {
  const finite = await simulate(problem, { size, samples: 100, until: 1, seed: 1, times }, { pool });
  for (const { quantity, statistic, pValue } of compare(theory, finite).quantities)
    if (quantity === "overlap")
      console.log(
        `N = ${size}: deviation ${statistic!.toFixed(1)} standard errors, p = ${pValue!.toFixed(3)}`,
      );
}
await pool.close();
