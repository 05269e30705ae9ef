import { describe, expect, it } from "vitest";
import { type Comparison, compare } from "../../src/compare";
import type { Ensemble, Solution } from "../../src/core/results";
import { methods, simulation as simulationSchema } from "../../src/systems/quadratic-network/parameters";
import { quadraticNetwork as system } from "../../src/systems/quadratic-network/record";
import { validate } from "../../src/systems/schema/validate";
import { escapeRate, noiseShare } from "../../src/theory/quadratic-network/rates";
import { FAILS, PASSES } from "./finite-system";

const SEED = 20261122;

/** Solves and simulates as a config says, with seeds of their own. */
async function run(
  parameters: object,
  method: Record<string, unknown> & { readonly kind: string },
  simulation: object,
  times: readonly number[] = [],
): Promise<{ readonly solution: Solution; readonly ensemble: Ensemble }> {
  const code = await system.load();
  const checked = validate(system.parameters, parameters, "parameters");
  const quantities = times.length > 0 ? undefined : ["exitTime"];
  const report = { times: [...times], pairs: [], samples: false, quantities };
  const solved = validate(methods[method.kind as "ode"], { seed: `${SEED} theory`, ...method }, "method");
  const simulated = validate(simulationSchema, { seed: SEED, ...simulation }, "simulation");
  return {
    solution: await code.solve(checked, solved),
    ensemble: await code.simulate!(checked, simulated, report),
  };
}

const exitOf = ({ events }: Comparison) => events!.find(({ quantity }) => quantity === "exitTime")!;
const curveOf = ({ quantities }: Comparison, name: string) =>
  quantities.find(({ quantity }) => quantity === name)!;

/** Starts so close to the plateau, nearer than 1/√d, that the noise decides when it is left. */
const fixedStarts = [
  {
    name: "p = 1",
    parameters: { learningRate: 0.1, dimension: 1000, threshold: 0.1, initial: { overlap: [0.01] } },
    method: { kind: "sde", scheme: "euler", step: 2e-3, until: 8, samples: 400 },
    times: [0.25, 0.5, 0.75, 1, 1.5, 2],
  },
  {
    name: "p = 2",
    parameters: {
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
    },
    method: { kind: "sde", scheme: "sampled", step: 2e-3, until: 5, samples: 400 },
    times: [0.25, 0.5, 0.75, 1, 1.25, 1.5],
  },
];

describe("from a fixed start exact SGD is the diffusion, and not the deterministic equations", () => {
  it.each(fixedStarts)("$name", async ({ parameters, method, times }) => {
    const { solution, ensemble } = await run(
      parameters,
      method,
      { samples: 400, until: method.until },
      times,
    );
    const diffusion = compare(solution, ensemble);
    const exit = exitOf(diffusion);
    expect(exit.statistic).toBe("mean");
    expect(Math.abs(exit.deviation)).toBeLessThan(3);
    expect(exit.distribution!.pValue).toBeGreaterThan(PASSES);
    for (const name of ["excessRisk", "maxOverlap"]) {
      expect(curveOf(diffusion, name).pValue).toBeGreaterThan(PASSES);
    }
    const code = await system.load();
    const ode = validate(methods.ode, { kind: "ode", until: method.until }, "method");
    const deterministic = compare(
      await code.solve(validate(system.parameters, parameters, "parameters"), ode),
      ensemble,
    );
    expect(exitOf(deterministic).distribution).toBeUndefined();
    expect(curveOf(deterministic, "maxOverlap").statistic).toBeGreaterThan(FAILS);
  });
});

describe("from random starts the whole law of exit times is the deterministic one, earlier by the shift", () => {
  it.each([
    { width: 1, learningRate: 0.08, dimension: 1000, samples: 3000 },
    { width: 2, learningRate: 0.3, dimension: 500, samples: 2000 },
  ])("p = $width", async ({ samples, dimension, ...setting }) => {
    const parameters = { ...setting, dimension, threshold: 0.1 };
    const method = { kind: "ode", tolerance: 1e-8, samples, until: 10 };
    const { solution, ensemble } = await run(parameters, method, { samples, until: 10 });
    const noiseless = { ...setting, labelNoise: 0 };
    const shift = Math.log1p(noiseShare(noiseless)) / (2 * escapeRate(noiseless));
    const exitTime = solution.events!.exitTime.map((t) => t - shift);
    const shifted = exitOf(compare({ ...solution, events: { exitTime } }, ensemble));
    expect(Math.abs(shifted.deviation)).toBeLessThan(3);
    expect(shifted.distribution!.pValue).toBeGreaterThan(PASSES);
    const printed = exitOf(compare(solution, ensemble));
    expect(printed.deviation).toBeGreaterThan(FAILS);
    expect(printed.distribution!.pValue).toBeLessThan(PASSES);
  });
});
