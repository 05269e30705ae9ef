import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import {
  batchSizes,
  createModes,
  excess,
  momentumSteps,
  type PowerLawFeatures,
  projectedModes,
  stabilityRate,
  stepRates,
  untrainedTail,
} from "../../../src/models/random-features";
import { gamma } from "../../../src/numerics/gamma";
import { hurwitzZeta } from "../../../src/numerics/hurwitz-zeta";
import { createSchedule } from "../../../src/schedule";
import { advanceMoments, momentumStart } from "../../../src/volterra/random-features/momentum";
import { featuresCase, featuresOfCase } from "../../reference/features-cases";

const problem: PowerLawFeatures = {
  targetExponent: 1.5,
  spectrumExponent: 2,
  features: 100,
  modes: null,
  labelNoise: 0.25,
};

describe("special functions", () => {
  it.each([
    [2, 1, Math.PI ** 2 / 6],
    [4, 1, Math.PI ** 4 / 90],
    [2, 0.5, Math.PI ** 2 / 2],
    // ζ(s, q) = ζ(s, q + 1) + q^−s
    [1.25, 3, hurwitzZeta(1.25, 4) + 3 ** -1.25],
    // The trigamma function at 1/4.
    [2, 0.25, Math.PI ** 2 + 8 * 0.915965594177219],
  ])("ζ(%d, %d)", (s, q, value) => {
    expect(Math.abs(hurwitzZeta(s, q) / value - 1)).toBeLessThan(1e-14);
  });

  it("the tail of a slow series: ζ(1.25, q) between its integral bounds at large q", () => {
    const q = 1e10;
    const [low, high] = [4 * q ** -0.25, 4 * (q - 1) ** -0.25];
    expect(hurwitzZeta(1.25, q)).toBeGreaterThan(low);
    expect(hurwitzZeta(1.25, q)).toBeLessThan(high);
    expect(Math.abs(hurwitzZeta(1.25, q) / 0.01264911064 - 1)).toBeLessThan(1e-9);
  });

  it.each([
    [0.5, Math.sqrt(Math.PI)],
    [5, 24],
    [20, 121645100408832000],
    [1.5, Math.sqrt(Math.PI) / 2],
    [0.25, 3.625609908221908],
  ])("Γ(%d)", (x, value) => {
    expect(Math.abs(gamma(x) / value - 1)).toBeLessThan(1e-13);
  });
});

describe("modes", () => {
  it("are k^−b with k^−a, and what is not trained counts in the floor", () => {
    const { eigenvalue, noiseWeight, start, floor } = createModes(problem);
    for (const [value, expected] of [
      [eigenvalue[9], 0.01],
      [noiseWeight[9], 1e-4],
      [start[3], 0.125],
    ])
      expect(value).toBeCloseTo(expected, 15);
    // The whole target has the variance ζ(a).
    expect(Math.abs(floor - 0.25 + excess(start) - hurwitzZeta(1.5, 1))).toBeLessThan(1e-13);
    const finite = { ...problem, modes: 200 };
    let tail = 0;
    for (let k = 101; k <= 200; k++) tail += k ** -1.5;
    expect(Math.abs(untrainedTail(finite) - tail)).toBeLessThan(1e-15);
    expect(createModes({ ...problem, modes: 100 }).floor).toBe(0.25);
  });

  it("in bins have the sums of single modes", () => {
    const single = createModes({ ...problem, features: 5000 }, { exact: 5000 });
    const bins = createModes({ ...problem, features: 5000 }, { exact: 100, kept: 40, ratio: 1.1 });
    expect(bins.eigenvalue.length).toBeLessThan(160);
    expect(bins.floor).toBe(single.floor);
    const ratio = (name: "start" | "noiseWeight") => Math.abs(excess(bins[name]) / excess(single[name]) - 1);
    expect(ratio("start")).toBeLessThan(1e-13);
    expect(ratio("noiseWeight")).toBeLessThan(1e-13);
    const moment = (modes: typeof bins, power: number) =>
      modes.multiplicity.reduce((sum, n, k) => sum + n * modes.eigenvalue[k] ** power, 0);
    expect(Math.abs(moment(bins, 1) / moment(single, 1) - 1)).toBeLessThan(1e-13);
    // What is not built in is nearly right.
    expect(Math.abs(moment(bins, 0) / 5000 - 1)).toBeLessThan(1e-4);
    expect(Math.abs(moment(bins, 2) / moment(single, 2) - 1)).toBeLessThan(1e-6);
  });

  it("for 10⁷ features take a few hundred", () => {
    const { start, floor } = createModes({ ...problem, features: 1e7 });
    expect(start.length).toBeLessThan(330);
    expect(Math.abs(excess(start) + floor - 0.25 - hurwitzZeta(1.5, 1))).toBeLessThan(1e-12);
  });
});

