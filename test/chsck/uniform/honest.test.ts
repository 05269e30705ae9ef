import { describe, expect, it } from "vitest";
import { solveUniform } from "../../../src/chsck";
import type { ScheduleSpec } from "../../../src/schedule";
import { errorsOf, expectHonest, pSpin, spiked } from "./honesty";

describe("the stated error is between a third of the true one and some times it", () => {
  const decaying: ScheduleSpec = { kind: "power-law", rate: 0.5, exponent: 0.4 };
  const cases = [
    { label: "T = 0", problem: pSpin(3, 0), until: 10, points: 120 },
    { label: "T = 1", problem: pSpin(3, 1), until: 10, points: 40 },
    { label: "p = 2", problem: pSpin(2, 0.5), until: 5, points: 40 },
    { label: "p = 4, decaying", problem: pSpin(4, 1, decaying), until: 10, points: 50 },
    { label: "with a signal", problem: spiked(0.5), until: 8, points: 60 },
    {
      label: "rate 0 at the end",
      problem: pSpin(3, 1, { kind: "polynomial-decay", rate: 1, horizon: 4, exponent: 1.5 }),
      until: 4,
      points: 50,
    },
    {
      label: "cosine",
      problem: pSpin(3, 1, { kind: "cosine", rate: 1, horizon: 6 }),
      until: 6,
      points: 50,
    },
    {
      label: "a clock that saturates",
      problem: pSpin(3, 1, { kind: "power-law", rate: 1, exponent: 10 }),
      until: 5,
      points: 50,
    },
  ];
  for (const { label, problem, until, points } of cases) {
    it(label, async () => expectHonest(await errorsOf(problem, until, points, 2), label));
  }

  it("against values of an independent code, to 12 digits", async () => {
    // Richardson over 400 to 1600 steps of a fully iterated trapezoid rule.
    const solution = await solveUniform(pSpin(3, 0), { kind: "uniform", until: 10, points: 100 });
    const { series, error } = solution.sample([10]);
    expect(error!.loss[0]).toBeLessThan(1e-8);
    expect(Math.abs(series.loss[0] + 0.874019604463)).toBeLessThan(error!.loss[0] / 0.3);
  });
});

describe("a clock that saturates", () => {
  it("has the value to which both variables converge", async () => {
    const problem = pSpin(3, 1, { kind: "power-law", rate: 1, exponent: 10 });
    const solution = await solveUniform(problem, { kind: "uniform", until: 100, points: 400 });
    const { series, error } = solution.sample([20, 100]);
    // 1400 steps: -0.104581135050 in the clock, -0.10458113507 in the time until 20.
    for (const loss of series.loss) expect(Math.abs(loss + 0.10458113505)).toBeLessThan(5e-11);
    expect(error!.loss[1]).toBeLessThan(5e-11);
  });
});

describe("the steps are chosen", () => {
  const late = async (temperature: number, rate: number, until: number) => {
    const solution = await solveUniform(pSpin(3, temperature, rate), { kind: "uniform", until });
    const { series, error } = solution.sample([until]);
    return { solution, loss: series.loss[0], error: error!.loss[0] };
  };

  it("for rates of the noise that 400 steps do not resolve", async () => {
    const hot = await late(5, 1, 20);
    // Equilibrium, -1/(3T).
    expect(Math.abs(hot.loss + 1 / 15)).toBeLessThan(1e-6);
    expect(hot.error).toBeLessThan(1e-4);
  });

  it("with the fewest that reach the tolerance: fewer for a looser one", async () => {
    const counts: number[] = [];
    for (const tolerance of [1e-2, 1e-5, 1e-8]) {
      const solution = await solveUniform(pSpin(3, 0), { kind: "uniform", until: 10, tolerance });
      const { series, error } = solution.sample([2, 10]);
      expect(Math.max(...error!.loss)).toBeLessThan(tolerance);
      expect(Math.abs(series.loss[1] + 0.8740196044673)).toBeLessThan(tolerance);
      counts.push(solution.time.length);
    }
    expect(counts[0]).toBeLessThan(counts[1]);
    expect(counts[1]).toBeLessThan(counts[2]);
    // Of the three levels the finest has four times as many.
    expect(4 * counts[0]).toBeLessThanOrEqual(400);
  });

  it("so that one run alone states no error and says so", async () => {
    const solution = await solveUniform(pSpin(3, 1), { kind: "uniform", until: 2, extrapolate: false });
    expect(solution.error).toBeUndefined();
    expect(solution.notes[0]).toContain("no numerical error is known");
  });

  it("where a spike of the rate is too short for the clock, and where a table has more kinks than there are steps", async () => {
    const spike: ScheduleSpec = { kind: "power-law", rate: 1, exponent: 0.6, offset: 1e-6 };
    const chosen = await solveUniform(pSpin(3, 1, spike), { kind: "uniform", until: 4 });
    const { series, error } = chosen.sample([4]);
    expect(error!.loss[0]).toBeLessThan(1e-4);
    expect(Math.abs(series.loss[0] + 0.5071257)).toBeLessThan(error!.loss[0]);
    const times = Array.from({ length: 1001 }, (_, k) => k / 100);
    const table: ScheduleSpec = { kind: "tabulated", times, rates: times.map((t) => 0.5 * (1 + t) ** -0.4) };
    const read = await solveUniform(pSpin(3, 1, table), { kind: "uniform", until: 10 });
    const smooth = await solveUniform(pSpin(3, 1, { kind: "power-law", rate: 0.5, exponent: 0.4 }), {
      kind: "uniform",
      until: 10,
    });
    expect(read.time.length).toBeLessThan(400);
    expect(Math.abs(read.sample([10]).series.loss[0] - smooth.sample([10]).series.loss[0])).toBeLessThan(
      2e-5,
    );
  });

  it("for a table at the nodes where it bends, not at those where it samples a curve", async () => {
    const times = Array.from({ length: 41 }, (_, k) => k / 4);
    const rates = times.map((t) => 0.5 * (1 + Math.max(0, t - 3)) ** -0.8);
    const problem = pSpin(3, 1, { kind: "tabulated", times, rates });
    const chosen = await solveUniform(problem, { kind: "uniform", until: 10 });
    expect(chosen.time.length).toBeLessThan(80);
    expect([...chosen.time]).toContain(3);
    // Every node of the table is one of this grid.
    const exact = await solveUniform(problem, { kind: "uniform", until: 10, points: 168 });
    const [found, known] = [chosen, exact].map((s) => s.sample([3, 5, 10]));
    found.series.loss.forEach((loss, k) => {
      const actual = Math.abs(loss - known.series.loss[k]);
      expect(actual).toBeLessThan(1e-4);
      expect(found.error!.loss[k]).toBeGreaterThan(actual / 3);
    });
  });

  it("or refuses a run that no uniform grid reaches, with how far it reaches", async () => {
    for (const until of [1e4, 1e308]) {
      await expect(solveUniform(pSpin(3, 0), { kind: "uniform", until })).rejects.toMatchObject({
        name: "InvalidParameterError",
        parameter: "method.until",
      });
    }
    const far = { kind: "uniform", until: 1e4, points: 400, extrapolate: false } as const;
    await expect(solveUniform(pSpin(3, 0), far)).rejects.toThrow(
      /23000 are the most: take that many, up to a method.until of \d+\./,
    );
  });
});

