import { describe, expect, it } from "vitest";
import { phaseRetrievalCost } from "../../../src/models/cost";
import {
  batchRates,
  checkPhaseRetrieval,
  type PhaseRetrieval,
  phaseRetrieval,
  temperatureAt,
} from "../../../src/models/phase-retrieval/problem";
import { learningRateLimits, settles } from "../../../src/models/phase-retrieval/stability";

const problem = (change: Partial<PhaseRetrieval>) => phaseRetrieval({ sampleRatio: 3, ...change });
const persistent = { algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 1 } as const;

describe("the cost", () => {
  it("has its derivatives", () => {
    const { value, first, second } = phaseRetrievalCost;
    for (const [h, h0] of [
      [0.3, -1.2],
      [-2, 0.7],
      [1.5, 1.5],
    ]) {
      expect(first(h, h0)).toBeCloseTo((value(h + 1e-4, h0) - value(h - 1e-4, h0)) / 2e-4, 6);
      expect(second(h, h0)).toBeCloseTo((first(h + 1e-4, h0) - first(h - 1e-4, h0)) / 2e-4, 6);
    }
  });
});

describe("checks", () => {
  it.each([
    ["sampleRatio", { sampleRatio: 0 }, /a number above 0/],
    ["sampleRatio", { sampleRatio: -2 }, /a number above 0/],
    ["learningRate", { learningRate: 0 }, /a number above 0/],
    ["algorithm", { algorithm: "adam" as never }, /"persistent-sgd"/],
    ["batchFraction", { algorithm: "sgd", batchFraction: 0 }, /above 0 and at most 1/],
    ["batchFraction", { algorithm: "sgd", batchFraction: 1.2 }, /above 0 and at most 1/],
    ["batchFraction", { batchFraction: 0.5 }, /1 for gradient-descent/],
    ["batchFraction", { algorithm: "langevin", batchFraction: 0.5 }, /1 for langevin/],
    ["persistence", { ...persistent, persistence: null }, /at least 0.01 /],
    ["persistence", { ...persistent, persistence: 0.009 }, /at least 0.01 /],
    ["persistence", { ...persistent, batchFraction: 0.1, persistence: 0.08 }, /at least 0.09 /],
    ["persistence", { algorithm: "sgd", persistence: 1 }, /null: sgd/],
    ["temperature", { temperature: 1 }, /langevin/],
    ["temperature", { algorithm: "langevin", temperature: -1 }, /at least 0/],
    ["temperatureOffAt", { algorithm: "langevin", temperatureOffAt: -1 }, /at least 0/],
    ["initialOverlap", { initialOverlap: 1.5 }, /from -1 to 1/],
    ["constraint.ridge", { constraint: { ridge: -1 } }, /at least 0/],
  ] as const)("%s: %j", (name, change, allowed) => {
    const check = () => checkPhaseRetrieval(problem(change as Partial<PhaseRetrieval>));
    expect(check).toThrow(allowed);
    expect(check).toThrow(new RegExp(`^${name} is `));
  });

  it("lets pass what has a meaning", () => {
    for (const change of [
      { algorithm: "sgd", batchFraction: 1 },
      { ...persistent, temperature: 0.5 },
      { ...persistent, persistence: 0.01 },
      { constraint: { ridge: 0 }, initialOverlap: 1.5 },
    ] as const) {
      expect(() => checkPhaseRetrieval(problem(change))).not.toThrow();
    }
  });
});

describe("rates of a batch", () => {
  it("are those of eq. (7) with the batch fraction", () => {
    const { join, leave } = batchRates(problem({ ...persistent, batchFraction: 0.2 }))!;
    expect(join).toBeCloseTo(0.01, 15);
    expect(leave).toBeCloseTo(0.04, 15);
    expect(batchRates(problem({}))).toBeUndefined();
  });

  it("are those of a new batch at persistence η/ℓ", () => {
    const vanilla = batchRates(problem({ algorithm: "sgd", batchFraction: 0.3 }))!;
    const short = batchRates(problem({ ...persistent, batchFraction: 0.3, persistence: 0.01 / 0.3 }))!;
    expect(short.join).toBeCloseTo(vanilla.join, 14);
    expect(short.leave).toBeCloseTo(vanilla.leave, 14);
    expect(vanilla.join + vanilla.leave).toBeCloseTo(1, 14);
  });
});

describe("temperature", () => {
  it("drops at its time", () => {
    const cooled = problem({ algorithm: "langevin", temperature: 2, temperatureOffAt: 5 });
    expect([0, 4.99, 5, 6].map((t) => temperatureAt(cooled, t))).toEqual([2, 2, 0, 0]);
    expect(temperatureAt({ ...cooled, temperatureOffAt: null }, 1e9)).toBe(2);
  });
});

describe("limits of the learning rate", () => {
  const settling = (change: Partial<PhaseRetrieval>) => learningRateLimits(problem(change), 3000).settling;
  const small = { algorithm: "sgd", batchFraction: 0.1 } as const;

  it("settling: 2 over c (2 h² + 2αℓ) + λ, h the largest field of one in twenty data sets", () => {
    // P(|h0| > 4.3054) = 0.05/3000.
    const h = 4.305423;
    expect(settling({})).toBeCloseTo(1 / (h * h + 3), 6);
    expect(settling(small)).toBeCloseTo(1 / ((h * h) / 0.1 + 3), 6);
    expect(settling({ ...small, rescaleGradient: false })).toBeCloseTo(1 / (h * h + 0.3), 6);
    expect(settling({ constraint: { ridge: 4 } })).toBeCloseTo(2 / (2 * h * h + 6 + 4), 6);
  });

  it("single: 1 over c h² alone, h the mean of the largest of all fields", () => {
    // ∫ (1 − P(|h0| < h)^3000) dh = 3.740; the quantile of Gumbel's law is 3.736.
    const { single } = learningRateLimits(problem(small), 3000);
    expect(single).toBeCloseTo(0.1 / 3.74 ** 2, 4);
    expect(single).toBeGreaterThan(0.1 / 15);
    const ridge = learningRateLimits(problem({ constraint: { ridge: 4 } }), 3000);
    expect(1 / ridge.single).toBeCloseTo(0.1 / single + 2, 6);
    // The paper's η = ℓ/20 at N = 3000 is between the two.
    const paper = learningRateLimits(problem(small), 9000);
    expect(paper.settling).toBeLessThan(0.005);
    expect(paper.single).toBeGreaterThan(0.005);
  });

  it("knows other costs", () => {
    const square = { value: () => 0, first: () => 0, second: () => 1 };
    const limits = learningRateLimits(problem({}), 3000, square);
    expect(limits.settling).toBeCloseTo(2 / (1 + 3), 9);
    expect(limits.single).toBeCloseTo(2, 9);
    const flat = { ...square, second: () => 0 };
    expect(learningRateLimits(problem({}), 3000, flat)).toEqual({ settling: Infinity, single: Infinity });
  });

  it("of one data set are those of its own labels", () => {
    // κ = 2·9 + 3·2·(1 + 1 + 9 + 1)/4 = 36: settled up to 2/36.
    const labels = Float64Array.of(1, -1, -3, 1);
    const at = (learningRate: number) => settles(problem({ learningRate }), labels, phaseRetrievalCost);
    expect([at(0.0555), at(0.0556)]).toEqual([true, false]);
  });
});
