import { describe, expect, it } from "vitest";
import { median, medianError } from "../../../src/numerics/statistics";
import { optimise, simulate, solve } from "../../../src/systems/calls";

const decay = (rate: number, exponent: number, switchTime = 0) =>
  ({ kind: "hold-then-decay", rate, switchTime, exponent }) as const;

describe("the best decay of the spherical SK model", () => {
  it("optimise finds the best decay of a budget: β = 0.20 for t = 10³, 0.30 for 10⁴, to 0.05", async () => {
    for (const [time, best] of [
      [1e3, 0.2],
      [1e4, 0.3],
    ]) {
      const { best: found } = await optimise(
        { system: "spherical-sk", parameters: { temperature: 1, schedule: decay(0.1, 0.5) } },
        {
          parameters: { "schedule.exponent": [0, 0.95] },
          minimise: { quantity: "loss", time },
          evaluations: 30,
        },
      );
      expect(Math.abs(found!.at[0] - best)).toBeLessThan(0.03);
    }
  });
});

describe("without a gap, at finite size", () => {
  const size = 1000;
  const RATE = 0.5;
  const typical = { temperature: 1, size, spikeWeight: 0.455 };
  const search = async (parameters: object, over: Record<string, [number, number]>, time: number) => {
    const { best } = await optimise(
      { system: "spherical-sk", parameters: { ...parameters, schedule: decay(RATE, 0.5) } },
      { parameters: over, minimise: { quantity: "excessLoss", time } },
      { tolerance: 1e-6 },
    );
    return { at: best!.at, value: best!.value! };
  };
  const oneStep = (parameters: object, time: number) =>
    search(parameters, { "schedule.exponent": [0, 1.2] }, time);
  const twoStep = (parameters: object, time: number) =>
    search(parameters, { "schedule.switchTime": [0, time], "schedule.exponent": [0, 1.2] }, time);

  it("the crossing takes a time of N^⅔ in the clock, as in the finite system", async () => {
    const theory = async (n: number) => {
      const parameters = { ...typical, temperature: 0, size: n };
      const { events } = await solve({ system: "spherical-sk", parameters }, { until: 20 * n ** (2 / 3) });
      return events!.crossingTime[0] / n ** (2 / 3);
    };
    const [small, large] = [await theory(125), await theory(8000)];
    expect(small).toBeCloseTo(0.305, 2);
    expect(large).toBeCloseTo(0.3085, 3);
    const { events } = await simulate(
      { system: "spherical-sk", parameters: { temperature: 0 } },
      { size: 500, samples: 200, seed: 20261122, until: 20 * 500 ** (2 / 3), step: 0.4, times: [1] },
    );
    const crossings = Float64Array.from(events!.crossingTime, (t) => t / 500 ** (2 / 3));
    expect(Math.abs(median(crossings) - large)).toBeLessThan(3.5 * medianError(crossings));
  });

  it("a budget below the crossing has the best decay of the infinite system, β near 1/2", async () => {
    const [finite, infinite] = [await oneStep(typical, 30), await oneStep({ temperature: 1 }, 30)];
    expect(Math.abs(finite.at[0] - infinite.at[0])).toBeLessThan(0.02);
    expect(Math.abs(finite.at[0] - 0.5)).toBeLessThan(0.05);
  });

  it("beyond the crossing a hold pays, and no longer grows with the budget, as it does at infinite size", async () => {
    const [late, later] = [await twoStep(typical, 1e4), await twoStep(typical, 1e5)];
    expect(late.value).toBeLessThan((await oneStep(typical, 1e4)).value / 2.5);
    const growth = later.at[0] / late.at[0];
    expect(growth).toBeLessThan(3);
    const infinite = [await twoStep({ temperature: 1 }, 1e4), await twoStep({ temperature: 1 }, 1e5)];
    expect(infinite[1].at[0] / infinite[0].at[0]).toBeGreaterThan(5);
    // Not β = 1, which needs 2η₀κ > 1.
    expect(late.at[1]).toBeGreaterThan(0.6);
    expect(late.at[1]).toBeLessThan(0.8);
  });

  it("the finite system agrees which is better", async () => {
    const time = 3000;
    const small = { ...typical, size: 300 };
    const [one, two] = [await oneStep(small, time), await twoStep(small, time)];
    const run = async (schedule: ReturnType<typeof decay>) => {
      const { series, standardError } = await simulate(
        { system: "spherical-sk", parameters: { temperature: 1, schedule } },
        { size: 300, samples: 300, seed: 20261122, until: time, times: [time] },
      );
      return { value: series.excessLoss[0], error: standardError.excessLoss[0] };
    };
    const decayed = await run(decay(RATE, one.at[0]));
    const held = await run(decay(RATE, two.at[1], two.at[0]));
    const difference = decayed.value - held.value;
    expect(difference).toBeGreaterThan(5 * Math.hypot(decayed.error, held.error));
    // The mean over samples, some with a small gap or start, is above the typical value.
    expect(held.value / two.value).toBeGreaterThan(1);
    expect(held.value / two.value).toBeLessThan(2);
    expect(decayed.value / one.value).toBeLessThan(2);
  });
});
