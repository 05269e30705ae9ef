import { describe, expect, it } from "vitest";
import { scheduleFrom } from "../../../src/schedule";
import { solveConvexSde } from "../../../src/sde/convex";
import { simulateConvex } from "../../../src/simulate/convex";
import { convexLoss, discreteLoss } from "../../../src/theory/convex";

const SEED = 20261122;
const basin = {
  curvature: 1,
  temperature: 1,
  initialPosition: 3,
  startTime: 1,
  schedule: scheduleFrom({ kind: "power-law", rate: 1, exponent: 1, offset: 0 }, 1),
};

describe("paths in a convex basin", () => {
  it("Langevin paths have the exact mean loss, not the printed one", async () => {
    const mean = await solveConvexSde(basin, { samples: 4000, seed: SEED, step: 0.05, until: 50 });
    for (const t of [2, 10, 50]) {
      const { series, standardError } = mean.sample([t - 1]);
      const { optimisation, noise } = convexLoss(basin, t);
      const error = standardError.loss[0];
      expect(Math.abs(series.loss[0] - optimisation - noise)).toBeLessThan(3.5 * error + 1e-3 * noise);
      if (t > 2) expect(Math.abs(series.loss[0] - optimisation - noise / 2)).toBeGreaterThan(10 * error);
    }
  });

  it("discrete descent follows its own recursion, and rejects the flow", async () => {
    const rough = { ...basin, startTime: 0, schedule: scheduleFrom(0.5, 0) };
    const times = [1, 2, 5, 20];
    const ensemble = await simulateConvex(rough, { step: 1, samples: 20_000, seed: SEED, until: 20, times });
    const all = discreteLoss(
      rough,
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    for (const [k, t] of times.entries()) {
      const error = ensemble.standardError.loss[k];
      expect(Math.abs(ensemble.series.loss[k] - all[t - 1])).toBeLessThan(3.5 * error);
      const { optimisation, noise } = convexLoss(rough, t);
      expect(Math.abs(ensemble.series.loss[k] - optimisation - noise)).toBeGreaterThan(10 * error);
    }
  });

  it("refuses steps that are unstable and ends before the start", async () => {
    const simulation = { samples: 2, seed: 1, times: [2], until: 10 };
    await expect(simulateConvex(basin, { ...simulation, step: 3 })).rejects.toThrow(/simulation.step/);
    await expect(simulateConvex(basin, { ...simulation, until: 0.5, step: 0.1 })).rejects.toThrow(/until/);
    await expect(solveConvexSde(basin, { samples: 2, seed: 1, step: 0.1, until: 0.5 })).rejects.toThrow(
      /until/,
    );
  });

  it("refuses steps in which the descent goes too far, and says what steps of the descent do", async () => {
    const steep = { ...basin, startTime: 0, schedule: scheduleFrom(5, 0) };
    const method = { samples: 4, seed: 1, until: 5 };
    await expect(solveConvexSde(steep, { ...method, step: 0.5 })).rejects.toThrow(
      /^method.step is 0.5; allowed: at most 0.100/,
    );
    const run = { samples: 4, seed: 1, until: 5, step: 0.1, times: [1, 5] };
    const { notes } = await simulateConvex(steep, run);
    expect(notes!.join()).toMatch(/ηκ·step up to 0.50 noise keeps up a loss about 25 % above the flow/);
    await expect(simulateConvex(steep, { ...run, step: 0.5 })).rejects.toThrow(/at most 0.400/);
  });
});