describe("what is unphysical is an error", () => {
  const plain = (points: number) => ({ kind: "uniform", until: 10, points, extrapolate: false }) as const;

  it("|C| above 1, and not below", async () => {
    // The rows of 10 steps, which are too long for the iteration, take |C| beyond its limit at t = 2; 12 steps keep to it.
    await expect(solveUniform(pSpin(3, 0), plain(10))).rejects.toThrow("|C| exceeded 1 at t = 2.00000");
    const coarse = await solveUniform(pSpin(3, 0), plain(12));
    expect(coarse.time).toHaveLength(13);
  });

  it("a loss below the lowest of the landscape, and not above", async () => {
    const problem = pSpin(3, 0);
    const reached = (await solveUniform(problem, plain(200))).sample([10]).series.loss[0];
    const watched = (lowestLoss: number) => solveUniform({ ...problem, lowestLoss }, plain(200));
    await expect(watched(reached + 1e-3)).rejects.toThrow("the loss fell below the lowest");
    expect((await watched(reached - 1e-5)).sample([10]).series.loss[0]).toBe(reached);
  });
});

describe("singular starts", () => {
  const at4 = async (exponent: number, until = 4, more = {}) => {
    const spec: ScheduleSpec = { kind: "power-law", rate: 1, exponent, offset: 0 };
    const solution = await solveUniform(pSpin(3, 1, spec), { kind: "uniform", until, ...more });
    const { series, error } = solution.sample([4]);
    return { loss: series.loss[0], error: error!.loss[0] };
  };

  it("have the values of an independent code on both sides of exponent 1/2", async () => {
    for (const [exponent, known] of [
      [0.49, -0.4866171],
      [0.495, -0.487661],
      [0.499, -0.4884882],
      [0.5, -0.4886939],
      [0.8, -0.532516],
      [0.9, -0.540324],
    ]) {
      const { loss, error } = await at4(exponent);
      expect(error, `${exponent}`).toBeLessThan(1e-4);
      expect(Math.abs(loss - known), `${exponent}`).toBeLessThan(1e-5);
    }
  });

  it("give a value that does not depend on where the run ends, and none where it would depend on where it starts", async () => {
    for (const exponent of [0.45, 0.6, 0.9]) {
      const [short, long] = [await at4(exponent), await at4(exponent, 100)];
      expect(Math.abs(short.loss - long.loss), `${exponent}`).toBeLessThan(short.error + long.error);
    }
    const spec: ScheduleSpec = { kind: "power-law", rate: 1, exponent: 0.6, offset: 0 };
    const solution = await solveUniform(pSpin(3, 1, spec), { kind: "uniform", until: 2 });
    expect(solution.sample([1e-5]).series.loss[0]).toBeNaN();
    expect(solution.correlation(2, 1e-5)).toBeNaN();
    expect(solution.correlation(2, 0)).toBeLessThan(1e-9);
    expect([...solution.series.loss].every(Number.isFinite)).toBe(true);
  });
});
