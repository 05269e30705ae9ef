import { describe, expect, it } from "vitest";
import { ConvergenceError, InterruptedError } from "../../../src/core/errors";
import { batchSizes, createModes, momentumSteps, type Steps } from "../../../src/models/random-features";
import { createSchedule } from "../../../src/schedule";
import {
  type ContinuousCurve,
  finalExcess,
  solveContinuous,
  solveMomentum,
  solveRecursion,
} from "../../../src/volterra/random-features";
import { gradedSegment } from "../../../src/volterra/random-features/segment";
import { trapezoid } from "../../../src/volterra/random-features/trapezoid";
import { featuresCase, featuresOfCase, ratesOf } from "../../reference/features-cases";

const constant = (horizon: number, rate: number, batch = 1): Steps => ({
  rate: ratesOf(horizon, () => rate),
  batch: ratesOf(horizon, () => batch),
});

const REFERENCE: Readonly<Record<string, Steps>> = {
  "rf-04": { rate: ratesOf(100, (t) => 0.4 * (1 - t / 100) ** 3), batch: ratesOf(100, () => 1) },
  "rf-05": {
    rate: ratesOf(100, (t) => (t < 80 ? 0.3 : 0.3 * ((100 - t) / 20) ** 3)),
    batch: ratesOf(100, () => 1),
  },
  "rf-06": constant(100, 0.1),
  "rf-07": { rate: ratesOf(1000, (t) => 0.2 * (1 + t) ** -0.4), batch: ratesOf(1000, () => 1) },
  "rf-08": {
    rate: ratesOf(100, () => 0.2),
    batch: batchSizes({ kind: "steps", sizes: [1, 2, 4, 8], times: [0, 40, 70, 90] }, 100, 1.5),
  },
};

describe("exact recursion", () => {
  it.each(Object.entries(REFERENCE))("%s", async (id, steps) => {
    const one = featuresCase(id);
    const modes = createModes(featuresOfCase(one));
    const { excess } = await solveRecursion(modes, steps);
    expect(Math.abs(modes.floor + excess[excess.length - 1] - one.value)).toBeLessThan(one.tolerance);
    expect(finalExcess(modes, steps)).toBe(excess[excess.length - 1]);
  });

  it("of one mode at a constant rate and large batch is the square of gradient descent", async () => {
    const modes = createModes({
      targetExponent: 2,
      spectrumExponent: 2,
      features: 1,
      modes: 1,
      labelNoise: 1,
    });
    const { excess } = await solveRecursion(modes, constant(20, 0.3, 1e15));
    for (let t = 0; t <= 20; t++) expect(excess[t]).toBeCloseTo(0.7 ** (2 * t), 13);
  });

  it("in bins is that of 5000 single modes, to fourth order in their width", () => {
    const problem = {
      targetExponent: 1.5,
      spectrumExponent: 2,
      features: 5000,
      modes: null,
      labelNoise: 0.25,
    };
    const steps = { rate: ratesOf(2000, (t) => 0.4 * (1 - t / 2000) ** 3), batch: ratesOf(2000, () => 1) };
    const single = finalExcess(createModes(problem, { exact: 5000 }), steps);
    const off = (ratio: number) =>
      Math.abs(finalExcess(createModes(problem, { exact: 64, ratio }), steps) / single - 1);
    expect(off(1.1)).toBeLessThan(5e-9);
    expect(off(1.2) / off(1.1)).toBeGreaterThan(8);
  });

  it("that diverges says where and hands over what it has", async () => {
    const modes = createModes({
      targetExponent: 2,
      spectrumExponent: 2,
      features: 10,
      modes: 10,
      labelNoise: 1,
    });
    const error = await solveRecursion(modes, constant(10000, 1.5)).catch((e) => e);
    expect(error).toBeInstanceOf(ConvergenceError);
    const { reached, partial } = (error as ConvergenceError).details;
    expect((partial as { excess: Float64Array }).excess.length).toBe(reached + 1);
    expect(finalExcess(modes, constant(10000, 1.5))).toBe(Infinity);
  });

  it("stops when asked", async () => {
    const modes = createModes({
      targetExponent: 2,
      spectrumExponent: 2,
      features: 2000,
      modes: 2000,
      labelNoise: 1,
    });
    const signal = AbortSignal.abort();
    await expect(solveRecursion(modes, constant(200000, 0.1), { signal })).rejects.toThrow(InterruptedError);
  });
});

