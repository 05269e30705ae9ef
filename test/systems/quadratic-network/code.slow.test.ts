import { describe, expect, it } from "vitest";
import { mean, standardError } from "../../../src/numerics/statistics";
import { methods, simulation as simulationSchema } from "../../../src/systems/quadratic-network/parameters";
import { quadraticNetwork as system } from "../../../src/systems/quadratic-network/record";
import { ensembleRows, solutionRows } from "../../../src/systems/rows/results";
import type { Row } from "../../../src/systems/rows/row";
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

describe("solve and simulate, by their rows", () => {
  const parameters = validate(
    system.parameters,
    {
      learningRate: 0.05,
      labelNoise: 0.5,
      dimension: 100,
      initial: { overlap: [0.1], correlation: [[1]] },
      finiteDimension: true,
      threshold: 0.3,
    },
    "parameters",
  );
  const asked = { times: [0.25, 0.5, 1], pairs: [], samples: false };
  const find = (rows: readonly Row[], wanted: Partial<Row>) =>
    rows.find((row) => Object.entries(wanted).every(([key, value]) => row[key as keyof Row] === value))!;
  /** The same for all schemes. */
  let simulated: Promise<Row[]> | undefined;
  async function simulate() {
    const simulation = validate(simulationSchema, { samples: 200, seed: SEED, until: 3 }, "simulation");
    const code = await system.load();
    return ensembleRows(await code.simulate!(parameters, simulation, asked), asked);
  }

  it.each(["euler", "weak2", "sampled"] as const)(
    "sde with the scheme %s agrees with exact SGD",
    async (scheme) => {
      const method = { kind: "sde", scheme, samples: 400, seed: SEED, until: 4, step: 4e-3, itoDrift: true };
      const solution = await (await system.load()).solve(parameters, validate(methods.sde, method, "method"));
      const rows = solutionRows(solution, asked);
      simulated ??= simulate();
      const exact = await simulated;
      const wanted = [
        ...asked.times.map((time) => ({ quantity: "excessRisk", time })),
        { quantity: "exitTime", statistic: "mean" },
      ];
      for (const each of wanted) {
        const [theory, finite] = [find(rows, each), find(exact, each)];
        const error = Math.hypot(theory.standardError!, finite.standardError!);
        expect(Math.abs((theory.value as number) - (finite.value as number))).toBeLessThan(4 * error);
      }
    },
  );
});
