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

  it("refuses coefficients that do not fit", async () => {
    await expect(momentumOptimum(modes, ones, { kind: "dana", start: steps })).rejects.toThrow(
      InvalidParameterError,
    );
  });
});
