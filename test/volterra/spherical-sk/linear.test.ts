import { describe, expect, it } from "vitest";
import { createPacer } from "../../../src/core/options";
import { solveLinearVolterra, solveSpectral } from "../../../src/volterra/spherical-sk";
import { solveLinear } from "../../../src/volterra/spherical-sk/linear-grid";
import { linearKernel } from "../../../src/volterra/spherical-sk/linear-kernel";
import { decay, sphericalSk } from "./problem";

const cases = [
  ["β = 1/2", decay(0.1, 0.5), {}, 1000],
  ["hold then decay", decay(0.2, 0.7, 50), { temperature: 0.5 }, 500],
  ["T = 0", decay(1, 0), { temperature: 0 }, 20],
  ["narrow noise", decay(0.5, 0.3), { temperature: 0.5, noise: 0.5 }, 100],
  [
    "Marchenko-Pastur",
    decay(0.5, 0.3),
    { temperature: 0.5, spectrum: { kind: "marchenko-pastur", ratio: 0.5 } },
    20,
  ],
] as const;

describe("the linear Volterra equation against the modes", () => {
  it.each(cases)("agrees to 1e-9: %s", async (_, schedule, different, until) => {
    const problem = sphericalSk(schedule, different);
    const modes = await solveSpectral(problem, { until });
    const linear = await solveLinearVolterra(problem, { until, points: 1500 });
    const times = [0.001, 0.05, 0.3, 0.7, 1].map((share) => share * until);
    const [a, b] = [modes.sample(times), linear.sample(times)];
    for (const name of ["loss", "multiplier", "logGamma", "hessianLeftEdge"]) {
      for (const k of times.keys()) {
        const distance = Math.abs(a.series[name][k] - b.series[name][k]);
        expect(distance).toBeLessThan(1e-9);
        expect(distance).toBeLessThanOrEqual(a.error![name][k] + b.error![name][k]);
      }
    }
    for (const [t, tPrime] of [
      [1, 0],
      [1, 0.3],
      [0.5, 0.49],
    ]) {
      for (const quantity of ["correlation", "response"]) {
        const [x, y] = [modes, linear].map((one) => one.estimate(quantity, t * until, tPrime * until));
        expect(Math.abs(x.value - y.value)).toBeLessThan(1e-9);
        expect(Math.abs(x.value - y.value)).toBeLessThanOrEqual(x.error! + y.error!);
      }
    }
  });

  it("agrees where it is hot, and the rate jumps", async () => {
    const problem = sphericalSk({ kind: "tabulated", times: [0, 4, 9], rates: [1.3, 1.3, 0.4] }, {});
    const linear = await solveLinearVolterra(sphericalSk(1.4), { until: 12, points: 1500 });
    const modes = await solveSpectral(sphericalSk(1.4), { until: 12 });
    for (const t of [0.5, 4, 12]) {
      const [a, b] = [modes, linear].map((one) => one.sample([t]).series.multiplier[0]);
      expect(Math.abs(a - b)).toBeLessThan(1e-7);
    }
    await expect(solveLinearVolterra(problem, { until: 12 })).rejects.toThrow(/single kink/);
  });

  it("is of second order on one grid", async () => {
    const problem = sphericalSk(1, { temperature: 0.5 });
    const kernel = linearKernel(problem, 2, 0.5);
    const pacer = createPacer("test", 1);
    const end = async (steps: number) => {
      const heat = new Float64Array(steps + 1).fill(0.5);
      const { g } = await solveLinear(kernel, 2 / steps, { left: heat, right: heat }, steps, pacer);
      return g[1];
    };
    const [a, b, c] = [await end(50), await end(100), await end(200)];
    expect((a - b) / (b - c)).toBeCloseTo(4, 1);
  });

  it("refuses what it cannot do", async () => {
    const planted = sphericalSk(1, { signal: 1, noise: 0.5 });
    await expect(solveLinearVolterra(planted, { until: 1 })).rejects.toThrow(/signal/);
    const singular = sphericalSk({ kind: "power-law", rate: 1, exponent: 0.3, offset: 0 });
    await expect(solveLinearVolterra(singular, { until: 1 })).rejects.toThrow(/schedule/);
  });
});
