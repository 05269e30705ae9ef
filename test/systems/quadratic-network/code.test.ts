import { describe, expect, it } from "vitest";
import { methods, simulation as simulationSchema } from "../../../src/systems/quadratic-network/parameters";
import { quadraticNetwork as system } from "../../../src/systems/quadratic-network/record";
import { predictionRows } from "../../../src/systems/rows/predictions";
import { ensembleRows, solutionRows } from "../../../src/systems/rows/results";
import type { Row } from "../../../src/systems/rows/row";
import { validate } from "../../../src/systems/schema/validate";
import type { Report } from "../../../src/systems/system";
import { singleNeuronExitTime } from "../../../src/theory/quadratic-network/single";
import { cases } from "../../reference/quadratic-cases";

const report = (change: Partial<Report>): Report => ({ times: [], pairs: [], samples: false, ...change });

async function solve(
  parameters: object,
  method: Record<string, unknown>,
  change: Partial<Report>,
): Promise<Row[]> {
  const kind = (method.kind as string) ?? "ode";
  const code = await system.load();
  const checked = validate(methods[kind as "ode"], { ...method, kind }, "method");
  const solution = await code.solve(validate(system.parameters, parameters, "parameters"), checked);
  return solutionRows(solution, report(change));
}

describe("the rows of the equations", () => {
  it.each([
    [{ initial: { overlap: [0.1], correlation: [[1]] } }, {}],
    [{ dimension: 200 }, { samples: 3 }],
  ])("carry their error: %o", async (parameters, method) => {
    const rows = await solve(
      { learningRate: 0.05, ...parameters },
      { until: 4, ...method },
      { times: [1, 4] },
    );
    for (const row of rows.filter(({ time }) => time !== undefined)) {
      expect(row.error, row.quantity).toBeGreaterThanOrEqual(0);
      expect(row.error, row.quantity).toBeLessThan(1e-7);
    }
    const [exit] = rows.filter(({ quantity }) => quantity === "exitTime");
    if ("initial" in parameters) expect(exit.error).toBeLessThan(1e-7);
  });
});

async function simulate(parameters: object, simulation: object, change: Partial<Report>) {
  const code = await system.load();
  const ensemble = await code.simulate!(
    validate(system.parameters, parameters, "parameters"),
    validate(simulationSchema, simulation, "simulation"),
    report(change),
  );
  return { ensemble, rows: ensembleRows(ensemble, report(change)) };
}

async function predict(parameters: object): Promise<Row[]> {
  return predictionRows(
    await (await system.load()).predict(validate(system.parameters, parameters, "parameters")),
  );
}

const find = (rows: readonly Row[], wanted: Partial<Row>) =>
  rows.filter((row) =>
    Object.entries(wanted).every(
      ([key, value]) => JSON.stringify(row[key as keyof Row]) === JSON.stringify(value),
    ),
  );

describe("reference cases through the system record", () => {
  it.each(cases.filter((one) => one.run))("$id", async ({ run, value, tolerance }) => {
    const { verb, config, select } = run!;
    const { parameters, method, report: asked } = config as Record<string, Record<string, unknown>>;
    const rows =
      verb === "predict"
        ? await predict(parameters)
        : await solve(parameters, method ?? {}, asked as Partial<Report>);
    const wanted = typeof value === "number" ? [value] : value;
    for (const [i, choice] of select.entries()) {
      const found = find(rows, choice);
      expect(found.length).toBe(1);
      expect(Math.abs((found[0].value as number) - wanted[i])).toBeLessThan(tolerance);
    }
  });
});

const start = { overlap: [0.1], correlation: [[1]] };

