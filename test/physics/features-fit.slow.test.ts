import { describe, expect, it } from "vitest";
import { simulateFeatures } from "../../src/simulate/random-features";
import { fitMeasured } from "../../src/systems/random-features/fit";
import { parameters as schema } from "../../src/systems/random-features/parameters";
import { validate } from "../../src/systems/schema/validate";

const CURVES = 20;
const RUNS = 16;
const STEPS = [...new Set(Array.from({ length: 24 }, (_, k) => Math.round(1000 ** (k / 23))))];

describe("the fit of a measured curve", () => {
  it.each([
    { a: 2.5, b: 1.5, rate: 0.1 },
    { a: 1.5, b: 2, rate: 0.2 },
  ])(
    "recovers (a, b) = ($a, $b) within its uncertainty in 18 of 20 curves, and σ²",
    async ({ a, b, rate }) => {
      const features = {
        targetExponent: a,
        spectrumExponent: b,
        features: 50,
        modes: null,
        labelNoise: 0.25,
      };
      const steps = { rate: new Float64Array(1000).fill(rate), batch: new Float64Array(1000).fill(1) };
      const { curves } = await simulateFeatures(
        { features, steps },
        { samples: CURVES * RUNS, seed: 20261122, times: STEPS, keepCurves: true },
      );
      const parameters = validate(
        schema,
        { targetExponent: 2, spectrumExponent: 2, features: 50, horizon: 1000, schedule: rate },
        "parameters",
      );
      let [both, noise, width] = [0, 0, 0];
      for (let c = 0; c < CURVES; c++) {
        const runs = curves!.loss.slice(c * RUNS, (c + 1) * RUNS);
        const loss = STEPS.map((_, i) => runs.reduce((sum, run) => sum + run[i], 0) / RUNS);
        const standardError = STEPS.map((_, i) =>
          Math.sqrt(runs.reduce((sum, run) => sum + (run[i] - loss[i]) ** 2, 0) / (RUNS * (RUNS - 1))),
        );
        const laws = await fitMeasured(parameters, { step: STEPS, loss, standardError });
        const holds = (name: "targetExponent" | "spectrumExponent" | "labelNoise", truth: number) =>
          laws[name].low <= truth && truth <= laws[name].high;
        if (holds("targetExponent", a) && holds("spectrumExponent", b)) both++;
        if (holds("labelNoise", 0.25)) noise++;
        width += (laws.targetExponent.high - laws.targetExponent.low) / CURVES;
      }
      expect(both).toBeGreaterThanOrEqual(18);
      expect(noise).toBeGreaterThanOrEqual(18);
      // An interval that holds everything says nothing.
      expect(width).toBeLessThan(1);
    },
  );
});
