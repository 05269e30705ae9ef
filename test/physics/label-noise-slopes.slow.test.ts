import { describe, expect, it } from "vitest";
import type { MomentumProblem } from "../../src/models/label-noise-momentum/problem";
import { mean, standardError } from "../../src/numerics/statistics";
import { simulateMomentum } from "../../src/simulate/label-noise-momentum";

const SEED = 20261122;
const PREFACTOR = 0.2;
/** κ² of n = 10, P = 5, μ2 = 1, ε = ½. */
const FORCE = 0.005;
const RATES = [1e-3, 10 ** -2.5, 1e-2, 10 ** -1.5, 1e-1];

/** Exponents of the page of equations: first passage (errors 0.005) and settle time (errors 0.004 to 0.019). */
const EXPONENTS = [
  { gamma: 0.3, passage: 1.403, settle: 1.404, error: 0.004 },
  { gamma: 0.5, passage: 1.006, settle: 1.028, error: 0.004 },
  { gamma: 0.6, passage: 0.771, settle: 0.753, error: 0.006 },
  { gamma: 2 / 3, passage: 0.653, settle: 0.639, error: 0.006 },
  { gamma: 0.75, passage: 0.607, settle: 0.626, error: 0.008 },
  { gamma: 0.9, passage: 0.597, settle: 0.917, error: 0.019 },
];

/** Slope of −ln(time) over ln η by least squares, with its error from those of the times. */
function exponentOf(times: readonly { readonly value: number; readonly error: number }[]) {
  const x = RATES.map((rate) => -Math.log(rate));
  const centre = mean(x);
  const norm = x.reduce((sum, y) => sum + (y - centre) ** 2, 0);
  const weights = x.map((y) => (y - centre) / norm);
  return {
    slope: times.reduce((sum, { value }, k) => sum + weights[k] * Math.log(value), 0),
    error: Math.hypot(...times.map(({ value, error }, k) => (weights[k] * error) / value)),
  };
}

async function timesAt(gamma: number, learningRate: number) {
  const h = PREFACTOR * learningRate ** gamma;
  const problem: MomentumProblem = {
    model: { kind: "uv", n: 10, samples: 5, inputVariance: 1, activation: "linear" },
    learningRate,
    momentum: 1 - h,
    noise: 0.5,
    start: "manifold",
    projectStart: false,
    dataSeed: 1,
    threshold: 0.1,
  };
  // Eight times the settle time: 1.5 τ2 of the drift, or about 4/h.
  const until = Math.round(8 * Math.max((3 * h * h) / (learningRate ** 2 * FORCE), 4 / h));
  const seed = `${SEED} ${gamma} ${learningRate}`;
  const { events, summary } = await simulateMomentum(problem, {
    samples: gamma < 0.4 ? 40 : 400,
    seed,
    until,
  });
  const passages = events!.firstPassageTime;
  return {
    passage: { value: mean(passages), error: standardError(passages) },
    settle: { value: summary!.settleTime.value, error: summary!.settleTime.standardError! },
  };
}

describe("exponents of the times of convergence, within 3 combined standard errors of the page of equations", () => {
  it.each(EXPONENTS)("γ = $gamma", async ({ gamma, passage, settle, error }) => {
    const times = [];
    for (const rate of RATES) times.push(await timesAt(gamma, rate));
    const byPassage = exponentOf(times.map((one) => one.passage));
    const bySettling = exponentOf(times.map((one) => one.settle));
    expect(Math.abs(byPassage.slope - passage)).toBeLessThan(3 * Math.hypot(byPassage.error, 0.005));
    expect(Math.abs(bySettling.slope - settle)).toBeLessThan(3 * Math.hypot(bySettling.error, error));
    // The branch γ is seen by the settle time alone.
    if (gamma === 0.9) expect(bySettling.slope - byPassage.slope).toBeGreaterThan(5 * bySettling.error);
  });
});
