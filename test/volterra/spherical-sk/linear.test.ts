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
    // T_eff = 1.4, above 1, and 0.42 from t = 4 on.
    const jump = sphericalSk({ kind: "steps", rate: 1.4, factor: 0.3, times: [4] });
    const linear = await solveLinearVolterra(jump, { until: 12, points: 1500 });
    const modes = await solveSpectral(jump, { until: 12 });
    const constant = await solveSpectral(sphericalSk(1.4), { until: 12 });
    const z = (one: typeof modes, t: number) => one.sample([t]).series.multiplier[0];
    for (const t of [0.5, 3.9, 4, 4.1, 5, 12])
      expect(Math.abs(z(modes, t) - z(linear, t))).toBeLessThan(1e-7);
    for (const t of [0.5, 3.9]) expect(Math.abs(z(modes, t) - z(constant, t))).toBeLessThan(1e-9);
    // The multiplier jumps with T_eff, the loss does not.
    expect(z(modes, 4 - 1e-7) - z(modes, 4)).toBeCloseTo(0.7 * 1.4, 4);
    const loss = modes.sample([4 - 1e-7, 4]).series.loss;
    expect(loss[0]).toBeCloseTo(loss[1], 6);
    for (const quantity of ["correlation", "response"]) {
      const [a, b] = [modes, linear].map((one) => one.estimate(quantity, 9, 2));
      expect(Math.abs(a.value - b.value)).toBeLessThan(1e-8);
    }
    const kinks = sphericalSk({ kind: "tabulated", times: [0, 4, 9], rates: [1.3, 1.3, 0.4] });
    await expect(solveLinearVolterra(kinks, { until: 12 })).rejects.toThrow(/single kink/);
  });

  it("has errors that cover also with its longest steps, and refuses longer ones", async () => {
    const problem = sphericalSk(1, { temperature: 0.3 });
    const until = 300;
    const linear = await solveLinearVolterra(problem, { until, points: 1200 });
    const modes = await solveSpectral(problem, { until });
    for (const t of [1, 10, 200]) {
      const [a, b] = [modes, linear].map((one) => one.sample([t]));
      expect(Math.abs(a.series.loss[0] - b.series.loss[0])).toBeLessThan(b.error!.loss[0]);
      const [x, y] = [modes, linear].map((one) => one.estimate("correlation", 299, t));
      expect(Math.abs(x.value - y.value)).toBeLessThan(y.error!);
    }
    await expect(solveLinearVolterra(problem, { until, points: 400 })).rejects.toThrow(
      /^method.points is 400; allowed: an integer of at least 1200/,
    );
    await expect(solveLinearVolterra(problem, { until: 1e4 })).rejects.toThrow(
      /^method.until is 10000; allowed: at most 5.00e\+3/,
    );
    const hot = sphericalSk(1, { temperature: 5 });
    await expect(solveLinearVolterra(hot, { until: 10, points: 100 })).rejects.toThrow(/at least 200/);
  });

  it("has C(s, s) = 1, and what the grid misses of it is in its errors", async () => {
    const cosine = sphericalSk({ kind: "cosine", rate: 0.5, horizon: 20 }, { temperature: 0.3 });
    const [modes, linear] = [
      await solveSpectral(cosine, { until: 31 }),
      await solveLinearVolterra(cosine, { until: 31 }),
    ];
    expect(linear.estimate("correlation", 30, 25)).toEqual({ value: 1, error: 0 });
    for (const [t, tPrime] of [
      [30, 5],
      [30, 19.5],
      [19.99, 19.5],
    ]) {
      const exact = modes.correlation(t, tPrime);
      const { value, error } = linear.estimate("correlation", t, tPrime);
      expect(Math.abs(value - exact)).toBeLessThan(error!);
    }
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
