import { beforeAll, describe, expect, it } from "vitest";
import { type FigureResult, presets } from "../../../src/figures";
import { randomStart } from "../../../src/figures/phase-retrieval/random-start";
import { ridge } from "../../../src/figures/phase-retrieval/ridge";
import { limitConfig, type PhaseRuns, recoveredShare } from "../../../src/figures/phase-retrieval/runs";
import { step } from "../../../src/figures/phase-retrieval/step";
import { modulusError } from "../../../src/models/phase-retrieval/start";
import { expectSound } from "../sound";
import { createTools } from "../tools";

const last = (values: readonly number[]) => values[values.length - 1];

describe("a ridge in place of the sphere", () => {
  let result: FigureResult;
  let groups: { name: string; runs: PhaseRuns[]; ofMeans: number[][] }[];
  beforeAll(async () => {
    const cases = [
      { ridge: 0, rescaled: true },
      { ridge: 1, rescaled: true },
      { ridge: 1, rescaled: false },
    ];
    const limit = { particles: 512, runs: 2 };
    const sizes = { cases, size: 60, samples: 12, until: 4, learningRate: 0.02, limit };
    result = await ridge.make(sizes, createTools());
    ({ groups } = result.data as unknown as { groups: typeof groups });
  });

  it("is sound, with a group of three algorithms for each ridge", () => {
    expectSound(result);
    expect(result.table!.rows.length).toBe(9);
    expect(groups.map(({ name }) => name)).toEqual(["λ = 0", "λ = 1", "λ = 1, not rescaled"]);
    for (const { runs, ofMeans } of groups) {
      runs.forEach(({ overlap, norm }, k) => {
        expect(ofMeans[k][9]).toBe(modulusError(overlap.mean[9], norm.mean[9]));
      });
    }
  });

  it.each(presets)("goes from the weakest ridge to the strongest, %s", async (preset) => {
    const remember = async () =>
      ({ found: groups[0].runs[0], used: { recipes: [], citations: [] } }) as never;
    const { data } = await ridge.run(preset, { ...createTools(), remember });
    const names = (data as { groups: typeof groups }).groups.map(({ name }) => name);
    expect(names).toEqual(["λ = 0", "λ = 0.1", "λ = 0.5", "λ = 0.5, not rescaled", "λ = 1"]);
  });

  it("has in the limit the steps of its own learning rate, also without rescaling", () => {
    const shared = { sampleRatio: 3, learningRate: 0.02, algorithm: "sgd", batchFraction: 0.5 };
    const constraint = { ridge: 0.6 };
    const setting = {
      name: "SGD",
      size: 10,
      samples: 2,
      until: 4,
      batchSampling: "with-replacement",
    } as const;
    const limitOf = (change: object) => {
      const parameters = { ...shared, constraint, ...change };
      const { parameters: found, method } = limitConfig({ ...setting, parameters }, "words") as unknown as {
        parameters: Record<string, unknown> & { constraint: typeof constraint };
        method: { until: number };
      };
      return { ...found, until: method.until };
    };
    expect(limitOf({})).toMatchObject({ learningRate: 0.02, batchFraction: 1 / 3, constraint, until: 4 });
    // η (λ w + Σ s F) = ηℓ ((λ/ℓ) w + Σ s F/ℓ), as many times.
    const found = limitOf({ rescaleGradient: false });
    expect(found).toMatchObject({
      learningRate: 0.01,
      rescaleGradient: true,
      batchFraction: 1 / 3,
      until: 2,
    });
    expect(found.constraint.ridge).toBeCloseTo(1.2, 14);
  });

  it("shrinks the weights", () => {
    const [none, strong] = groups;
    none.runs.forEach(({ norm }, k) => {
      expect(last(strong.runs[k].norm.mean)).toBeLessThan(last(norm.mean));
    });
  });

  it("has the formula at the means above the mean of the formula as runs spread, and equal to it before", () => {
    const [{ runs, ofMeans }] = groups;
    runs.forEach(({ meanSquaredError: { mean } }, k) => {
      expect(ofMeans[k][0]).toBeCloseTo(mean[0], 1);
      expect(last(ofMeans[k])).toBeGreaterThan(last(mean));
    });
  });

  it("leaves gradient descent as it is without rescaling, and slows the others down", () => {
    const [, rescaled, not] = groups;
    expect(not.runs[0].trainingLoss).toEqual(rescaled.runs[0].trainingLoss);
    const half = Math.floor(rescaled.runs[1].time.length / 2);
    expect(not.runs[1].trainingLoss.mean[half]).toBeGreaterThan(rescaled.runs[1].trainingLoss.mean[half]);
  });
});

describe("the limit of small steps", () => {
  it("brings SGD to gradient descent, and persistent SGD to a place of its own", async () => {
    const result = await step.make(
      { learningRates: [0.02, 0.002], size: 60, samples: 20, until: 1.5 },
      createTools(),
    );
    expectSound(result);
    const { distances } = result.data as {
      distances: { name: string; distance: { mean: number; standardError: number }[] }[];
    };
    const [sgd, persistent] = distances.map(({ distance }) => distance);
    expect(sgd[1].mean).toBeLessThan(sgd[0].mean);
    for (const [k, { mean, standardError }] of persistent.entries()) {
      expect(mean - sgd[k].mean).toBeGreaterThan(2 * Math.hypot(standardError, sgd[k].standardError));
    }
  });
});

describe("random starts", () => {
  let result: FigureResult;
  let pairs: { size: number; recovery: number | null; descent: PhaseRuns; persistent: PhaseRuns }[];
  beforeAll(async () => {
    const easy = { sizes: [16, 32], samples: [24, 16], until: 40 };
    const sizes = { sizes: [20, 80], sampleRatio: 3.5, samples: 20, until: 60, learningRate: 0.02, easy };
    result = await randomStart.make(sizes, createTools());
    ({ pairs } = result.data as unknown as { pairs: typeof pairs });
  });

  it("are sound, and begin with overlaps of order 1/√N", () => {
    expectSound(result);
    for (const { size, descent } of pairs) {
      const start = descent.modulus.median[0] * Math.sqrt(size);
      // The median of |z|, z normal, is 0.67.
      expect(start).toBeGreaterThan(0.3);
      expect(start).toBeLessThan(1.3);
    }
  });

  it("persistent SGD recovers where gradient descent sticks, lower in larger systems", () => {
    const [small, large] = pairs;
    const [descent, persistent] = [recoveredShare(large.descent), recoveredShare(large.persistent)];
    expect(persistent.share - descent.share).toBeGreaterThan(Math.hypot(descent.error, persistent.error));
    expect(last(large.descent.modulus.median)).toBeLessThan(last(small.descent.modulus.median));
  });

  it("recover without traps at α = 12, and tell the law of their time", () => {
    const { easy } = result.data as unknown as { easy: Record<"recovered" | "samples", number>[] };
    expect(easy.map(({ recovered, samples }) => recovered / samples)).toEqual([1, 1]);
    expect(result.notes.join()).toMatch(/\d ± [\d.]+ for each factor e in N. As a power of N its exponent/);
  });

  it("take longer in larger systems, but by far not in proportion to N", () => {
    const [small, large] = pairs;
    expect(large.recovery! / small.recovery!).toBeGreaterThan(1);
    expect(large.recovery! / small.recovery!).toBeLessThan(large.size / small.size);
  });
});
