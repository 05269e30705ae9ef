import { describe, expect, it } from "vitest";
import { compare, createSchedule, optimise, predict, simulate, solve } from "../../src";
import { pureCovariance, simulateSphericalLandscape, solveUniform } from "../../src/systems/p-spin";

const problem = { system: "p-spin", parameters: { p: 3, temperature: 0.5, schedule: 0.8 } } as const;
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

  it("has the types of its name", async () => {
    const theory = await solve(problem, { until: 1, points: 40 });
    expect(theory.correlation(1, 0.5)).toBe(theory.estimate("correlation", 1, 0.5).value);
    const parameters = { learningRate: 0.1, initial: { overlap: [0.2] } };
    const network = await solve({ system: "quadratic-network", parameters });
    // @ts-expect-error a network has no two-time functions
    expect(network.correlation).toBeUndefined();
    const sk = await solve({ system: "spherical-sk", parameters: { temperature: 1 } }, { until: 1 });
    expect(sk.correlation?.(1, 0.5)).toBe(sk.estimate?.("correlation", 1, 0.5).value);
    // @ts-expect-error until is required
    await expect(solve(problem, { points: 40 })).rejects.toThrow(/method\.until/);
    // @ts-expect-error the learning rate is required
    await expect(predict({ system: "quadratic-network" })).rejects.toThrow(/learningRate/);
  });

  it("may be known as a text alone, and is checked when it runs", async () => {
    const name: string = "p-spin";
    const theory = await solve({ system: name, parameters: { p: 3 } }, { until: 1, points: 10 });
    expect(theory.series.loss[0]).toBe(0);
    await expect(solve({ system: name, parameters: { q: 3 } })).rejects.toThrow(/parameters\.q/);
  });

  it("takes any list of numbers, as results have them", async () => {
    const theory = await solve(problem, { until: 1, points: 10 });
    const found = await simulate(problem, { ...finite, times: theory.time.subarray(1) });
    expect(found.time).toEqual(theory.time.subarray(1));
    const schedule = {
      kind: "tabulated",
      times: Float64Array.of(0, 1),
      rates: Float64Array.of(1, 0.5),
    } as const;
    const tabulated = { system: "p-spin", parameters: { p: 3, schedule } } as const;
    expect((await solve(tabulated, { until: 1, points: 10 })).time).toHaveLength(11);
  });

  it("is optimised by name", async () => {
    const decaying = {
      system: "p-spin",
      parameters: { p: 3, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: 0.4 } },
    } as const;
    const goal = {
      parameters: { "schedule.exponent": [0, 0.9] },
      minimise: { quantity: "loss", time: 5 },
      evaluations: 10,
    };
    const { best, evaluations } = await optimise(decaying, goal, { points: 40 });
    expect(evaluations).toHaveLength(10);
    expect(best!.value).toBe(Math.min(...evaluations.map(({ value }) => value!)));
  });

  it("names what is wrong as a config file would have it", async () => {
    // @ts-expect-error no such system
    await expect(solve({ system: "p-spn" }, {})).rejects.toThrow(/p-spin/);
    await expect(solve(problem, { until: -1 })).rejects.toThrow(/method\.until/);
    const misspelt = { ...finite, sise: 3 };
    await expect(simulate(problem, misspelt)).rejects.toThrow(/simulation\.sise/);
    await expect(simulate(problem, { ...finite, times: [-1] })).rejects.toThrow(/report\.times/);
    await expect(predict({ system: "p-spin", parameters: { p: 1 } })).rejects.toThrow(/parameters\.p/);
  });
});
