import { describe, expect, it } from "vitest";
import { simulateConfig } from "../../src/systems/calls";
import { parseConfig } from "../../src/systems/config/config";
import { reportUntil } from "../../src/systems/config/report";
import { predictionRows } from "../../src/systems/rows/predictions";
import { solutionRows } from "../../src/systems/rows/results";
import type { Row } from "../../src/systems/rows/row";

async function solved(config: object): Promise<Row[]> {
  const { system, parameters, method, report } = parseConfig(config, "solve");
  const solution = await (await system.load()).solve(parameters, method);
  return solutionRows(solution, reportUntil(report, (method as { until: number }).until));
}

async function predicted(system: string, parameters: object): Promise<Record<string, Row["value"]>> {
  const config = parseConfig({ system, parameters }, "predict");
  const rows = predictionRows(await (await config.system.load()).predict(config.parameters));
  return Object.fromEntries(rows.map(({ quantity, value }) => [quantity, value]));
}

describe("derived quantities of the p-spin model", () => {
  it("carry an error of their own: the exponent on a coarse grid covers the finer one", async () => {
    const schedule = { kind: "power-law", rate: 0.5, exponent: 0.2 };
    const at = async (points: number) => {
      const [row] = await solved({
        system: "p-spin",
        parameters: { p: 3, temperature: 1, schedule },
        method: { until: 100, points },
        report: { times: [100], quantities: ["lossExponent"] },
      });
      return { value: row.value as number, error: row.error! };
    };
    const [coarse, fine] = [await at(60), await at(180)];
    expect(Math.abs(coarse.value - fine.value)).toBeLessThan(coarse.error / 0.3);
    expect(fine.error).toBeLessThan(coarse.error);
  });

  it("exist from a singular start on, and are 0 where nothing moves", async () => {
    const singular = await solved({
      system: "p-spin",
      parameters: {
        p: 3,
        temperature: 1,
        schedule: { kind: "power-law", rate: 1, exponent: 0.6, offset: 0 },
      },
      method: { until: 2 },
      report: { times: [1, 2] },
    });
    expect(singular.every(({ value }) => typeof value === "number")).toBe(true);
    const resting = await solved({
      system: "p-spin",
      parameters: { p: 3, schedule: { kind: "tabulated", times: [0, 2, 3], rates: [0, 0, 1] } },
      method: { until: 4 },
      report: { times: [1], quantities: ["lossExponent"] },
    });
    expect(Object.is(resting[0].value, 0)).toBe(true);
  });
});

describe("the lower edge of the Hessian's bulk", () => {
  const report = (times: number[]) => ({ times, quantities: ["multiplier", "hessianLeftEdge"] });
  const values = (rows: Row[], name: string) => rows.filter(({ quantity }) => quantity === name);

  it("is z − 2√Q″(1) with the error of z, in theory and finite system, of mixtures too", async () => {
    const couplings = [
      { p: 3, variance: 0.5 },
      { p: 4, variance: 2 },
    ];
    const parameters = { couplings, temperature: 0.3 };
    const rows = await solved({ system: "p-spin", parameters, method: { until: 4 }, report: report([0, 4]) });
    const [z, edge] = [values(rows, "multiplier"), values(rows, "hessianLeftEdge")];
    for (const k of [0, 1]) {
      // Q″(1) = 0.5·2 + 2·3
      expect(edge[k].value).toBeCloseTo((z[k].value as number) - 2 * Math.sqrt(7), 14);
      expect(edge[k].error).toBe(z[k].error);
      expect(edge[k].error).toBeGreaterThan(0);
    }
    const simulation = { size: 20, samples: 3, step: 0.02, until: 1 };
    const { series, standardError, curves } = await simulateConfig(
      { system: "p-spin", parameters, simulation, report: { times: [1] } },
      {},
    );
    expect(series.hessianLeftEdge[0]).toBeCloseTo(series.multiplier[0] - 2 * Math.sqrt(7), 13);
    expect(standardError.hessianLeftEdge[0]).toBe(standardError.multiplier[0]);
    expect(curves!.hessianLeftEdge[2][0]).toBeCloseTo(curves!.multiplier[2][0] - 2 * Math.sqrt(7), 13);
  });

  it("ends at 0 at T = 0, below it at T > 0", async () => {
    const edgeAt = async (temperature: number) => {
      const { thresholdMultiplier } = await predicted("p-spin", { p: 3, temperature });
      const rows = await solved({
        system: "p-spin",
        parameters: { p: 3, temperature },
        method: { until: 30, points: 100 },
        report: report([10, 30]),
      });
      const edge = values(rows, "hessianLeftEdge").map(({ value }) => value as number);
      return { edge, limit: (thresholdMultiplier as number) - 2 * Math.SQRT2 };
    };
    const cold = await edgeAt(0);
    expect(cold.limit).toBeCloseTo(0, 14);
    // −A s^(−γ), whose local exponent falls from 0.7015 to 0.6865 between the two times.
    const exponent = Math.log(cold.edge[0] / cold.edge[1]) / Math.log(3);
    expect(exponent).toBeGreaterThan(0.6865);
    expect(exponent).toBeLessThan(0.7015);
    const warm = await edgeAt(0.2);
    expect(warm.limit).toBeCloseTo(2.7201177 - 2 * Math.SQRT2, 7);
    expect(warm.edge[0]).toBeLessThan(warm.edge[1]);
    expect(warm.edge[1]).toBeLessThan(warm.limit);
  });
});