describe("recursion with momentum", () => {
  const rates = (rate: number) => ratesOf(100, () => rate);
  it.each([
    ["rf-78", momentumSteps({ kind: "heavy-ball", momentum: 0.8 }, rates(0.03), 2)],
    ["rf-79", momentumSteps({ kind: "dana", ratio: 1 / 3, damping: 4 }, rates(0.15), 2)],
    ["rf-80", momentumSteps({ kind: "nesterov", momentum: 0.8 }, rates(0.05), 2)],
  ])("%s", async (id, steps) => {
    const one = featuresCase(id);
    const modes = createModes(featuresOfCase(one));
    const { excess } = await solveMomentum(modes, steps, rates(1));
    expect(Math.abs(modes.floor + excess[100] - one.value)).toBeLessThan(one.tolerance);
  });

  it("without memory is the plain one", async () => {
    const modes = createModes({
      targetExponent: 1.5,
      spectrumExponent: 2,
      features: 50,
      modes: 60,
      labelNoise: 0.25,
    });
    const steps = { rate: rates(0.2), batch: rates(3) };
    const plain = await solveRecursion(modes, steps);
    for (const kind of ["heavy-ball", "nesterov"] as const) {
      const { excess } = await solveMomentum(
        modes,
        momentumSteps({ kind, momentum: 0 }, steps.rate, 2),
        steps.batch,
      );
      for (let t = 0; t <= 100; t++) expect(Math.abs(excess[t] - plain.excess[t])).toBeLessThan(1e-14);
    }
  });
});

