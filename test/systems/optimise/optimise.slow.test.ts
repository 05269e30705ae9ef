import { expect, it } from "vitest";
import { parseConfig } from "../../../src/systems/config/config";
import { optimise } from "../../../src/systems/optimise/optimise";

const source = {
  system: "p-spin",
  parameters: { p: 3, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: 0.4 } },
  method: { points: 40 },
  optimise: {
    parameters: { "schedule.exponent": [0, 0.95] },
    minimise: { quantity: "loss", time: 50 },
  },
};

it("finds β* of the p-spin model within 0.02 of a fine scan", async () => {
  const problem = parseConfig(source, "optimise");
  const found = await optimise({ ...problem, search: problem.search! });
  const code = await problem.system.load();
  const scan: { beta: number; loss: number }[] = [];
  for (let beta = 0.38; beta < 0.53; beta += 0.01) {
    const parameters = {
      ...source.parameters,
      schedule: { ...source.parameters.schedule, exponent: beta },
    };
    const solution = await code.solve(problem.system.parameters.parse(parameters), problem.method);
    scan.push({ beta, loss: solution.sample([50]).series.loss[0] });
  }
  const best = scan.reduce((x, y) => (y.loss < x.loss ? y : x));
  // The scan holds a minimum, not an end.
  expect(best).not.toBe(scan[0]);
  expect(best).not.toBe(scan.at(-1));
  expect(Math.abs(found.best!.at[0] - best.beta)).toBeLessThanOrEqual(0.02);
  expect(found.best!.value).toBeLessThanOrEqual(best.loss + 1e-7);
  expect(found.bestParameters).toMatchObject({ schedule: { exponent: found.best!.at[0], rate: 0.5 } });
});