describe("random projection", () => {
  it("onto the first features is the student on top of the spectrum", () => {
    const small = { ...problem, features: 4, modes: 12 };
    const rows = Array.from({ length: 4 }, (_, i) => new Float64Array(12).map((_, k) => (k === i ? 1 : 0)));
    const projected = projectedModes(small, rows);
    const top = createModes(small);
    const ascending = (x: Float64Array) => [...x].sort((p, q) => p - q);
    for (const name of ["eigenvalue", "start", "noiseWeight"] as const) {
      const expected = ascending(top[name]);
      for (const [k, value] of ascending(projected[name]).entries())
        expect(value).toBeCloseTo(expected[k], 13);
    }
    expect(projected.floor).toBeCloseTo(top.floor, 13);
  });

  it("of the reference leaves 0.740046", () => {
    const { params } = featuresCase("rf-95");
    const rows = Array.from({ length: 12 }, (_, i) =>
      new Float64Array(40).map((_, j) => Math.cos((i + 1) * (j + 1)) / Math.sqrt(12)),
    );
    const { floor } = projectedModes(
      { targetExponent: params.a, spectrumExponent: params.b, features: 12, modes: 40, labelNoise: 0.25 },
      rows,
    );
    expect(Math.abs(floor - 0.25 - 0.740046)).toBeLessThan(5e-7);
  });
});

describe("stability", () => {
  it.each(["rf-12", "rf-13"])("%s", (id) => {
    const one = featuresCase(id);
    const modes = createModes(featuresOfCase({ ...one, params: { ...one.params, a: 2 } }));
    expect(Math.abs(stabilityRate(modes, one.params.m as number) - one.value)).toBeLessThan(one.tolerance);
  });

  it.each([
    [1.01, 1],
    [1.1, 1],
    [1.5, 1],
    [2, 1],
    [1.1, 8],
  ])("in bins is that of a hundred thousand single modes: b = %d, m = %i", (spectrumExponent, m) => {
    const wide = { ...problem, spectrumExponent, features: 100_000 };
    const single = stabilityRate(createModes(wide, { exact: 100_000 }), m);
    expect(Math.abs(stabilityRate(createModes(wide), m) / single - 1)).toBeLessThan(1e-8);
  });

  it.each([
    ["heavy-ball", 0.95, 1],
    ["heavy-ball", 0.5, 16],
    ["nesterov", 0.5, 1],
    ["nesterov", 0.9, 16],
  ] as const)("with %s β = %d, m = %i parts decay from growth", (kind, momentum, m) => {
    const modes = createModes({ ...problem, features: 20, modes: 20, labelNoise: 0 });
    const limit = stabilityRate(modes, m, { kind, momentum });
    const growth = (share: number) => {
      const { direct, accumulated, damping } = momentumSteps(
        { kind, momentum },
        Float64Array.of(share * limit),
        problem.spectrumExponent,
      );
      const step = { direct: direct[0], accumulated: accumulated[0], damping: damping[0], batch: m };
      const moments = momentumStart(modes);
      let sum = 1;
      let early = 0;
      for (let t = 0; t < 40_000 && sum < 1e100 && sum > 1e-200; t++) {
        sum = advanceMoments(modes, moments, step, sum);
        if (t === 20_000) early = sum;
      }
      return early === 0 ? sum : sum / early;
    };
    expect(growth(0.98)).toBeLessThan(1);
    expect(growth(1.02)).toBeGreaterThan(1);
  });

  it("of one mode is 2/(λ(1 + 2/m))", () => {
    const modes = createModes({ ...problem, features: 1 });
    for (const m of [1, 8]) expect(stabilityRate(modes, m)).toBeCloseTo(2 / (1 + 2 / m), 12);
  });
});

