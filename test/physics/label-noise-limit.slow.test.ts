import { describe, expect, it } from "vitest";
import { startOf, theoryDescentOf, theoryStart } from "../../src/models/label-noise-momentum/descent";
import type { MomentumProblem } from "../../src/models/label-noise-momentum/problem";
import { solveManifoldDrift } from "../../src/sde/label-noise-momentum";
import { simulateMomentum } from "../../src/simulate/label-noise-momentum";

const ETA = 0.1;
const H = 0.1;
/** κ²/ε² of n = 10, P = 5, μ2 = 1. */
const FORCE = 1 / 50;

/**
 * Vector UV at g = κ²η²/h³ ∝ ε² up to the same t = ε²k at every ε: T = 1/(gh) steps, in which the drift takes ln N, N the
 * radius, down by about 1. What can be seen:
 *
 * - Runs differ by Var ln N = 2g. The rate of ln N is V/2h, V = D′² of mean 2gh² and the variance of a square, 2V²; its
 *   correlation is that of an oscillator squared, e^{−ht}cos²ωt, of integral 1/h: (1/4h²)·T·2V²/h = 2g²hT.
 * - The mean of ln N is that of the limit up to b·g with b of order 1, since g is the only small number left at these h: all
 *   corrections of (LN37) are g times what they correct.
 *
 * So 800/g runs have a standard error of g/20 at every g: a b of a quarter is five of them, and an error of the limit itself, as
 * large at every g, is what is left at g = 0 by the parabola through the deviations at g, g/2 and g/4, (8f₃ − 6f₂ + f₁)/3, with a
 * standard error of 0.07 g: a twenty-fifth of what the leading order of the drift is off at this η.
 */
const CONTROLS = [0.02, 0.01, 0.005];
const RUNS = 800;

async function deviationAt(g: number) {
  const until = Math.round(1 / (g * H));
  const problem: MomentumProblem = {
    model: { kind: "uv", n: 10, samples: 5, inputVariance: 1, activation: "linear" },
    learningRate: ETA,
    momentum: 1 - H,
    noise: Math.sqrt((g * H ** 3) / (FORCE * ETA ** 2)),
    start: "manifold",
    projectStart: false,
    dataSeed: 1,
    threshold: 0.1,
  };
  const samples = RUNS / g;
  const { series, standardError } = await simulateMomentum(problem, {
    samples,
    seed: `20261122 ${g}`,
    until,
    times: [until],
    settle: false,
  });
  const start = theoryStart(problem, await startOf(problem));
  const end = async (operator: "exact" | "leading", share = 1) => {
    const method = { operator, until: share * until };
    const path = await solveManifoldDrift(theoryDescentOf(problem), start, problem, method);
    return Math.log(path.at(share * until).reduce((sum, x) => sum + x * x, 0));
  };
  const [found] = series.logRadius;
  const [error] = standardError.logRadius;
  return {
    g,
    error,
    variance: error ** 2 * samples,
    exact: found - (await end("exact")),
    leading: found - (await end("leading")),
    /** With a prefactor that is too large by a tenth. */
    faster: found - (await end("exact", 1.1)),
  };
}

/** What is left at g = 0 of deviations at g, g/2 and g/4. */
const remainder = ([f1, f2, f3]: readonly number[]) => (8 * f3 - 6 * f2 + f1) / 3;

describe("as ε → 0 the descent becomes its drift along the manifold", () => {
  it("at three ε: the deviation is there, falls as ε², and leaves nothing at ε = 0", async () => {
    const points: Awaited<ReturnType<typeof deviationAt>>[] = [];
    for (const g of CONTROLS) points.push(await deviationAt(g));
    for (const { g, error, variance, exact } of points) {
      expect(Math.abs(variance / (2 * g) - 1)).toBeLessThan(0.05 + 10 * g);
      expect(Math.abs(exact)).toBeGreaterThan(5 * error);
    }
    // b is the same at all g, but for terms of order g; a deviation that falls as ε would have it doubled.
    const [large, , small] = points.map(({ g, exact, error }) => ({ g, b: exact / g, error: error / g }));
    const apart = 3 * Math.hypot(large.error, small.error) + 10 * (large.g - small.g);
    expect(Math.abs(large.b - small.b)).toBeLessThan(apart);
    const [e1, e2, e3] = points.map(({ error }) => error);
    const error = Math.hypot(8 * e3, 6 * e2, e1) / 3;
    expect(error).toBeLessThan(1.5e-3);
    expect(Math.abs(remainder(points.map(({ exact }) => exact)))).toBeLessThan(3 * error);
    // Neither the leading order at this η nor a prefactor off by a tenth is the limit.
    expect(Math.abs(remainder(points.map(({ leading }) => leading)))).toBeGreaterThan(10 * error);
    expect(Math.abs(remainder(points.map(({ faster }) => faster)))).toBeGreaterThan(10 * error);
  });
});
