import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { norms } from "../../../src/figures/quadratic-network/norms";
import { simulateConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools } from "../tools";

type Curve = Record<"theory" | "simulation" | "standardError", number[]>;

describe("norm learning", () => {
  let result: FigureResult;
  let panel: {
    time: number[];
    plateau: Record<"norm" | "excessRisk", number>;
    curves: Record<"norm" | "risk" | "overlap", Curve>;
  };
  beforeAll(async () => {
    result = await norms.make({ widths: [2], dimension: 3000, samples: 3, until: 1.6 }, createTools());
    panel = (result.data as { panels: (typeof panel)[] }).panels[0];
  });

  it("is sound", () => expectSound(result));

  it("comes before the exit: the norms near their plateau while the overlaps are small, then away from it", () => {
    const { norm, risk, overlap } = panel.curves;
    for (const of of ["theory", "simulation"] as const) {
      const least = Math.min(...norm[of]);
      const then = norm[of].indexOf(least);
      expect(norm[of][0]).toBeCloseTo(1, 1);
      expect(least - panel.plateau.norm).toBeGreaterThan(0);
      expect(least - panel.plateau.norm).toBeLessThan(0.06);
      // By then a sixth of the risk is gone, which is norm learning's part, and no neuron has found its way.
      expect(Math.abs(risk[of][then] - panel.plateau.excessRisk)).toBeLessThan(0.08);
      expect(overlap[of][then]).toBeLessThan(0.25);
      expect(risk[of].at(-1)!).toBeLessThan(0.5);
    }
  });

  it("draws the means of its runs, with the starts of the equations", async () => {
    const { norm } = panel.curves;
    expect(norm.theory[0]).toBeCloseTo(norm.simulation[0], 10);
    const { curves } = await simulateConfig(result.recipes[0].config, {});
    const last = panel.time.length - 1;
    const runs = [0, 1, 2].map(
      (i) => (curves!["correlation[0,0]"][i][last] + curves!["correlation[1,1]"][i][last]) / 2,
    );
    const centre = (runs[0] + runs[1] + runs[2]) / 3;
    expect(norm.simulation[last]).toBeCloseTo(centre, 12);
    const square = runs.reduce((sum, run) => sum + (run - centre) ** 2, 0);
    expect(norm.standardError[last]).toBeCloseTo(Math.sqrt(square / 6), 12);
  });
});
