import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { pair } from "../../../src/figures/quadratic-network/pair";
import { secondLayer } from "../../../src/figures/quadratic-network/second-layer";
import { solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { all, createTools, parseSvg, textsOf } from "../tools";

const tools = createTools();
const meanOf = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const errorOf = (values: readonly number[]) => {
  const centre = meanOf(values);
  const square = values.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  return Math.sqrt(square / (values.length * (values.length - 1)));
};

describe("two neurons from one start", () => {
  let result: FigureResult;
  let data: {
    samples: number;
    curves: Record<"time" | "equations" | "diffusion" | "simulation", number[]>;
    equationsExit: number;
    exits: Record<"sgd" | "diffusion", number[]>;
  };
  const dimension = 400;
  beforeAll(async () => {
    result = await pair.make({ dimension, until: 2.5, precision: 0.08 }, tools);
    data = result.data as unknown as typeof data;
  });

  it("is sound, with 1/(4·0.08²) runs and a staircase for each process", () => {
    expectSound(result);
    expect(data.samples).toBe(40);
    expect(data.exits.sgd.length).toBe(40);
    const svg = parseSvg(result.panels[0].svg);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["SGD", "diffusion", "equations"]));
    // Eight runs, two means and two staircases.
    expect(all(svg, 'g[aria-label="line"] path').length).toBe(12);
  });

  it("starts at the risk 1 + 1/p − (2/p)Σm² = 3/2 − 2/d in all three", () => {
    const { equations, diffusion, simulation } = data.curves;
    for (const curve of [equations, diffusion, simulation])
      expect(curve[0]).toBeCloseTo(1.5 - 2 / dimension, 12);
  });

  it("exits by the equations a little after their linearisation, which knows no saturation", () => {
    // μ₀ = 2 and τ₀ = 0 in the formula before eq. (46); ω_m = 4(1 − 0.15·2.5).
    const linear = Math.log((0.6 * dimension + 8 * 0.9) / 8) / 5;
    expect(data.equationsExit).toBeGreaterThan(linear);
    expect(data.equationsExit).toBeLessThan(1.1 * linear);
  });

  it("exits by SGD and by the diffusion alike, within four standard errors, and spread", () => {
    const { sgd, diffusion } = data.exits;
    const error = Math.hypot(errorOf(sgd), errorOf(diffusion));
    expect(Math.abs(meanOf(sgd) - meanOf(diffusion))).toBeLessThan(4 * error);
    expect(result.table!.rows[1][2]).toBeCloseTo(meanOf(sgd), 3);
    for (const times of [sgd, diffusion]) {
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(errorOf(times) * Math.sqrt(times.length)).toBeGreaterThan(0.1);
    }
  });
});

describe("the second layer", () => {
  let result: FigureResult;
  type Exits = (number | null)[];
  let panel: {
    time: number[];
    curves: {
      layer: string;
      theory: number[];
      simulation: number[];
      standardError: number[];
      theoryExits: Exits;
      exits: Exits;
    }[];
  };
  beforeAll(async () => {
    result = await secondLayer.make(
      { widths: [4], share: 0.3, dimension: 200, samples: 12, until: 3 },
      tools,
    );
    panel = (result.data as { panels: (typeof panel)[] }).panels[0];
  });

  it("is sound, whole and around the exit", () => {
    expectSound(result);
    const texts = textsOf(parseSvg(result.panels[0].svg));
    expect(texts).toEqual(expect.arrayContaining(["p = 4", "p = 4, around the exit", "fixed", "trained"]));
  });

  it("starts fixed, trained, simulated and solved networks alike", () => {
    const firsts = panel.curves.flatMap(({ theory, simulation }) => [theory[0], simulation[0]]);
    for (const first of firsts) expect(first).toBeCloseTo(firsts[0], 10);
  });

  it("changes the exit as little for SGD as by the equations, within four standard errors", () => {
    const [fixed, trained] = panel.curves;
    const differences = (a: Exits, b: Exits) =>
      a.flatMap((t, k) => (t === null || b[k] === null ? [] : [b[k] - t]));
    const solved = differences(fixed.theoryExits, trained.theoryExits);
    const simulated = differences(fixed.exits, trained.exits);
    expect(simulated.length).toBeGreaterThan(10);
    const error = Math.hypot(errorOf(solved), errorOf(simulated));
    expect(Math.abs(meanOf(solved) - meanOf(simulated))).toBeLessThan(4 * error);
    expect(Math.abs(meanOf(solved))).toBeLessThan(0.05 * meanOf(fixed.theoryExits.map(Number)));
    expect(result.table!.rows[1][7]).toBeCloseTo(meanOf(simulated), 3);
  });

  it("changes what comes later", () => {
    const [fixed, trained] = panel.curves;
    const last = panel.time.length - 1;
    expect(trained.theory[last] - fixed.theory[last]).toBeGreaterThan(0.05);
    expect(result.caption).toMatch(/later they part\.$/);
    expect(trained.simulation[last]).toBeGreaterThan(fixed.simulation[last]);
  });

  it("has the equations of its configs", async () => {
    const solution = await solveConfig(result.recipes[1].config, {});
    const { maxOverlap } = solution.sample(panel.time).series;
    expect(Array.from(maxOverlap)).toEqual(panel.curves[1].theory);
  });
});
