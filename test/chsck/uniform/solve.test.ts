import { describe, expect, it } from "vitest";
import { solveUniform, type TwoTimeProblem, type UniformMethod } from "../../../src/chsck";
import { createCovariance, pureCovariance } from "../../../src/models/covariance";
import { createSchedule, type ScheduleSpec } from "../../../src/schedule";
import { groundStateLoss } from "../../../src/theory/landscape";

const problem = (p: number, temperature: number, schedule: ScheduleSpec | number = 1): TwoTimeProblem => ({
  covariance: pureCovariance(p),
  temperature,
  schedule: createSchedule(schedule),
});
const uniform = (until: number, points: number, more: Partial<UniformMethod> = {}): UniformMethod => ({
  kind: "uniform",
  until,
  points,
  extrapolate: false,
  ...more,
});
const decaying: ScheduleSpec = { kind: "power-law", rate: 0.5, exponent: 0.4 };
const held: ScheduleSpec = { kind: "hold-then-decay", rate: 1, switchTime: 1.3, exponent: 0.8 };

/** How values of a solution fall in on their limits: ln of the ratio of differences under halving, per factor of two. */
async function observedOrders(
  p: TwoTimeProblem,
  method: (points: number) => UniformMethod,
  picks: readonly Pick[],
) {
  const solutions: Solved[] = [];
  for (const points of [200, 400, 800]) solutions.push(await solveUniform(p, method(points)));
  return picks.map((pick) => {
    const [coarse, middle, fine] = solutions.map(pick);
    return Math.log2((middle - coarse) / (fine - middle));
  });
}
type Solved = Awaited<ReturnType<typeof solveUniform>>;
type Pick = (solution: Solved) => number;

describe("the uniform grid", () => {
  it.each([
    ["T = 0", problem(3, 0), {}],
    ["T = 1", problem(3, 1), {}],
    ["in the time", problem(3, 1, decaying), { variable: "time" }],
    ["across a kink", problem(3, 1, held), {}],
  ] as const)("is of second order in the step, in loss, C and R: %s", async (_, one, more) => {
    const orders = await observedOrders(one, (n) => uniform(5, n, more), [
      (s) => s.sample([5]).series.loss[0],
      (s) => s.correlation(5, 2),
      (s) => s.response(5, 4),
    ]);
    for (const order of orders) expect(Math.abs(order - 2)).toBeLessThan(0.1);
  });

  it("takes as many steps as asked, with kinks on nodes", async () => {
    const solution = await solveUniform(problem(3, 0), uniform(5, 40));
    expect(solution.time).toHaveLength(41);
    const kinked = await solveUniform(problem(3, 1, held), uniform(5, 40));
    expect([...kinked.time]).toContain(1.3);
    const byStep = await solveUniform(problem(3, 0), {
      kind: "uniform",
      until: 5,
      step: 0.25,
      extrapolate: false,
    });
    expect(byStep.time).toHaveLength(21);
  });

  it("agrees between steps equal in the clock and in the time, also across a kink", async () => {
    for (const schedule of [decaying, held]) {
      const [clock, time] = await Promise.all(
        (["clock", "time"] as const).map((variable) =>
          solveUniform(problem(3, 1, schedule), uniform(6, 150, { variable, extrapolate: true })),
        ),
      );
      for (const t of [0.7, 1.3, 2.9, 6]) {
        const [a, b] = [clock, time].map((s) => s.sample([t]));
        const bound = 2 * (a.error!.loss[0] + b.error!.loss[0]) + 1e-10;
        expect(Math.abs(a.series.loss[0] - b.series.loss[0])).toBeLessThan(bound);
        expect(Math.abs(clock.correlation(t, t / 3) - time.correlation(t, t / 3))).toBeLessThan(1e-7);
      }
    }
  });
});

describe("agreement with an independent long-time solver", () => {
  it("s R(s, s/2) at clock s = 10", async () => {
    const cases = [
      { temperature: 0.2, schedule: 1, value: 0.55356003375, tolerance: 2.4e-8 },
      { temperature: 0.5, schedule: 1, value: 0.67542975653, tolerance: 2e-8 },
      { temperature: 1, schedule: decaying, value: 0.55633672579, tolerance: 1.8e-7 },
    ];
    for (const { temperature, schedule, value, tolerance } of cases) {
      const { time } = createSchedule(schedule);
      const solution = await solveUniform(
        problem(3, temperature, schedule),
        uniform(time(10), 120, { extrapolate: true }),
      );
      expect(Math.abs(10 * solution.response(time(10), time(5)) - value)).toBeLessThan(tolerance);
    }
  });
});

