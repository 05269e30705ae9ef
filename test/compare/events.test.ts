import { describe, expect, it } from "vitest";
import { compare } from "../../src/compare";
import type { Ensemble, Solution } from "../../src/core/results";
import { kolmogorovSmirnov } from "../../src/numerics/kolmogorov";
import { mean, standardError } from "../../src/numerics/statistics";
import { createStreams } from "../../src/numerics/streams";

const SEED = 20261122;
const END = 10;

function exits(samples: number, sample: number, centre = 5): Float64Array {
  const times = new Float64Array(samples);
  createStreams(SEED).stream("data", sample).fillNormal(times);
  return times.map((x) => centre + x);
}

/** What comes after `end` is not seen. */
const seenUntil = (times: Float64Array, end: number) => times.map((t) => (t > end ? Infinity : t));

function solutionOf(exitTime: Float64Array, samples?: number, end = END): Solution {
  const trajectory = { time: Float64Array.of(0, end), series: {} };
  return { ...trajectory, sample: () => trajectory, notes: [], samples, events: { exitTime } };
}

function ensembleOf(exitTime: Float64Array, until?: number): Ensemble {
  const empty = { time: new Float64Array(), series: {}, standardError: {} };
  return { ...empty, samples: exitTime.length, size: 100, events: { exitTime, other: exitTime }, until };
}

const compareOne = (solution: Solution, ensemble: Ensemble) => compare(solution, ensemble).events![0];

describe("events of theory and finite system", () => {
  const theory = exits(200, 0);
  const simulated = exits(150, 1);

  it("are compared by mean and distribution where they came in all", () => {
    const { events } = compare(solutionOf(theory, 200), ensembleOf(simulated));
    const error = Math.hypot(standardError(theory), standardError(simulated));
    expect(events).toEqual([
      {
        quantity: "exitTime",
        statistic: "mean",
        theory: mean(theory),
        simulation: mean(simulated),
        standardError: error,
        deviation: (mean(theory) - mean(simulated)) / error,
        distribution: kolmogorovSmirnov(theory, simulated),
      },
    ]);
    expect(events![0].distribution!.pValue).toBeGreaterThan(0.001);
  });

  it("have no distribution, and no error of the theory, where it says one time", () => {
    const compared = compareOne(solutionOf(Float64Array.of(5.5)), ensembleOf(simulated));
    expect(compared.standardError).toBe(standardError(simulated));
    expect(compared.deviation).toBeGreaterThan(4);
    expect(compared.distribution).toBeUndefined();
  });

  it("are compared by the fraction in which they came, up to the end of the shorter run", () => {
    const short = ensembleOf(seenUntil(simulated, 5.2), 5.2);
    const compared = compareOne(solutionOf(theory, 200), short);
    const [a, b] = [theory, simulated].map((times) => times.filter((t) => t <= 5.2).length / times.length);
    const pooled = (200 * a + 150 * b) / 350;
    expect(compared).toMatchObject({ statistic: "fraction", theory: a, simulation: b });
    // Wilson's error of the shares together, which is √(p(1 − p)(1/200 + 1/150)) but for terms of relative order 1/350.
    const wilson = Math.sqrt((pooled * (1 - pooled)) / 350 + 0.25 / 350 ** 2) / (1 + 1 / 350);
    expect(compared.standardError).toBeCloseTo((wilson * 350) / Math.sqrt(200 * 150), 14);
    expect(Math.abs(compared.deviation)).toBeLessThan(3);
    expect(compared.distribution!.pValue).toBeGreaterThan(0.001);
    // The same theory seen for a shorter time still.
    const shorter = compareOne(solutionOf(seenUntil(theory, 4.5), 200, 4.5), short);
    expect(shorter.simulation).toBe(simulated.filter((t) => t <= 4.5).length / 150);
    const late = compareOne(solutionOf(exits(200, 2, 6), 200), short);
    expect(late.deviation).toBeLessThan(-5);
    expect(late.distribution!.pValue).toBeLessThan(0.001);
  });

  it("without a stated end the ensemble counts up to its last event", () => {
    const short = seenUntil(simulated, 5.2);
    const compared = compareOne(solutionOf(theory, 200), ensembleOf(short));
    expect(compared.simulation).toBe(short.filter(Number.isFinite).length / 150);
    const last = Math.max(...short.filter(Number.isFinite));
    expect(compared.theory).toBe(theory.filter((t) => t <= last).length / 200);
  });

  it("that a theory never sees are a fraction of 0, with the error of the simulation's share", () => {
    const never = solutionOf(Float64Array.of(Infinity));
    const all = compareOne(never, ensembleOf(simulated));
    expect(all).toMatchObject({ theory: 0, simulation: 1 });
    // Wilson's error of 150 of 150, and of 0 of 20.
    expect(all.deviation).toBeCloseTo(-2 * 151, 10);
    const none = ensembleOf(new Float64Array(20).fill(Infinity), END);
    expect(compareOne(never, none)).toMatchObject({ statistic: "fraction", deviation: 0 });
    expect(compareOne(solutionOf(Float64Array.of(5)), none).deviation).toBeCloseTo(2 * 21, 10);
    const some = seenUntil(simulated, 5.2);
    const half = compareOne(solutionOf(Float64Array.of(5)), ensembleOf(some, END));
    const f = some.filter(Number.isFinite).length / 150;
    const wilson = Math.sqrt((f * (1 - f)) / 150 + 0.25 / 150 ** 2) / (1 + 1 / 150);
    expect(half.deviation).toBeCloseTo((1 - f) / wilson, 10);
  });

  it("with one path say nothing about their error", () => {
    const compared = compareOne(solutionOf(Float64Array.of(5.5), 1), ensembleOf(simulated));
    expect(compared).toMatchObject({ standardError: Infinity, deviation: Number.NaN });
  });
});
