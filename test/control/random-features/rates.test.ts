import { describe, expect, it } from "vitest";
import {
  batchRamp,
  bestOfFamily,
  FAMILIES,
  jointOptimum,
  lossGradient,
  optimalRates,
} from "../../../src/control/random-features";
import { createDescent } from "../../../src/control/random-features/descent";
import { ConvergenceError, InterruptedError, InvalidParameterError } from "../../../src/core/errors";
import { createModes } from "../../../src/models/random-features";
import { createStreams } from "../../../src/numerics/streams";
import { finalExcess } from "../../../src/volterra/random-features";
import { featuresCase, featuresCases, featuresOfCase, ratesOf } from "../../reference/features-cases";

const ones = (horizon: number, batch = 1) => ratesOf(horizon, () => batch);
const model = (a: number, b: number, features = 300) =>
  createModes({ targetExponent: a, spectrumExponent: b, features, modes: features, labelNoise: 1 });

describe("gradients", () => {
  it.each([0, 50, 99])("of the reference at step %i", (t) => {
    const one = featuresCases.find(
      ({ system, params }) => system === "exact-discrete gradient" && params.t === t,
    )!;
    const rate = ratesOf(100, (s) => 0.4 * (1 - s / 100) ** 3);
    const { rate: gradient } = lossGradient(createModes(featuresOfCase(one)), { rate, batch: ones(100) });
    expect(Math.abs(gradient[t] - (one.value as number))).toBeLessThan(one.tolerance);
  });

  it("are central differences to 1e-7, by rate and by batch", () => {
    const modes = model(1.5, 2);
    const rate = ratesOf(60, (t) => 0.3 * (1 - t / 70));
    const batch = ratesOf(60, (t) => 1 + (t % 5));
    const { rate: byRate, batch: byBatch, excess } = lossGradient(modes, { rate, batch });
    expect(excess).toBe(finalExcess(modes, { rate, batch }));
    const along = (t: number, delta: number, which: "rate" | "batch") => {
      const moved = { rate: Float64Array.from(rate), batch: Float64Array.from(batch) };
      moved[which][t] += delta;
      return finalExcess(modes, moved);
    };
    for (const t of [0, 17, 42, 59]) {
      for (const [which, gradient] of [
        ["rate", byRate],
        ["batch", byBatch],
      ] as const) {
        const step = which === "rate" ? 1e-4 : 1e-2;
        const five =
          (8 * (along(t, step, which) - along(t, -step, which)) -
            (along(t, 2 * step, which) - along(t, -2 * step, which))) /
          (12 * step);
        expect(Math.abs(gradient[t] / five - 1), `${which} ${t}`).toBeLessThan(1e-7);
      }
    }
  });
});

describe("optimal learning rates", () => {
  const optima = featuresCases.filter(({ system }) => system === "optimal schedule, exact-discrete");
  it("have nine reference cases", () => expect(optima.length).toBe(9));
  it.each(optima)("$id", async (one) => {
    const { T, m, etaCap } = one.params;
    const batch = ones(T!, m as number);
    const { rate, excess, error } = await optimalRates(createModes(featuresOfCase(one)), batch, {
      cap: etaCap!,
    });
    if (typeof one.value === "number") {
      expect(Math.abs(excess - one.value)).toBeLessThan(one.tolerance);
      expect(error).toBeLessThan(2e-10 * excess);
    } else {
      for (const [i, t] of [0, 64, 128, 192, 255].entries()) {
        expect(Math.abs(rate[t] - one.value[i])).toBeLessThan(one.tolerance);
      }
    }
  });

  it("are one and the same from any start, and no rate can be bettered", async () => {
    const modes = model(1.5, 2);
    const found = await Promise.all(
      [0.05, 0.2, 0.4].map((rate) =>
        optimalRates(modes, ones(128), { cap: null, start: ones(128).fill(rate), tolerance: 1e-13 }),
      ),
    );
    for (const { excess, rate } of found) {
      expect(Math.abs(excess / found[0].excess - 1)).toBeLessThan(1e-12);
      const { rate: gradient } = lossGradient(modes, { rate, batch: ones(128) });
      for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-7);
    }
  });

  it("never get worse from sweep to sweep, and keep their cap", () => {
    const modes = model(1.5, 2);
    const descent = createDescent(modes, ones(200), 0.3, ones(200).fill(0.3));
    const whole = (pass: Generator<void, number>) => {
      let step = pass.next();
      while (!step.done) step = pass.next();
      return step.value;
    };
    let last = whole(descent.begin());
    expect(last).toBeCloseTo(finalExcess(modes, { rate: ones(200).fill(0.3), batch: ones(200) }), 14);
    for (let sweep = 0; sweep < 12; sweep++) {
      const next = whole(descent.sweep());
      expect(next).toBeLessThanOrEqual(last * (1 + 1e-15));
      expect(next).toBeCloseTo(finalExcess(modes, { rate: descent.rate, batch: ones(200) }), 14);
      expect(Math.max(...descent.rate)).toBeLessThanOrEqual(0.3);
      last = next;
    }
  });

  it("have an error estimate that covers the true error", async () => {
    const modes = model(1.5, 2);
    const best = await optimalRates(modes, ones(1024), { cap: null, tolerance: 1e-13 });
    for (const tolerance of [1e-3, 1e-5, 1e-7]) {
      const { excess, error } = await optimalRates(modes, ones(1024), { cap: null, tolerance });
      expect(excess - best.excess).toBeLessThan(error);
      expect(error).toBeLessThan(3 * tolerance * excess);
    }
  });

  it("refuse what they cannot do, and say so", async () => {
    const modes = model(3, 2);
    const parameter = async (run: Promise<unknown>) => {
      const error = await run.catch((e) => e);
      expect(error).toBeInstanceOf(InvalidParameterError);
      return (error as InvalidParameterError).parameter;
    };
    expect(await parameter(optimalRates(modes, ones(10, 8), { cap: null }))).toBe("cap");
    expect(await parameter(optimalRates(modes, ones(10), { cap: 0 }))).toBe("cap");
    expect(await parameter(optimalRates(modes, ones(10), { cap: null, tolerance: 0 }))).toBe("tolerance");
    expect(await parameter(optimalRates(modes, ones(1e6), { cap: null }))).toBe("horizon");
    const error = await optimalRates(modes, ones(512), { cap: null, sweeps: 2 }).catch((e) => e);
    expect(error).toBeInstanceOf(ConvergenceError);
    expect((error as ConvergenceError).details.reached).toBe(2);
    const signal = AbortSignal.abort();
    await expect(optimalRates(modes, ones(300000), { cap: null }, { signal })).rejects.toThrow(
      InterruptedError,
    );
  });
});