describe("Volterra equation", () => {
  it.each([
    ["rf-14", createSchedule(0.1)],
    ["rf-17", createSchedule({ kind: "polynomial-decay", rate: 0.3, horizon: 100, exponent: 3 })],
  ])("%s", async (id, schedule) => {
    const one = featuresCase(id);
    const modes = createModes(featuresOfCase(one));
    const { value, error } = (await solveContinuous(modes, schedule, 1, { until: 100 })).at(100);
    expect(Math.abs(modes.floor + value - one.value)).toBeLessThan(one.tolerance);
    expect(error).toBeLessThan(1e-9 * one.value);
  });

  it("is solved to second order", async () => {
    const modes = createModes({
      targetExponent: 1.5,
      spectrumExponent: 2,
      features: 50,
      modes: 50,
      labelNoise: 0.25,
    });
    const schedule = createSchedule({ kind: "polynomial-decay", rate: 0.3, horizon: 100, exponent: 3 });
    const last: number[] = [];
    for (const steps of [200, 400, 800]) {
      const segment = gradedSegment(0, 100, steps, { left: false, right: true });
      last.push((await trapezoid(modes, schedule, 1, [segment]))[steps]);
    }
    expect(Math.abs((last[0] - last[1]) / (last[1] - last[2]) - 4)).toBeLessThan(0.02);
  });

  it("reaches long horizons, and rates that end like a root, on few nodes", async () => {
    const modes = createModes({
      targetExponent: 3,
      spectrumExponent: 2,
      features: 200,
      modes: null,
      labelNoise: 1,
    });
    const long = await solveContinuous(modes, createSchedule(0.1), 1, { until: 1e5 });
    expect(long.nodes.length).toBeLessThan(2000);
    const longer = await solveContinuous(modes, createSchedule(0.1), 1, { until: 1e5, tolerance: 1e-11 });
    for (const t of [1, 77.7, 1e3, 5e4, 1e5]) {
      const { value, error } = long.at(t);
      expect(Math.abs(value - longer.at(t).value), `t = ${t}`).toBeLessThan(error);
    }
    expect(long.error).toBeLessThan(1e-9 * (modes.floor + long.excess[long.nodes.length - 1]));
    const spec = { kind: "polynomial-decay", rate: 0.15, horizon: 100, exponent: 0.5 } as const;
    const root = await solveContinuous(modes, createSchedule(spec), 1, { until: 100 });
    expect(root.nodes.length).toBeLessThan(2000);
    const fine = await solveContinuous(modes, createSchedule(spec), 1, { until: 100, tolerance: 1e-12 });
    for (const t of [1, 50, 99, 99.99, 100]) {
      const { value, error } = root.at(t);
      expect(Math.abs(value - fine.at(t).value), `t = ${t}`).toBeLessThan(error + 1e-13);
    }
  });

  it("says up to where a solution is good that misses its tolerance", async () => {
    const modes = createModes({
      targetExponent: 1.5,
      spectrumExponent: 2,
      features: 3,
      modes: 3,
      labelNoise: 0.25,
    });
    const rates = Array.from({ length: 8 }, (_, k) => (k < 4 ? 0.1 : 50));
    const schedule = createSchedule({ kind: "tabulated", times: rates.map((_, k) => 5 * k), rates });
    const failure = await solveContinuous(modes, schedule, 1, { until: 35 }).catch((e) => e);
    expect(failure).toBeInstanceOf(ConvergenceError);
    const { reached, partial } = (failure as ConvergenceError).details;
    expect(reached).toBeGreaterThan(0);
    expect(reached).toBeLessThan(20);
    expect((partial as ContinuousCurve).at(1).error).toBeLessThan(1e-9);
  });

  it("gives errors that cover the true ones, between the nodes and across a kink", async () => {
    const modes = createModes({
      targetExponent: 1.5,
      spectrumExponent: 2,
      features: 50,
      modes: 50,
      labelNoise: 0.25,
    });
    const schedule = createSchedule({ kind: "hold-then-decay", rate: 0.2, switchTime: 31.7, exponent: 0.6 });
    const rough = await solveContinuous(modes, schedule, 1, { until: 80, tolerance: 1e-5 });
    const fine = await solveContinuous(modes, schedule, 1, { until: 80, tolerance: 1e-12 });
    for (const t of [0.01, 0.3, 1.7, 5.123, 31.6, 31.8, 50.01, 79.9, 80]) {
      const { value, error } = rough.at(t);
      expect(Math.abs(value - fine.at(t).value), `t = ${t}`).toBeLessThan(error + 1e-11);
      expect(error).toBeLessThan(1e-3);
    }
  });

  // At m = 1 the steps agree with the exponential to one more order: 1 − 2x + 2x².
  it.each([
    [1, 4],
    [4, 2],
  ])(
    "is the limit of the recursion for small rates: m = %i, %i times nearer at half the rate",
    async (m, gain) => {
      const modes = createModes({
        targetExponent: 1.5,
        spectrumExponent: 2,
        features: 50,
        modes: 50,
        labelNoise: 0.25,
      });
      const off: number[] = [];
      for (const n of [500, 1000]) {
        const flow = (await solveContinuous(modes, createSchedule(1 / n), m, { until: 2 * n })).at(
          2 * n,
        ).value;
        off.push(finalExcess(modes, constant(2 * n, 1 / n, m)) / flow - 1);
      }
      expect(Math.abs(off[0] / off[1] / gain - 1)).toBeLessThan(0.03);
      expect(Math.abs(off[1])).toBeLessThan(0.01);
    },
  );

  it("meets a tolerance of 1e-12 at every time where the loss falls by decades", async () => {
    const modes = createModes({
      targetExponent: 4,
      spectrumExponent: 1.5,
      features: 60,
      modes: 60,
      labelNoise: 0,
    });
    const spec = { kind: "polynomial-decay", rate: 0.2, horizon: 1000, exponent: 0.5 } as const;
    const schedule = createSchedule(spec);
    const run = (tolerance: number) => solveContinuous(modes, schedule, 1, { until: 1000, tolerance });
    const [found, finer] = [await run(1e-12), await run(1e-13)];
    for (const t of [0.01, 1.7, 31.6, 100, 500, 999, 1000]) {
      const [{ value, error }, best] = [found.at(t), finer.at(t)];
      expect(error, `t = ${t}`).toBeLessThan(1e-12 * value);
      expect(Math.abs(value - best.value), `t = ${t}`).toBeLessThan(error + best.error);
    }
    expect(found.at(1000).value).toBeLessThan(1e-2 * found.at(0).value);
  });

  it("does not pretend where its tolerance cannot be met", async () => {
    const modes = createModes({
      targetExponent: 1.5,
      spectrumExponent: 2,
      features: 3,
      modes: 3,
      labelNoise: 0.25,
    });
    await expect(solveContinuous(modes, createSchedule(50), 1, { until: 200 })).rejects.toThrow(
      ConvergenceError,
    );
  });
});