describe("solve", () => {
  it("reports the exit of a given start, or never", async () => {
    const rows = await solve({ learningRate: 0.1, initial: start, threshold: 0.3 }, {}, { times: [1] });
    const [exit] = find(rows, { quantity: "exitTime" });
    expect(exit.value).toBeCloseTo(singleNeuronExitTime({ learningRate: 0.1, labelNoise: 0 }, 0.1, 0.3), 9);
    expect(exit.statistic).toBeUndefined();
    const stuck = await solve({ learningRate: 0.2, initial: start }, {}, { quantities: ["exitTime"] });
    expect(stuck).toEqual([{ quantity: "exitTime", value: "never" }]);
    const late = await solve({ learningRate: 0.1, initial: start }, { until: 0.1 }, { times: [0.1] });
    expect(find(late, { quantity: "exitTime" })[0].value).toBeCloseTo(
      singleNeuronExitTime({ learningRate: 0.1, labelNoise: 0 }, 0.1, 0.5),
      9,
    );
  });

  it("says how far it looked for the exit that never comes", async () => {
    const code = await system.load();
    const notes = async (parameters: object, method: object) => {
      const checked = validate(methods.ode, { kind: "ode", ...method }, "method");
      return (await code.solve(validate(system.parameters, parameters, "parameters"), checked)).notes;
    };
    const [single] = await notes({ learningRate: 0.2, initial: start }, {});
    expect(single).toMatch(/^no exit: the order parameters have come to rest by t = \d+/);
    expect(await notes({ learningRate: 0.2, dimension: 100 }, { samples: 3, until: 1 })).toEqual([
      "mean over 3 random starts",
      "3 of 3 samples do not exit: followed to rest or divergence",
    ]);
    const slow = { learningRate: 0.125, labelNoise: 4, dimension: 100 };
    expect(await notes(slow, { samples: 3, until: 1 })).toMatchObject([
      "mean over 3 random starts",
      "3 of 3 samples do not exit: followed up to t = 1000 or further",
    ]);
  });

  it("averages over random starts, the same as the simulation's", async () => {
    const parameters = { learningRate: 0.05, labelNoise: 0.2, dimension: 200, threshold: 0.3 };
    const rows = await solve(parameters, { samples: 30, seed: 5 }, { times: [0, 1], samples: true });
    const exits = find(rows, { quantity: "exitTime" }).filter((row) => row.sample !== undefined);
    expect(exits.length).toBe(30);
    const [fraction] = find(rows, { quantity: "exitTime", statistic: "fraction" });
    expect(fraction).toMatchObject({ value: 1, standardError: 0.5 / 31 });
    const first = find(rows, { quantity: "risk", time: 0 })[0];
    const simulated = await simulate(parameters, { samples: 30, seed: 5 }, { times: [0, 1] });
    expect(find(simulated.rows, { quantity: "risk", time: 0 })[0].value).toBeCloseTo(
      first.value as number,
      12,
    );
    expect(find(rows, { quantity: "risk", time: 1 })[0].standardError).toBeGreaterThan(0);
  });
});

describe("sde with a second layer as fast as the first", () => {
  const parameters = {
    width: 2,
    learningRate: 0.02,
    labelNoise: 0.2,
    trainSecondLayer: true,
    secondLayerRate: "first-layer",
    dimension: 400,
    initial: { overlap: [0.2, 0.1] },
  };

  it("has no such rate where it is fixed", async () => {
    await expect(
      solve({ ...parameters, trainSecondLayer: false }, { kind: "sde", until: 0.05 }, { times: [0.05] }),
    ).rejects.toThrow(/parameters.secondLayerRate is "first-layer"; allowed: "per-dimension" unless/);
  });

  it("follows SGD at its default step", async () => {
    const times = [0.02, 0.05];
    const rows = await solve(
      parameters,
      { kind: "sde", samples: 100, seed: 20261122, until: 0.05 },
      { times },
    );
    const sgd = { samples: 200, seed: 20261122, until: 0.05 };
    const exact = (await simulate(parameters, sgd, { times })).rows;
    for (const wanted of [{ quantity: "excessRisk" }, { quantity: "secondLayer", index: [0] }]) {
      for (const time of times) {
        const [theory] = find(rows, { ...wanted, time });
        const [finite] = find(exact, { ...wanted, time });
        const error = Math.hypot(theory.standardError!, finite.standardError!);
        expect(Math.abs((theory.value as number) - (finite.value as number))).toBeLessThan(4 * error);
      }
    }
  });

  it("is refused where its noise is too strong for a diffusion", async () => {
    const wild = { ...parameters, learningRate: 0.1 };
    await expect(solve(wild, { kind: "sde" }, {})).rejects.toMatchObject({
      parameter: "parameters.learningRate",
      message: expect.stringContaining("at most width²/112, 0.03571"),
    });
  });
});

describe("simulate", () => {
  it("reports statistics of the exit, and ends with it when nothing else is asked", async () => {
    const parameters = { width: 2, learningRate: 0.3, dimension: 60, threshold: 0.1 };
    const { ensemble, rows } = await simulate(
      parameters,
      { samples: 40 },
      { quantities: ["exitTime"], times: [1] },
    );
    expect(ensemble.time.length).toBe(0);
    expect(rows.map((row) => row.statistic)).toEqual(["mean", "median", "fraction"]);
    for (const { standardError } of rows) expect(standardError).toBeGreaterThan(0);
    const late = await simulate(
      parameters,
      { samples: 40, stepLimit: 200 },
      { quantities: ["exitTime"], times: [] },
    );
    const [fraction] = find(late.rows, { statistic: "fraction" });
    expect(fraction.value).toBeLessThan(1);
    expect(fraction.value).toBeGreaterThan(0);
    expect(find(late.rows, { statistic: "mean" })[0].value).toBe("undefined");
    expect(find(late.rows, { statistic: "conditionalMean" })[0].value).toBeLessThan(0.5);
    expect(late.ensemble.notes![0]).toMatch(/step limit/);
  });

  it("never exits beyond the learnable bound", async () => {
    const { rows } = await simulate(
      { learningRate: 0.3, dimension: 50 },
      { samples: 4, until: 1 },
      { times: [0.5] },
    );
    expect(find(rows, { statistic: "median" })[0].value).toBe("never");
    expect(find(rows, { statistic: "fraction" })[0].value).toBe(0);
    expect(find(rows, { statistic: "conditionalMean" })[0].value).toBe("undefined");
    expect(find(rows, { quantity: "overlap", index: [0], time: 0.5 }).length).toBe(1);
  });
});