describe("what is conserved along the optimum", () => {
  it.each([
    [3, 2, 1],
    [3, 2, 3],
  ])("(%d, %d), m = %i: to second order in η with both corrections, not without", async (a, b, m) => {
    const [modes, batch] = [model(a, b), ones(1024, m)];
    const { rate } = await optimalRates(modes, batch, { cap: null, tolerance: 1e-13 });
    const { conserved, loss, noise } = lossGradient(modes, { rate, batch });
    const printed = rate.map((eta, t) => (eta * eta * loss[t] * noise[t]) / m);
    const spread = (values: Float64Array) => {
      const part = values.subarray(10);
      return Math.max(...part) / Math.min(...part) - 1;
    };
    expect(spread(conserved)).toBeLessThan(1e-5);
    expect(spread(printed)).toBeGreaterThan(5e-3);
    // Rates that are not the best conserve nothing.
    const other = { rate: rate.map((eta, t) => eta * (1 + 0.05 * Math.sin(t / 50))), batch };
    expect(spread(lossGradient(modes, other).conserved)).toBeGreaterThan(1e-2);
  });
});

describe("families", () => {
  it.each([
    ["rf-24", "constant"],
    ["rf-26", "constant"],
    ["rf-30", "polynomial"],
  ] as const)("%s: the best loss", async (id, family) => {
    const one = featuresCase(id);
    const best = await bestOfFamily(createModes(featuresOfCase(one)), ones(one.params.T!), {
      family,
      cap: null,
      exponent: 3,
    });
    expect(Math.abs(best.excess - one.value)).toBeLessThan(one.tolerance);
  });

  it.each(["rf-23", "rf-25", "rf-27"])("%s: the best constant rate", async (id) => {
    const one = featuresCase(id);
    const search = { family: "constant", cap: null, exponent: null } as const;
    const { amplitude } = await bestOfFamily(createModes(featuresOfCase(one)), ones(one.params.T!), search);
    expect(Math.abs(amplitude - one.value)).toBeLessThan(one.tolerance);
  });

  it.each([
    [3, 2],
    [1.5, 2],
  ])("never beat the optimum, which gains with the horizon: (%d, %d)", async (a, b) => {
    const modes = model(a, b);
    const gains: Record<string, number>[] = [];
    for (const horizon of [64, 512]) {
      const best = await optimalRates(modes, ones(horizon), { cap: null });
      const gain: Record<string, number> = {};
      for (const family of FAMILIES) {
        const exponent = family === "power-law" ? null : 2 * b - 1;
        const search = { family, cap: null, exponent, tolerance: 1e-4 };
        const { excess, rate } = await bestOfFamily(modes, ones(horizon), search);
        expect(excess).toBeGreaterThan(best.excess);
        expect(excess).toBe(finalExcess(modes, { rate, batch: ones(horizon) }));
        gain[family] = excess / best.excess;
      }
      gains.push(gain);
    }
    expect(gains[1].constant).toBeGreaterThan(gains[0].constant);
    expect(gains[1]["power-law"]).toBeGreaterThan(gains[0]["power-law"]);
    if (a > b) expect(gains[1].polynomial).toBeLessThan(gains[0].polynomial);
  });

  it("cosine: half a wave from the amplitude to nothing", async () => {
    const search = { family: "cosine", cap: null, exponent: null, tolerance: 1e-3 } as const;
    const { rate, amplitude } = await bestOfFamily(model(3, 2), ones(40), search);
    for (const [t, share] of [
      [0, 1],
      [10, (1 + Math.SQRT1_2) / 2],
      [20, 0.5],
      [30, (1 - Math.SQRT1_2) / 2],
    ]) {
      expect(rate[t]).toBeCloseTo(amplitude * share, 14);
    }
  });

  it("warmup-stable-decay: the best of the minima between steps, and never a rate above the cap", async () => {
    const modes = model(6, 2);
    const search = { family: "warmup-stable-decay", cap: null, exponent: 3 } as const;
    const { excess } = await bestOfFamily({ ...modes, floor: 0 }, ones(200), search);
    // By a scan of cells; one cell away, from step 196.627 on, there is another minimum, 1.44362e-4.
    expect(excess).toBeLessThan(1.44113e-4);
    const capped = await bestOfFamily(modes, ones(50), { ...search, cap: 0.1 });
    expect(capped.amplitude).toBeLessThanOrEqual(0.1);
    expect(Math.max(...capped.rate)).toBeLessThanOrEqual(0.1);
  });

  it("find the best of their members: nothing near it is better", async () => {
    const modes = model(1.5, 2);
    const batch = ones(200);
    const power = await bestOfFamily(modes, batch, { family: "power-law", cap: null, exponent: null });
    const near = (factor: number, shift: number) =>
      finalExcess(modes, {
        rate: ratesOf(200, (t) => factor * power.amplitude * (1 + t) ** -(power.exponent! + shift)),
        batch,
      });
    expect(near(1, 0)).toBeCloseTo(power.excess, 13);
    for (const factor of [0.99, 1, 1.01]) {
      for (const shift of [-0.01, 0, 0.01])
        expect(near(factor, shift)).toBeGreaterThanOrEqual(power.excess - 1e-13);
    }
    const stable = await bestOfFamily(modes, batch, { family: "warmup-stable-decay", cap: 0.3, exponent: 3 });
    expect(stable.amplitude).toBeCloseTo(0.3, 10);
    const moved = (decayStart: number) =>
      bestOfFamily(modes, batch, { family: "warmup-stable-decay", cap: 0.3, exponent: 3, decayStart });
    expect((await moved(stable.decayStart! - 0.02)).excess).toBeGreaterThanOrEqual(stable.excess);
    expect((await moved(stable.decayStart! + 0.02)).excess).toBeGreaterThanOrEqual(stable.excess);
  });
});