describe("exponents that are known for some couplings only", () => {
  const schedule = { kind: "power-law", rate: 0.5, exponent: 0.5 };

  it("p = 2 has its own, and a mixture none", async () => {
    const two = await predicted("p-spin", { p: 2, temperature: 1, schedule });
    expect(two).toMatchObject({ lossExponent: 0.5, optimalExponent: 0.5 });
    const couplings = [
      { p: 2, variance: 1 },
      { p: 3, variance: 1 },
    ];
    const mixed = await predicted("p-spin", { couplings, temperature: 1, schedule });
    expect(mixed).toMatchObject({ lossExponent: "undefined", optimalExponent: "undefined" });
  });

  it("any relaxation exponent may be given, of a mixture too, and changes nothing else", async () => {
    const mixture = {
      couplings: [
        { p: 3, variance: 1 },
        { p: 2, variance: 1 },
      ],
      temperature: 1,
      schedule,
    };
    const { lossExponent, optimalExponent, ...rest } = await predicted("p-spin", mixture);
    expect([lossExponent, optimalExponent]).toEqual(["undefined", "undefined"]);
    for (const [gamma, best, reached] of [
      [0.25, 0.2, 0.125],
      [1.5, 0.6, 0.5],
    ]) {
      const given = await predicted("p-spin", { ...mixture, relaxationExponent: gamma });
      expect(given).toEqual({ ...rest, lossExponent: reached, optimalExponent: best });
    }
    expect(await predicted("p-spin", { p: 3, relaxationExponent: 0.5, schedule })).toMatchObject({
      lossExponent: 0.25,
      optimalExponent: 1 / 3,
    });
  });

  it("a Langevin-easy root beyond the line says so", async () => {
    const model = { matrixNoise: 0.5, initialOverlap: 0.1 };
    const easy = await predicted("spiked-matrix-tensor", { ...model, tensorNoise: 0.5 });
    expect(easy.langevinEasyMatrixNoise).toBeCloseTo(0.5, 12);
    const none = await predicted("spiked-matrix-tensor", { ...model, tensorNoise: 3 });
    expect(none.langevinEasyMatrixNoise).toBe("undefined");
  });
});

describe("what is wrong is named", () => {
  it("a variance or a noise that overflows", async () => {
    const couplings = [{ p: 3, variance: 1e308 }];
    await expect(predicted("p-spin", { couplings })).rejects.toMatchObject({
      parameter: "parameters.couplings[0].variance",
    });
    const noise = { matrixNoise: 1e-200, tensorNoise: 1, initialOverlap: 0.1 };
    await expect(predicted("spiked-matrix-tensor", noise)).rejects.toMatchObject({
      parameter: "matrixNoise",
    });
  });

  it("a pair whose second time is the later one", () => {
    const report = {
      pairs: [[1, 0.5] as [number, number], [0.5, 1] as [number, number]],
      ratios: [],
      samples: false,
    };
    expect(() => reportUntil(report, 2)).toThrow(expect.objectContaining({ parameter: "report.pairs[1]" }));
  });
});