describe("invariants of the solution", () => {
  it("has dC/dt = −T_eff at t' = t⁻", async () => {
    const schedule = createSchedule(decaying);
    const solution = await solveUniform(problem(3, 1, decaying), uniform(5, 160, { extrapolate: true }));
    const h = 1e-3;
    for (const t of [0.5, 1, 3]) {
      const c = (k: number) => solution.correlation(t, t - k * h);
      // Four-point one-sided derivative in t' at t' = t; by C(t,t) = 1 it is +T η² in t.
      const slope = (11 * 1 - 18 * c(1) + 9 * c(2) - 2 * c(3)) / (6 * h);
      expect(slope).toBeCloseTo(schedule.rate(t) ** 2, 6);
    }
  });

  it("has C(t,0) = R(t,0) from a random start", async () => {
    for (const p of [problem(3, 0), problem(4, 1, decaying)]) {
      const solution = await solveUniform(p, uniform(5, 200, { extrapolate: true }));
      for (const t of [0.1, 1, 5]) {
        expect(Math.abs(solution.correlation(t, 0) - solution.response(t, 0))).toBeLessThan(1e-7);
      }
    }
  });

  it("obeys the fluctuation-dissipation relation once stationary", async () => {
    const solution = await solveUniform(problem(3, 1), uniform(12, 160, { extrapolate: true }));
    const h = 1e-3;
    for (const lag of [0.3, 1, 2]) {
      const slope =
        (solution.correlation(12, 12 - lag + h) - solution.correlation(12, 12 - lag - h)) / (2 * h);
      expect(solution.response(12, 12 - lag)).toBeCloseTo(slope, 5);
    }
    expect(solution.sample([12]).series.loss[0]).toBeCloseTo(-1 / 3, 5);
  });

  it("stays within |C| ≤ 1 and above the ground state, and descends at T = 0", async () => {
    const { covariance } = problem(3, 0);
    const solution = await solveUniform(problem(3, 0), uniform(30, 600));
    const { loss } = solution.series;
    const lowest = groundStateLoss(covariance);
    for (let i = 1; i < loss.length; i++) {
      expect(loss[i]).toBeLessThan(loss[i - 1]);
      expect(loss[i]).toBeGreaterThan(lowest);
    }
    for (const t of [1, 10, 30]) {
      for (const share of [0, 0.2, 0.5, 0.9]) {
        expect(Math.abs(solution.correlation(t, share * t))).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe("limits with a closed form", () => {
  /** Modified Bessel function I₁(x)/(x/2) by its series: the moment function of the semicircle. */
  function besselRatio(x: number): number {
    let term = 1;
    let sum = 1;
    for (let k = 1; term > 1e-18 * sum; k++) {
      term *= (x * x) / 4 / (k * (k + 1));
      sum += term;
    }
    return sum;
  }

  it("p = 2 at T = 0 is gradient flow in a semicircle spectrum", async () => {
    // x(t) = e^{Jt} x(0)/norm with eigenvalues of J on [−2, 2]: ∫ρ(λ)e^{λτ} = I₁(2τ)/τ = besselRatio(2τ).
    const norm = (t: number) => besselRatio(4 * t);
    const solution = await solveUniform(problem(2, 0), uniform(4, 200, { extrapolate: true }));
    for (const [t, s] of [
      [1, 0],
      [2, 1],
      [4, 1.5],
      [4, 3.9],
    ]) {
      const correlation = besselRatio(2 * (t + s)) / Math.sqrt(norm(t) * norm(s));
      expect(solution.correlation(t, s)).toBeCloseTo(correlation, 8);
      const response = besselRatio(2 * (t - s)) * Math.sqrt(norm(s) / norm(t));
      expect(solution.response(t, s)).toBeCloseTo(response, 7);
    }
  });

  it("without couplings to speak of, the walk on the sphere forgets as exp(−T∫η²)", async () => {
    const schedule = createSchedule(decaying);
    const free = { covariance: createCovariance([{ p: 3, variance: 1e-12 }]), temperature: 2, schedule };
    const solution = await solveUniform(free, uniform(5, 100, { extrapolate: true }));
    for (const [t, s] of [
      [5, 0],
      [5, 2.2],
      [1.7, 1.1],
    ]) {
      expect(solution.correlation(t, s)).toBeCloseTo(Math.exp(-2 * schedule.heatBetween(s, t)), 8);
    }
  });
});

describe("a rate that jumps", () => {
  const jumping: ScheduleSpec = { kind: "steps", rate: 1, factor: 0.1, times: [2] };

  it("is of second order at the jump and behind it, in the clock and in the time", async () => {
    // The jump is on the same node whatever the number of steps.
    const thirded: ScheduleSpec = { kind: "steps", rate: 1, factor: 1 / 3, times: [3] };
    for (const variable of ["clock", "time"] as const) {
      const orders = await observedOrders(problem(3, 1, thirded), (n) => uniform(12, n, { variable }), [
        (s) => s.sample([3]).series.loss[0],
        (s) => s.sample([12]).series.loss[0],
        (s) => s.correlation(12, 3),
        (s) => s.response(12, 1),
      ]);
      for (const order of orders) expect(Math.abs(order - 2)).toBeLessThan(0.05);
    }
  });

  it("has the multiplier of the new rate at the jump, and continuous loss, C and R", async () => {
    const solution = await solveUniform(problem(3, 1, jumping), uniform(12, 200, { extrapolate: true }));
    const { series } = solution.sample([2 - 1e-9, 2, 2 + 1e-9]);
    expect(series.multiplier[0]).toBeCloseTo(1.9696431, 7);
    expect(series.multiplier[1]).toBeCloseTo(1.0696431, 7);
    expect(series.loss[0]).toBeCloseTo(series.loss[2], 8);
    expect(solution.correlation(12, 0)).toBeCloseTo(0.2054193, 7);
    expect(solution.response(12, 2)).toBeCloseTo(0.4044837, 7);
    expect(solution.correlation(12, 2)).toBeCloseTo(0.819505, 7);
  });

  it("is the constant rate where the factor is 1", async () => {
    const same = await solveUniform(
      problem(3, 1, { kind: "steps", rate: 0.7, factor: 1, times: [2, 5] }),
      uniform(8, 160, { extrapolate: true }),
    );
    const constant = await solveUniform(problem(3, 1, 0.7), uniform(8, 160, { extrapolate: true }));
    expect(same.sample([8]).series.loss[0]).toBeCloseTo(constant.sample([8]).series.loss[0], 9);
  });
});

describe("singular starts η0 t^-β", () => {
  it("β ≥ 1/2: the start is forgotten, whatever the number of points", async () => {
    const spec: ScheduleSpec = { kind: "power-law", rate: 0.5, exponent: 0.8, offset: 0 };
    const solution = await solveUniform(problem(3, 1, spec), uniform(10, 300, { extrapolate: true }));
    const { series, error } = solution.sample([9.99]);
    // Known from an independent first-order code as −0.6706 at step 0.01 and from a converged one as −0.671231.
    expect(series.loss[0]).toBeCloseTo(-0.671231, 5);
    expect(error!.loss[0]).toBeLessThan(1e-5);
    expect(solution.correlation(10, 0)).toBeLessThan(1e-9);
    expect(solution.notes[0]).toContain("erases the start");
  });

  it("β < 1/2: second order, and multiplier infinite at t = 0 alone", async () => {
    const spec: ScheduleSpec = { kind: "power-law", rate: 0.5, exponent: 0.4, offset: 0 };
    const solution = await solveUniform(problem(3, 1, spec), uniform(9.99, 300, { extrapolate: true }));
    expect(solution.sample([9.99]).series.loss[0]).toBeCloseTo(-0.673235, 5);
    expect(solution.sample([0]).series.multiplier[0]).toBe(Number.POSITIVE_INFINITY);
    expect(Number.isFinite(solution.sample([1e-6]).series.multiplier[0])).toBe(true);
    expect(solution.correlation(9.99, 0)).toBeCloseTo(solution.response(9.99, 0), 6);
  });

  it("β ≥ 1/2 at T = 0 has nothing to forget", async () => {
    const spec: ScheduleSpec = { kind: "power-law", rate: 0.5, exponent: 0.8, offset: 0 };
    const decays = await solveUniform(problem(3, 0, spec), uniform(5, 200));
    const clock = createSchedule(spec).clock(5);
    const constant = await solveUniform(problem(3, 0), uniform(clock, 200));
    expect(decays.sample([5]).series.loss[0]).toBeCloseTo(constant.sample([clock]).series.loss[0], 12);
  });
});
