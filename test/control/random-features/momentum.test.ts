import { describe, expect, it } from "vitest";
import { momentumGradient, momentumOptimum, optimalRates } from "../../../src/control/random-features";
import { InvalidParameterError } from "../../../src/core/errors";
import { createModes, type MomentumSteps } from "../../../src/models/random-features";
import { solveMomentum } from "../../../src/volterra/random-features";
import { ratesOf } from "../../reference/features-cases";

const modes = createModes({
  targetExponent: 1.25,
  spectrumExponent: 2.5,
  features: 60,
  modes: 60,
  labelNoise: 1,
});
const HORIZON = 60;
const batch = ratesOf(HORIZON, (t) => 1 + (t % 3));
const steps: MomentumSteps = {
  direct: ratesOf(HORIZON, (t) => 0.15 * (1 - t / 80)),
  accumulated: ratesOf(HORIZON, (t) => 0.05 / Math.sqrt(1 + t)),
  damping: ratesOf(HORIZON, (t) => 0.8 / (1 + t / 8)),
};

describe("gradients with momentum", () => {
  it("are central differences to 1e-7, by every coefficient", async () => {
    const found = momentumGradient(modes, steps, batch);
    const lossAt = async (changed: MomentumSteps) =>
      (await solveMomentum(modes, changed, batch)).excess[HORIZON];
    expect(found.excess).toBe(await lossAt(steps));
    const step = 1e-4;
    for (const name of ["direct", "accumulated", "damping"] as const) {
      for (const t of [0, 13, 40, 59]) {
        const moved = (delta: number) =>
          lossAt({ ...steps, [name]: steps[name].map((value, i) => (i === t ? value + delta : value)) });
        const five =
          (8 * ((await moved(step)) - (await moved(-step))) -
            ((await moved(2 * step)) - (await moved(-2 * step)))) /
          (12 * step);
        // The damping of the first step moves a memory that is still empty.
        if (name === "damping" && t === 0) expect(Math.abs(found.damping[0])).toBeLessThan(1e-15);
        else expect(Math.abs(found[name][t] / five - 1), `${name} ${t}`).toBeLessThan(1e-7);
      }
    }
  });

  it("say where the loss leaves all numbers", () => {
    const fast = { ...steps, direct: ratesOf(HORIZON, () => 1e6) };
    expect(momentumGradient(modes, fast, batch).excess).toBe(Infinity);
  });
});

describe("optimised momentum", () => {
  const ones = ratesOf(128, () => 1);
  it.each(["heavy-ball", "nesterov", "dana"] as const)(
    "%s is better than its start, and not far below SGD",
    async (kind) => {
      const { rate, excess: sgd } = await optimalRates(modes, ones, { cap: null });
      const half = rate.map((eta) => eta / 2);
      const start = {
        direct: kind === "heavy-ball" ? ratesOf(128, () => 0) : kind === "dana" ? rate : half,
        accumulated:
          kind === "dana"
            ? rate.map((eta) => eta / 20)
            : kind === "nesterov"
              ? half.map((eta) => eta / 2)
              : half,
        damping: ratesOf(128, () => 0.5),
      };
      const best = await momentumOptimum(modes, ones, { kind, start, evaluations: 150 });
      expect(best.excess).toBeLessThan(momentumGradient(modes, start, ones).excess);
      expect(best.excess / sgd).toBeLessThan(1.001);
      expect(best.excess / sgd).toBeGreaterThan(0.8);
      expect(best.excess).toBeCloseTo((await solveMomentum(modes, best, ones)).excess[128], 12);
      if (kind === "nesterov") {
        for (const t of [0, 60, 127]) {
          expect(best.accumulated[t]).toBeCloseTo(best.direct[t] * (1 - best.damping[t]), 14);
        }
      }
    },
  );

  it.each([
    ["heavy-ball", null],
    ["nesterov", null],
    ["nesterov", 0.2],
    ["dana", 0.2],
  ] as const)("%s under the cap %s is at rest: nothing nearby is better", async (kind, cap) => {
    const [small, half] = [ratesOf(64, () => 0.1), ratesOf(64, () => 0.5)];
    const start = {
      direct: kind === "heavy-ball" ? ratesOf(64, () => 0) : small,
      accumulated: small.map((eta) => eta / 2),
      damping: half,
    };
    const batch = ratesOf(64, () => 1);
    const search = { kind, start, cap, knots: 6, tolerance: 1e-10, evaluations: 2000 } as const;
    const best = await momentumOptimum(modes, batch, search);
    /** All coefficients moved along their unbounded numbers. */
    const moved = (rates: number, dampings: number) => {
      const shift = (x: number, by: number) => 1 / (1 + ((1 - x) / x) * Math.exp(-by));
      const along = (eta: number) => (cap === null ? eta * Math.exp(rates) : cap * shift(eta / cap, rates));
      const damping = best.damping.map((x) => shift(x, dampings));
      const direct = kind === "heavy-ball" ? best.direct : best.direct.map(along);
      const accumulated =
        kind === "nesterov" ? direct.map((eta, t) => eta * (1 - damping[t])) : best.accumulated.map(along);
      return momentumGradient(modes, { direct, accumulated, damping }, batch).excess;
    };
    expect(moved(0, 0)).toBeCloseTo(best.excess, 12);
    for (const by of [-0.01, 0.01]) {
      expect(moved(by, 0) / best.excess).toBeGreaterThan(1 - 1e-7);
      expect(moved(0, by) / best.excess).toBeGreaterThan(1 - 1e-7);
    }
  });

  it("keeps a cap, and does not feel one far above", async () => {
    const start = {
      direct: ratesOf(128, () => 0.1),
      accumulated: ratesOf(128, (t) => 0.01 / Math.sqrt(1 + t)),
      damping: ratesOf(128, (t) => 4 / (4 + t)),
    };
    const best = (cap: number | null) =>
      momentumOptimum(modes, ones, { kind: "dana", start, cap, evaluations: 300 });
    const [free, far, tight] = [await best(null), await best(1e3), await best(0.15)];
    expect(Math.max(...free.direct)).toBeGreaterThan(0.2);
    expect(Math.abs(far.excess / free.excess - 1)).toBeLessThan(1e-3);
    expect(Math.max(...tight.direct, ...tight.accumulated)).toBeLessThanOrEqual(0.15);
    expect(tight.excess).toBeGreaterThan(free.excess);
    expect(tight.excess).toBeLessThan(momentumGradient(modes, start, ones).excess);
  });

  it("says whether it settled, or was ended by its number of evaluations", async () => {
    const start = {
      direct: ratesOf(128, () => 0.1),
      accumulated: ratesOf(128, () => 0.01),
      damping: ratesOf(128, () => 0.5),
    };
    const best = (search: { readonly tolerance?: number; readonly evaluations: number }) =>
      momentumOptimum(modes, ones, { kind: "dana", start, knots: 4, ...search });
    expect(await best({ evaluations: 8 })).toMatchObject({ settled: false, evaluations: 8 });
    const settled = await best({ tolerance: 0.01, evaluations: 600 });
    expect(settled.settled).toBe(true);
    expect(settled.evaluations).toBeLessThan(600);
  });

  it("refuses coefficients that do not fit", async () => {
    await expect(momentumOptimum(modes, ones, { kind: "dana", start: steps })).rejects.toThrow(
      InvalidParameterError,
    );
  });
});
