import { describe, expect, it } from "vitest";
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
  const rows = predictionRows((await config.system.load()).predict(config.parameters));
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