describe("steps", () => {
  it("of a ramp grow as (1 − t/T)^{1/(2b) − 1}, rounded and capped", () => {
    const sizes = batchSizes({ kind: "ramp", start: 2, most: 50 }, 100, 2);
    expect([sizes[0], sizes[50], sizes[99]]).toEqual([2, Math.round(2 * 2 ** 0.75), 50]);
    const listed = batchSizes({ kind: "steps", sizes: [1, 4], times: [0, 3] }, 5, 2);
    expect([...listed]).toEqual([1, 1, 1, 4, 4]);
  });

  it("of momentum", () => {
    const rate = Float64Array.from([0.1, 0.2]);
    const nesterov = momentumSteps({ kind: "nesterov", momentum: 0.75 }, rate, 2);
    expect([nesterov.direct[1], nesterov.accumulated[1], nesterov.damping[1]]).toEqual([
      0.2,
      0.75 * 0.2,
      0.25,
    ]);
    const heavy = momentumSteps({ kind: "heavy-ball", momentum: 0.75 }, rate, 2);
    expect([heavy.direct[1], heavy.accumulated[1], heavy.damping[1]]).toEqual([0, 0.2, 0.25]);
    const dana = momentumSteps({ kind: "dana", ratio: 0.5, damping: 4 }, rate, 2);
    expect([dana.direct[1], dana.accumulated[1], dana.damping[1]]).toEqual([0.2, 0.1 * 2 ** -0.5, 0.8]);
  });
});

describe("at the door", () => {
  const rejects = (call: () => unknown, parameter: string) => {
    try {
      call();
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidParameterError);
      return expect((error as InvalidParameterError).parameter).toBe(parameter);
    }
    throw new Error(`${parameter} was accepted`);
  };
  it.each([
    ["targetExponent", { targetExponent: 1 }],
    ["targetExponent", { targetExponent: Number.NaN }],
    ["spectrumExponent", { spectrumExponent: 0.9 }],
    ["features", { features: 0 }],
    ["features", { features: 1.5 }],
    ["modes", { modes: 99 }],
    ["labelNoise", { labelNoise: -1 }],
  ])("%s", (parameter, change) => {
    rejects(() => createModes({ ...problem, ...change }), parameter);
  });

  it("of steps and projections", () => {
    rejects(() => projectedModes(problem, []), "modes");
    rejects(() => projectedModes({ ...problem, modes: 600, features: 600 }, []), "features");
    rejects(() => projectedModes({ ...problem, modes: 200 }, []), "projection");
    rejects(() => batchSizes(0.5, 10, 2), "batchSize");
    rejects(() => batchSizes({ kind: "steps", sizes: [1, 2], times: [0, 0] }, 10, 2), "batchSize.times[1]");
    rejects(() => batchSizes({ kind: "ramp", start: 0 }, 10, 2), "batchSize.start");
    rejects(
      () => momentumSteps({ kind: "heavy-ball", momentum: 1 }, new Float64Array(1), 2),
      "momentum.momentum",
    );
    const singular = createSchedule({ kind: "power-law", rate: 1, exponent: 0.5, offset: 0 });
    rejects(() => stepRates(singular, 10), "schedule");
  });
});