describe("predict", () => {
  it("says infinity and undefined where a form has no value", async () => {
    const value = (rows: Row[], quantity: string) => find(rows, { quantity })[0].value;
    const beyond = await predict({ learningRate: 0.2, dimension: 1000 });
    expect(value(beyond, "exitTimeAnnealed")).toBe("infinity");
    expect(value(beyond, "exitTimeShifted")).toBe("infinity");
    expect(value(beyond, "asymptoticExcessRisk")).toBe(2);
    const limit = await predict({ learningRate: 0.1 });
    expect(value(limit, "exitTimeQuenched")).toBe("infinity");
    expect(value(limit, "exitTimeDiffusion")).toBe("infinity");
    const wide = await predict({ width: 3, learningRate: 0.1, dimension: 1000, labelNoise: 0.1 });
    expect(value(wide, "exitTimeDiffusion")).toBe("undefined");
    expect(value(wide, "criticalPointRisk")).toBe("undefined");
    expect(value(wide, "exitTimeShifted")).toBeLessThan(value(wide, "exitTimeQuenched") as number);
    const free = await predict({ learningRate: 0.1, dimension: 1000, constraint: "none" });
    expect(value(free, "escapeRate")).toBe("undefined");
    expect(value(free, "optimalLearningRate")).toBe("undefined");
    expect(value(free, "overparametrisationGain")).toBe("undefined");
    expect(find(free, { quantity: "criticalPointRisk", index: [1] })[0].value).toBeCloseTo(4 / 3, 14);
    expect(find(free, { quantity: "criticalPointRisk" }).length).toBe(3);
    const names = [...new Set(free.map((row) => row.quantity))];
    expect(names).toEqual(system.predictions.map((one) => one.name));
  });
});

describe("errors", () => {
  it.each([
    [{ learningRate: 0.1, initial: { overlap: [0.9, 0.9] }, width: 2 }, "parameters.initial.overlap"],
    [{ learningRate: 0.1, initial: { overlap: [1.2] } }, "parameters.initial.overlap"],
    [{ learningRate: 0.1, initial: { overlap: [0.1, 0] } }, "parameters.initial.overlap"],
    [
      {
        learningRate: 0.1,
        constraint: "none",
        width: 2,
        initial: {
          overlap: [0, 0],
          correlation: [
            [1, 2],
            [2, 1],
          ],
        },
      },
      "parameters.initial.correlation",
    ],
    [
      { learningRate: 0.1, initial: { overlap: [0], correlation: [[2]] } },
      "parameters.initial.correlation[0][0]",
    ],
    [{ learningRate: 0.1, width: 5, dimension: 5 }, "parameters.dimension"],
    [{ learningRate: 0.1 }, "parameters.dimension"],
    [{ learningRate: 0.1, initial: { overlap: [0.1] }, finiteDimension: true }, "parameters.dimension"],
    [{ learningRate: -0.1 }, "parameters.learningRate"],
    [{ learningRate: 0.1, labelNoise: -1 }, "parameters.labelNoise"],
    [{ learningRate: 0.1, threshold: 0 }, "parameters.threshold"],
    [{ learningRate: 0.1, widht: 2 }, "parameters.widht"],
    [{ width: 2 }, "parameters.learningRate"],
  ])("%j names %s", async (parameters, parameter) => {
    await expect(solve(parameters, {}, { times: [1] })).rejects.toMatchObject({ parameter });
  });

  it("a weak scheme for a wide network, a simulation without dimension", async () => {
    const wide = { learningRate: 1, width: 5, dimension: 100 };
    await expect(solve(wide, { kind: "sde", scheme: "weak2" }, {})).rejects.toMatchObject({
      parameter: "method.scheme",
    });
    await expect(simulate({ learningRate: 0.1 }, {}, {})).rejects.toMatchObject({
      parameter: "parameters.dimension",
    });
  });
});

it("describes itself", async () => {
  const parameters = validate(system.parameters, { learningRate: 0.1, width: 2 }, "parameters");
  expect((await system.load()).describe(parameters)).toContain("p = 2, γ = 0.1, Δ = 0, d = ∞");
});