describe("batches", () => {
  it("group samples under the cap, all of them, in their order", () => {
    const random = new Float64Array(500);
    createStreams(20261122).stream("start", 0).fillUniform(random);
    const sample = random.map((u) => 0.2 * u);
    const { rate, batch } = batchRamp(sample, 0.5);
    expect(batch.reduce((sum, m) => sum + m, 0)).toBe(500);
    let at = 0;
    for (let t = 0; t < rate.length; t++) {
      const part = sample.subarray(at, at + batch[t]);
      expect(part.reduce((sum, eta) => sum + eta, 0)).toBe(rate[t]);
      expect(rate[t]).toBeLessThanOrEqual(0.5);
      at += batch[t];
      if (at < 500) expect(rate[t] + sample[at]).toBeGreaterThan(0.5);
    }
  });

  it("only count as rate over batch: a ramp in far fewer steps has nearly the loss of single samples", async () => {
    const modes = model(3, 2);
    const { rate, excess } = await optimalRates(modes, ones(4096), { cap: null });
    const ramp = batchRamp(rate, 0.25);
    expect(ramp.rate.length).toBeLessThan(450);
    expect(Math.abs(finalExcess(modes, ramp) / excess - 1)).toBeLessThan(0.02);
  });

  it("chosen with the rates are better than rates alone, sit at the cap and use all samples", async () => {
    const modes = model(3, 2);
    const joint = await jointOptimum(modes, { steps: 64, samples: 4096, cap: 0.25 });
    expect(joint.batch.reduce((sum, m) => sum + m, 0)).toBeCloseTo(4096, 8);
    const alone = await optimalRates(modes, ones(64, 64), { cap: 0.25 });
    expect(joint.excess).toBeLessThan(0.95 * alone.excess);
    for (let t = 0; t < 48; t++) expect(joint.rate[t]).toBeGreaterThan(0.24);
    expect(joint.batch[60]).toBeGreaterThan(3 * joint.batch[0]);
  });

  it("refuse fewer samples than steps, and rates above the cap", async () => {
    const modes = model(3, 2);
    await expect(jointOptimum(modes, { steps: 64, samples: 63, cap: 0.25 })).rejects.toThrow(
      InvalidParameterError,
    );
    expect(() => batchRamp(Float64Array.from([0.6]), 0.5)).toThrow(InvalidParameterError);
  });
});
