import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/systems/config/config";
import { reportUntil } from "../../src/systems/config/report";
import { predictionRows } from "../../src/systems/rows/predictions";
import { solutionRows } from "../../src/systems/rows/results";
import type { Row } from "../../src/systems/rows/row";

async function solved(config: object): Promise<Row[]> {
  const { solution, rows } = await solutionOf(config);
  return rows(solution);
}

async function solutionOf(config: object) {
  const { system, parameters, method, report } = parseConfig(config, "solve");
  const solution = await (await system.load()).solve(parameters, method);
  const rows = (one: typeof solution) =>
    solutionRows(one, reportUntil(report, (method as { until: number }).until));
  return { solution, rows };
}
const valuesOf = (rows: readonly Row[], quantity: string) =>
  rows.filter((row) => row.quantity === quantity).map((row) => row.value as number);

describe("the integrated response", () => {
  it("is (1 − C)/T in equilibrium, at given pairs and ratios of the times", async () => {
    const rows = await solved({
      system: "p-spin",
      parameters: { p: 3, temperature: 0.8, initialTemperature: 0.8 },
      method: { until: 6, points: 120 },
      report: { times: [2, 6], pairs: [[5, 4.9]], ratios: [0, 0.5, 0.9] },
    });
    const correlation = valuesOf(rows, "correlation");
    const chi = rows.filter(({ quantity }) => quantity === "integratedResponse");
    expect(chi.map(({ time, timePrime }) => [time, timePrime])).toEqual([
      [5, 4.9],
      [2, 0],
      [6, 0],
      [2, 1],
      [6, 3],
      [2, 1.8],
      [6, 5.4],
    ]);
    chi.forEach(({ value, error }, k) => {
      const apart = Math.abs((value as number) - (1 - correlation[k]) / 0.8);
      expect(apart).toBeLessThan(3 * error! + 1e-10);
      expect(error).toBeLessThan(1e-7);
    });
  });

  it("is taken in the clock, through a jump of the rate", async () => {
    // No couplings to speak of: R = exp(−T∫η²), so χ = ∫η(u) exp(−T∫_u^t η²) du, in closed form for either rate.
    const rows = await solved({
      system: "p-spin",
      parameters: {
        couplings: [{ p: 3, variance: 1e-12 }],
        temperature: 2,
        schedule: { kind: "steps", rate: 1, factor: 0.5, times: [1] },
      },
      method: { until: 3, points: 120 },
      report: { pairs: [[3, 0.5]], quantities: ["integratedResponse"] },
    });
    const after = (1 - Math.exp(-1)) / (2 * 0.5);
    const before = (Math.exp(-1) * (1 - Math.exp(-1))) / 2;
    expect(rows[0].value).toBeCloseTo(after + before, 8);
  });

  it("of a stiff bath that has settled long ago is 1/T_eff, and its error is not that of all the time since", async () => {
    const rows = await solved({
      system: "p-spin",
      parameters: { p: 3, temperature: 50, schedule: 10 },
      method: { until: 1e5 },
      report: { pairs: [[1e5, 1]], quantities: ["integratedResponse"] },
    });
    expect(Math.abs((rows[0].value as number) - 1 / 500)).toBeLessThan(3 * rows[0].error!);
    expect(rows[0].error).toBeLessThan(1e-5);
  });
});

describe("the crossing time of a signal", () => {
  const config = (more: object, method: object) => ({
    system: "spiked-matrix-tensor",
    parameters: { matrixNoise: 0.2, tensorNoise: 6, temperature: 1, initialOverlap: 1e-4, ...more },
    method,
    report: { times: [1], quantities: ["crossingTime"] },
  });
  const spiked = (more: object, method: object) => solved(config(more, method));

  it("is when the overlap is half its last, with an error that finer steps confirm", async () => {
    const [coarse] = await spiked({}, { until: 12, points: 80 });
    const { solution, rows } = await solutionOf(config({}, { until: 12, points: 160 }));
    const [fine] = rows(solution);
    const apart = Math.abs((coarse.value as number) - (fine.value as number));
    expect(apart).toBeLessThan(coarse.error!);
    expect(apart).toBeGreaterThan(coarse.error! / 100);
    const [half, last] = solution.sample([fine.value as number, 12]).series.overlap;
    expect(half).toBeCloseTo(last / 2, 9);
    expect(last).toBeGreaterThan(0.7);
  });

  it("is the same for a start with the opposite sign of the signal where p is even, never where the overlap falls, 0 where it is there", async () => {
    const [up] = await spiked({ p: 4 }, { until: 12, points: 120 });
    const [down] = await spiked({ p: 4, initialOverlap: -1e-4 }, { until: 12, points: 120 });
    expect(down.value).toBeCloseTo(up.value as number, 10);
    const [hard] = await spiked({ matrixNoise: 4, initialOverlap: 0.01 }, { until: 10, points: 80 });
    expect(hard.value).toBe("never");
    const [there] = await spiked({ initialOverlap: 0.7 }, { until: 10, points: 80 });
    expect(there.value).toBe(0);
  });

  it("has a note where the overlap still grows at the end, and none where it has settled", async () => {
    const grows = /^crossingTime: the overlap still grows at the end/;
    const notesOf = async (until: number) =>
      (await solutionOf(config({}, { until, points: 80 }))).solution.notes?.filter((note) =>
        grows.test(note),
      );
    expect(await notesOf(4)).toHaveLength(1);
    expect(await notesOf(12)).toEqual([]);
  });

  it("is not there where the run was stopped before its end", async () => {
    // Steps that take seconds: there is progress before the end, however fast the machine.
    const { system, parameters, method } = parseConfig(config({}, { until: 12, points: 2000 }), "solve");
    const stop = new AbortController();
    const run = (await system.load()).solve(parameters, method, {
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done > 0) stop.abort();
      },
    });
    const error = await run.catch((reason) => reason);
    expect(error.name).toBe("InterruptedError");
    expect(error.partial.series.overlap).toBeDefined();
    expect(error.partial.summary).toBeUndefined();
  });
});

it("beside a random field the predictions of aging are undefined, the ground state is not", async () => {
  const config = parseConfig(
    {
      system: "p-spin",
      parameters: {
        couplings: [
          { p: 1, variance: 1 },
          { p: 3, variance: 1 },
        ],
      },
    },
    "predict",
  );
  const rows = predictionRows(await (await config.system.load()).predict(config.parameters));
  const values = Object.fromEntries(rows.map(({ quantity, value }) => [quantity, value]));
  for (const name of [
    "thresholdLoss",
    "thresholdMultiplier",
    "thresholdLossZero",
    "plateau",
    "dynamicTemperature",
    "ergodicityTemperature",
    "fdtViolation",
    "lossExponent",
    "optimalExponent",
  ]) {
    expect(values[name], name).toBe("undefined");
  }
  expect(values.groundStateLoss).toBeCloseTo(-Math.SQRT2, 12);
});

it("a start in equilibrium has the same loss on both grids", async () => {
  const [aging, uniform] = await Promise.all(
    ["aging", "uniform"].map((kind) =>
      solved({
        system: "p-spin",
        parameters: { p: 3, temperature: 0.3, initialTemperature: 1 },
        method: { kind, until: 10, tolerance: 1e-5 },
        report: { times: [1, 4, 10], quantities: ["loss"] },
      }),
    ),
  );
  for (const [k, { value, error }] of aging.entries()) {
    expect(Math.abs((value as number) - (uniform[k].value as number))).toBeLessThan(
      2 * (error! + uniform[k].error!),
    );
  }
  expect(aging).toHaveLength(3);
});
