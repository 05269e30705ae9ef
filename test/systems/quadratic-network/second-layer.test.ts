import { describe, expect, it } from "vitest";
import { methods, simulation as simulationSchema } from "../../../src/systems/quadratic-network/parameters";
import { quadraticNetwork as system } from "../../../src/systems/quadratic-network/record";
import { predictionRows } from "../../../src/systems/rows/predictions";
import { validate } from "../../../src/systems/schema/validate";

const SEED = 20261122;
const code = await system.load();
const parametersOf = (parameters: object) => validate(system.parameters, parameters, "parameters");
const report = { times: [0, 0.05], pairs: [], samples: false };

async function solve(parameters: object, method: object, kind: "ode" | "sde" = "ode") {
  return code.solve(
    parametersOf(parameters),
    validate(methods[kind] as typeof methods.ode, { kind, ...method }, "method"),
  );
}

function simulate(parameters: object, simulation: object) {
  const checked = validate(simulationSchema, simulation, "simulation");
  return code.simulate!(parametersOf(parameters), checked, report);
}

const four = { width: 4, learningRate: 0.5, dimension: 60 };
const secondLayer = [1, 0, 1, 1];

describe("random weights with a given second layer", () => {
  it("start where those of all a_j = 1 start, in theory with and without noise and both simulations", async () => {
    const own = { ...four, initial: { secondLayer } };
    const request = { samples: 2, seed: SEED, until: 0.05 };
    const results = [
      [await solve(own, request), await solve(four, request)],
      [await solve(own, request, "sde"), await solve(four, request, "sde")],
      [await simulate(own, request), await simulate(four, request)],
      [
        await simulate(own, { ...request, process: "vectors" }),
        await simulate(four, { ...request, process: "vectors" }),
      ],
    ];
    for (const [found, ones] of results) {
      expect(secondLayer.map((_, j) => found.series[`secondLayer[${j}]`][0])).toEqual(secondLayer);
      expect(found.series["overlap[1]"][0]).toBe(ones.series["overlap[1]"][0]);
      expect(found.series["correlation[0,1]"][0]).toBe(ones.series["correlation[0,1]"][0]);
      expect(found.series.risk[0]).not.toBe(ones.series.risk[0]);
    }
    // A neuron that does not count does not move.
    const still = results[0][0].series["overlap[1]"];
    expect(still[still.length - 1]).toBeCloseTo(still[0], 12);
  });

  it("have no closed forms, which are those of all a_j = 1", async () => {
    const value = async (initial: object) => {
      const rows = predictionRows(await code.predict(parametersOf({ ...four, initial })));
      return Object.fromEntries(rows.map((row) => [row.quantity, row.value]));
    };
    const own = await value({ secondLayer });
    for (const name of ["exitTimeAnnealed", "escapeRate", "asymptoticExcessRisk"]) {
      expect(own[name], name).toBe("undefined");
    }
    expect(await value({ secondLayer: [1, 1, 1, 1] })).toEqual(await value({}));
  });

  it.each([
    [{ secondLayer: [1, 0] }, {}, "parameters.initial.secondLayer"],
    [{ correlation: [[1]] }, { width: 1 }, "parameters.initial.overlap"],
    [{ secondLayer }, { dimension: null }, "parameters.dimension"],
  ])("%j with %j names %s", async (initial, change, parameter) => {
    await expect(solve({ ...four, ...change, initial }, { until: 1 })).rejects.toMatchObject({ parameter });
  });
});
