import { describe, expect, it } from "vitest";
import {
  batchRamp,
  jointOptimum,
  lossGradient,
  momentumOptimum,
  optimalRates,
} from "../../src/control/random-features";
import { createModes, type Modes } from "../../src/models/random-features";
import { fitPowerLaw } from "../../src/numerics/power-law";
import { runVerb } from "../../src/run/execute";
import { parseConfig, type Verb } from "../../src/systems/config/config";
import { finalExcess } from "../../src/volterra/random-features";
import { featuresCase, featuresCases, ratesOf } from "../reference/features-cases";

const ones = (horizon: number) => ratesOf(horizon, () => 1);
const binned = (a: number, b: number, labelNoise = 1): Modes =>
  createModes(
    { targetExponent: a, spectrumExponent: b, features: 1e6, modes: 1e6, labelNoise },
    { kept: 64, ratio: 1.1 },
  );

const configured = featuresCases.filter(({ run }) => run !== undefined);

describe("reference cases in the terms of a config", () => {
  it("are 27", () => expect(configured.length).toBe(27));
  it.each(configured)("$id", async ({ run, value, tolerance }) => {
    const { verb, config, select } = run!;
    const { rows, status } = await runVerb(verb as Verb, parseConfig(config, verb as Verb));
    expect(status).toBe("done");
    for (const [k, { quantity, time, key }] of select.entries()) {
      const row = rows.find((one) => one.quantity === quantity && (time === undefined || one.time === time))!;
      const whole = value as unknown as Readonly<Record<string, number | string>>;
      const expected = typeof value === "number" ? value : whole[key ?? k];
      if (typeof expected === "string") expect("value" in row && row.value).toBe(expected);
      else
        expect(
          Math.abs(("value" in row ? (row.value as number) : Number.NaN) - expected),
        ).toBeLessThanOrEqual(tolerance);
    }
  });
});

describe("the exact optimum at T = 65536", () => {
  it.each([
    [3, 2, 0.7462],
    [2.5, 1.5, 0.6642],
  ])("conserves η²LG, and ends with d ln η/d ln χ of the theory: (%d, %d)", async (a, b, slope) => {
    const horizon = 65536;
    const modes = binned(a, b);
    const { rate } = await optimalRates(modes, ones(horizon), { cap: null, tolerance: 1e-12 });
    const { loss, noise, conserved } = lossGradient(modes, { rate, batch: ones(horizon) });
    const spread = (values: Float64Array, from: number) => {
      const part = values.subarray(Math.round(from * horizon));
      return Math.max(...part) / Math.min(...part) - 1;
    };
    expect(spread(conserved, 0.002)).toBeLessThan(5e-6);
    // Without the terms of relative order η it takes a while.
    const printed = rate.map((eta, t) => eta * eta * loss[t] * noise[t]);
    expect(spread(printed, 0.25)).toBeLessThan(2e-4);
    expect(spread(printed, 0.002)).toBeGreaterThan(2e-4);
    // χ(t), the clock that is left.
    const left = new Float64Array(horizon);
    for (let t = horizon - 1, sum = 0; t >= 0; t--) left[t] = sum += rate[t];
    const inside = Array.from(rate.keys()).filter((t) => left[t] > 3 && left[t] < 0.3 * left[0]);
    const fit = fitPowerLaw(
      inside.map((t) => left[t]),
      inside.map((t) => rate[t]),
    );
    expect(Math.abs(fit.exponent - slope)).toBeLessThan(featuresCase("rf-71").tolerance);
    expect(Math.abs(fit.exponent - (1 - 1 / (2 * b)))).toBeLessThan(0.005);
  });
});

describe("batches", () => {
  it("in a ramp: steps grow as D^0.637 (rf-75), for less than 1 % of the loss", async () => {
    const modes = binned(3, 2);
    const steps: number[] = [];
    for (const samples of [32768, 65536]) {
      const { rate, excess } = await optimalRates(modes, ones(samples), { cap: null });
      const ramp = batchRamp(rate, 0.25);
      expect(Math.abs(finalExcess(modes, ramp) / excess - 1)).toBeLessThan(0.01);
      steps.push(ramp.rate.length);
    }
    const { value, tolerance } = featuresCase("rf-75");
    expect(Math.abs(Math.log2(steps[1] / steps[0]) - value)).toBeLessThan(tolerance);
  });

  it("chosen with the rates: m ~ (1 − t/T)^−0.74 (rf-77)", async () => {
    const { batch, rate } = await jointOptimum(binned(3, 2), { steps: 128, samples: 16384, cap: 0.25 });
    const inside = Array.from(batch.keys()).filter((t) => t / 128 > 0.3 && t / 128 < 0.95);
    for (const t of inside) expect(rate[t]).toBeGreaterThan(0.2499);
    const fit = fitPowerLaw(
      inside.map((t) => 1 - t / 128),
      inside.map((t) => batch[t]),
    );
    const { value, tolerance } = featuresCase("rf-77");
    expect(Math.abs(fit.exponent - value)).toBeLessThan(tolerance);
  });
});

describe("optimised momentum", () => {
  /** T_eq/T: the horizon at which the best schedule without momentum has the loss that dana has at T. */
  async function gain(modes: Modes, horizon: number, b: number): Promise<number> {
    const sgd = (steps: number) => optimalRates(modes, ones(steps), { cap: null, tolerance: 1e-6 });
    const { rate } = await sgd(horizon);
    const start = {
      direct: rate,
      accumulated: rate.map((eta, t) => 0.1 * eta * (1 + t) ** (-1 / b)),
      damping: rate.map((_, t) => 4 / (4 + t)),
    };
    const dana = await momentumOptimum(modes, ones(horizon), { kind: "dana", start });
    let steps = horizon;
    let before = (await sgd(steps)).excess;
    for (;;) {
      const after = (await sgd(2 * steps)).excess;
      if (after < dana.excess) {
        return (steps / horizon) * 2 ** (Math.log(before / dana.excess) / Math.log(before / after));
      }
      before = after;
      steps *= 2;
    }
  }

  it("gains a factor 4.67 in the horizon at T = 4096, (1.25, 2.5) (rf-81)", async () => {
    const { value, tolerance } = featuresCase("rf-81");
    expect(Math.abs((await gain(binned(1.25, 2.5), 4096, 2.5)) - value)).toBeLessThan(tolerance);
  });

  it("without noise: T_eq ~ T^1.6 (rf-84)", async () => {
    const modes = binned(1.25, 2.5, 0);
    const [early, late] = [await gain(modes, 1024, 2.5), await gain(modes, 2048, 2.5)];
    const { value, tolerance } = featuresCase("rf-84");
    expect(Math.abs(1 + Math.log2(late / early) - value)).toBeLessThan(tolerance);
  });

  it("gains nothing in the easy phase", async () => {
    expect(await gain(binned(3, 2), 1024, 2)).toBeLessThan(1.01);
  });
});
