import { describe, expect, it } from "vitest";
import {
  compare,
  createSchedule,
  predict,
  pureCovariance,
  simulate,
  simulateSphericalLandscape,
  solve,
  solveUniform,
} from "../../src";

const problem = { system: "p-spin", parameters: { p: 3, temperature: 0.5, schedule: 0.8 } };
const landscape = { covariance: pureCovariance(3), temperature: 0.5, schedule: createSchedule(0.8) };
const finite = { size: 20, samples: 4, seed: 1, step: 0.05, until: 1 };

describe("a system by its name", () => {
  it("is solved as by its solver, with the defaults of its schema", async () => {
    const method = { until: 1, points: 40 };
    const [found, expected] = [
      await solve(problem, method),
      await solveUniform(landscape, { kind: "uniform", ...method }),
    ];
    for (const name of Object.keys(expected.series)) {
      expect(found.sample([0.5, 1]).series[name]).toEqual(expected.sample([0.5, 1]).series[name]);
    }
    expect(
      (await solve({ system: "p-spin", parameters: { p: 3 } }, { until: 1, points: 10 })).series.loss[0],
    ).toBe(0);
  });

  it("is simulated as by its simulator, at the times and pairs asked for", async () => {
    const asked = { times: [0.5, 1], pairs: [[1, 0.5]] as const };
    const found = await simulate(problem, { ...finite, ...asked });
    const expected = await simulateSphericalLandscape(landscape, { ...finite, ...asked, keepCurves: true });
    expect(found.twoTime).toEqual(expected.twoTime);
    for (const name of Object.keys(expected.series)) {
      expect(found.series[name]).toEqual(expected.series[name]);
      expect(found.standardError[name]).toEqual(expected.standardError[name]);
    }
    expect((await simulate(problem, finite)).time).toHaveLength(60);
    const comparison = compare(await solve(problem, { until: 1, points: 40 }), found);
    expect(comparison.quantities.map(({ quantity }) => quantity)).toContain("correlation");
  });

  it("has its closed forms by name", async () => {
    expect((await predict(problem)).thresholdLossZero).toBeCloseTo((-2 * Math.SQRT2) / 3, 12);
  });

  it("names what is wrong as a config file would have it", async () => {
    await expect(solve({ system: "p-spn" })).rejects.toThrow(/p-spin/);
    await expect(solve(problem, { until: -1 })).rejects.toThrow(/method\.until/);
    await expect(simulate(problem, { ...finite, sise: 3 })).rejects.toThrow(/simulation\.sise/);
    await expect(simulate(problem, { ...finite, times: [-1] })).rejects.toThrow(/report\.times/);
    await expect(predict({ system: "p-spin", parameters: { p: 1 } })).rejects.toThrow(/parameters\.p/);
  });
});
