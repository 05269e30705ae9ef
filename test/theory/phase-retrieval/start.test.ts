import { describe, expect, it } from "vitest";
import { type Cost, phaseRetrievalCost } from "../../../src/models/cost";
import { gradientFactor, phaseRetrieval } from "../../../src/models/phase-retrieval/problem";
import { retrievalStart } from "../../../src/theory/phase-retrieval";
import { phaseCases, problemOfCase } from "../../reference/phase-cases";

/** E f(h, h0) of Gaussians with variances q, 1 and covariance m, by sums that converge faster than any power. */
function gaussianMean(f: (h: number, h0: number) => number, m: number, q: number): number {
  const step = 0.125;
  const s = Math.sqrt(q - m * m);
  let total = 0;
  for (let x = -10; x <= 10; x += step) {
    for (let y = -10; y <= 10; y += step) {
      total += f(m * y + s * x, y) * Math.exp(-0.5 * (x * x + y * y));
    }
  }
  return (total * step * step) / (2 * Math.PI);
}

describe("closed forms at t = 0", () => {
  const names: Readonly<Record<string, string>> = {
    mu: "drive",
    nu_hat: "multiplier",
    delta_nu: "curvature",
    loss: "trainingLoss",
    "M_C(0,0)": "noiseKernel",
    "M_R(0+,0)": "responseKernel",
  };
  it.each(phaseCases.filter(({ id }) => id.startsWith("init_")))("$id", (one) => {
    const values = retrievalStart(problemOfCase(one)) as unknown as Record<string, number>;
    expect(Math.abs(values[names[one.quantity]] - one.value)).toBeLessThan(one.tolerance);
  });

  it("are Gaussian means of the cost and its derivatives", () => {
    const { value, first, second }: Cost = phaseRetrievalCost;
    for (const constraint of ["sphere", { ridge: 0.5 }] as const) {
      for (const rescaleGradient of [true, false]) {
        const problem = phaseRetrieval({
          sampleRatio: 2.3,
          algorithm: "sgd",
          batchFraction: 0.4,
          temperature: 0.7,
          initialOverlap: -0.35,
          learningRate: 0.005,
          constraint,
          rescaleGradient,
        });
        const m = problem.initialOverlap;
        const q = constraint === "sphere" ? 1 : 1 + m * m;
        const c = gradientFactor(problem);
        expect(c).toBe(rescaleGradient ? 2.5 : 1);
        const mean = (f: (h: number, h0: number) => number) => gaussianMean(f, m, q);
        const forces = 2.3 * 0.4 * c;
        const expected = {
          overlap: m,
          norm: q,
          trainingLoss: mean(value),
          multiplier: 0.7 - forces * mean((h, h0) => h * first(h, h0)),
          curvature: forces * mean(second),
          drive: forces * mean((h, h0) => h0 * first(h, h0)),
          noiseKernel: forces * c * mean((h, h0) => first(h, h0) ** 2),
          responseKernel: forces * c * mean((h, h0) => second(h, h0) ** 2),
        };
        const values = retrievalStart(problem) as unknown as Record<string, number>;
        for (const [name, one] of Object.entries(expected)) expect(values[name]).toBeCloseTo(one, 9);
      }
    }
  });

  it("has no temperature at the start where it is off from then on", () => {
    const problem = phaseRetrieval({
      sampleRatio: 2,
      algorithm: "langevin",
      temperature: 1,
      temperatureOffAt: 0,
    });
    expect(retrievalStart(problem).multiplier).toBeCloseTo(-2 * 2 * 0.96, 12);
  });

  it("refuses a problem that makes no sense", () => {
    expect(() => retrievalStart(phaseRetrieval({ sampleRatio: 0 }))).toThrow(/^sampleRatio is 0; allowed/);
  });
});
