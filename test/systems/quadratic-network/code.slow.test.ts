import { describe, expect, it } from "vitest";
import { mean, standardError } from "../../../src/numerics/statistics";
import { methods, simulation as simulationSchema } from "../../../src/systems/quadratic-network/parameters";
import { quadraticNetwork as system } from "../../../src/systems/quadratic-network/record";
import { validate } from "../../../src/systems/schema/validate";
import { escapeRate, noiseShare } from "../../../src/theory/quadratic-network/rates";

const SEED = 20261122;
const report = { times: [], pairs: [], samples: false, quantities: ["exitTime"] };

/** Exit times of the theory by one method and of exact SGD, with one seed. */
async function exits(parameters: object, method: Record<string, unknown>, samples: number, until: number) {
  const code = await system.load();
  const checked = validate(system.parameters, parameters, "parameters");
  const kind = method.kind as string;
  const common = { samples, seed: SEED, until };
  const theory = await code.solve(
    checked,
    validate(methods[kind as "ode"], { ...method, ...common }, "method"),
  );
  const simulation = validate(simulationSchema, common, "simulation");
  const exact = await code.simulate!(checked, simulation, report);
  return { theory: theory.events!.exitTime, exact: exact.events!.exitTime };
}

describe("stochastic equations and exact SGD from a fixed start, within 3 standard errors", () => {
  const single = { learningRate: 0.1, dimension: 1000, threshold: 0.1, initial: { overlap: [0.0316] } };
  const pair = {
    width: 2,
    learningRate: 0.3,
    dimension: 1000,
    threshold: 0.1,
    initial: {
      overlap: [0.03, -0.03],
      correlation: [
        [1, 0.03],
        [0.03, 1],
      ],
    },
  };
  it.each([
    ["euler", single, 400, 8],
    ["sampled", pair, 500, 5],
  ] as const)("%s", async (scheme, parameters, samples, until) => {
    const { theory, exact } = await exits(parameters, { kind: "sde", scheme, step: 2e-3 }, samples, until);
    const error = Math.hypot(standardError(theory), standardError(exact));
    expect(Math.abs(mean(theory) - mean(exact))).toBeLessThan(3 * error);
  });
});

describe("SGD leaves random starts before the deterministic equations, by the predicted shift", () => {
  it.each([
    { width: 1, learningRate: 0.08 },
    { width: 2, learningRate: 0.3 },
  ])("p = $width", async ({ width, learningRate }) => {
    const parameters = { width, learningRate, dimension: 1000, threshold: 0.1 };
    const { theory, exact } = await exits(parameters, { kind: "ode", tolerance: 1e-8 }, 400, 10);
    // The same starts: their spread is not the error.
    const lead = theory.map((t, k) => t - exact[k]);
    const setting = { width, learningRate, labelNoise: 0 };
    const shift = Math.log1p(noiseShare(setting)) / (2 * escapeRate(setting));
    expect(Math.abs(mean(lead) - shift)).toBeLessThan(3.5 * standardError(lead));
    expect(mean(lead) / standardError(lead)).toBeGreaterThan(5);
  });
});
