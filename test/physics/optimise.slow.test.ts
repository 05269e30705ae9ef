import { describe, expect, it } from "vitest";
import type { Solution } from "../../src/core/results";
import { parseConfig } from "../../src/systems/config/config";
import { optimise } from "../../src/systems/optimise/optimise";

const search = (source: object) => {
  const config = parseConfig(source, "optimise");
  return optimise({ ...config, search: config.search! });
};

async function solve(source: object): Promise<Solution> {
  const { system, parameters, method } = parseConfig(source, "solve");
  return (await system.load()).solve(parameters, method);
}

/**
 * With a budget of time the best decay exponent of the p-spin model lies above 2/5, where it tends to: 0.460 at
 * t = 10, 0.450 at 100, 0.43 at 1000. That is as slow as the powers t^-β and t^(-2(1-β)/3) take to outweigh their
 * prefactors.
 */
describe("the best exponent of the p-spin model", () => {
  const best = async (until: number, bounds: readonly number[], method: object) => {
    const { best } = await search({
      system: "p-spin",
      parameters: { p: 3, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: 0.4 } },
      method,
      optimise: {
        parameters: { "schedule.exponent": bounds },
        minimise: { quantity: "loss", time: until },
        tolerance: 0.001 / (bounds[1] - bounds[0]),
      },
    });
    return best!.at[0];
  };

  it("falls towards 2/5 as the budget grows", async () => {
    const short = await best(10, [0.1, 0.8], { points: 200, extrapolate: false });
    const middle = await best(100, [0.2, 0.7], { points: 400, extrapolate: false });
    const long = await best(1000, [0.35, 0.55], { points: 150, extrapolate: true });
    expect(Math.abs(short - 0.46)).toBeLessThan(0.01);
    expect(Math.abs(middle - 0.449)).toBeLessThan(0.006);
    expect(Math.abs(long - 0.43)).toBeLessThan(0.01);
    expect(short).toBeGreaterThan(middle);
    expect(middle).toBeGreaterThan(long);
    expect(long).toBeGreaterThan(0.4);
  });
});

/**
 * Hold-then-decay with exponent 0.8 in the spiked matrix-tensor model. The best switch comes a fixed time before
 * the overlap crosses (half its final value at a constant rate), because the decay still ends the escape: for
 * m0 = 1e-4, 1e-8, 1e-12 at 0.84, 0.93, 0.95 of the crossing time. It tends to the crossing as the search grows longer.
 */
describe("the best switch time of the spiked matrix-tensor model", () => {
  const HALF = 0.4;
  const config = (initialOverlap: number, schedule: unknown, until: number) => ({
    system: "spiked-matrix-tensor",
    parameters: { matrixNoise: 0.2, tensorNoise: 6, temperature: 1, initialOverlap, schedule },
    method: { until, points: 250, extrapolate: false },
  });
  const hold = (switchTime: number) => ({ kind: "hold-then-decay", rate: 1, exponent: 0.8, switchTime });

  const crossing = async (initialOverlap: number) => {
    const { time, series } = await solve(config(initialOverlap, 1, 20));
    return time[series.overlap.findIndex((m) => m >= HALF)];
  };
  const best = async (initialOverlap: number, until: number) => {
    const found = await search({
      ...config(initialOverlap, hold(1), until),
      optimise: {
        parameters: { "schedule.switchTime": [until / 8, 0.95 * until] },
        minimise: { quantity: "loss", time: until },
      },
    });
    return found.best!.at[0];
  };

  it("is that of a fine scan, to 5 %", async () => {
    const until = 10;
    const scan: { switchTime: number; loss: number }[] = [];
    for (let switchTime = 2; switchTime <= 5.5; switchTime += 0.1) {
      const { series } = (await solve(config(1e-4, hold(switchTime), until))).sample([until]);
      scan.push({ switchTime, loss: series.loss[0] });
    }
    const { switchTime } = scan.reduce((x, y) => (y.loss < x.loss ? y : x));
    expect(switchTime).toBeGreaterThan(2.5);
    expect(switchTime).toBeLessThan(5);
    expect(Math.abs((await best(1e-4, until)) / switchTime - 1)).toBeLessThan(0.05);
  });

  it("tends to the crossing time as the start is less informed", async () => {
    const ratios: number[] = [];
    const leads: number[] = [];
    for (const initialOverlap of [1e-4, 1e-8, 1e-12]) {
      const cross = await crossing(initialOverlap);
      const switchTime = await best(initialOverlap, Math.round(cross) + 6);
      ratios.push(switchTime / cross);
      leads.push(cross - switchTime);
    }
    expect(ratios[1]).toBeGreaterThan(ratios[0]);
    expect(ratios[2]).toBeGreaterThan(ratios[1]);
    expect(ratios[2]).toBeGreaterThan(0.94);
    expect(ratios[2]).toBeLessThan(1);
    for (const lead of leads) expect(Math.abs(lead - 0.7)).toBeLessThan(0.15);
  });
});
