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
    // Two exits, eight runs, two means and two staircases.
    expect(all(svg, 'g[aria-label="line"] path').length).toBe(14);
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
      risk: Record<"theory" | "simulation" | "standardError", number[]>;
      theoryExits: Exits;
      exits: Exits;
    }[];
  };
  beforeAll(async () => {
    result = await secondLayer.make(
      { widths: [8], share: 0.08, dimension: 150, samples: 11, until: 3 },
      tools,
    );
    panel = (result.data as { panels: (typeof panel)[] }).panels[0];
  });

  it("is sound, whole and around the exit", () => {
    expectSound(result);
    const texts = textsOf(parseSvg(result.panels[0].svg));
    expect(texts).toEqual(
      expect.arrayContaining(["p = 8", "p = 8, around the exit", "— fixed", "— trained"]),
    );
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

  it("learns: the largest overlap comes near 1, and the risk goes, with either layer", () => {
    for (const { theory, simulation, risk } of panel.curves) {
      for (const curve of [theory, simulation]) expect(curve.at(-1)).toBeGreaterThan(0.95);
      // 1 + 1/p − (2/p)Σm², up to the Q of the start, is what it begins with.
      for (const curve of [risk.theory, risk.simulation]) {
        expect(curve[0]).toBeCloseTo(1 + 1 / 8, 1);
        expect(curve.at(-1)).toBeLessThan(0.1);
      }
    }
  });

  it("changes what comes after the exit: the caption tells by how much", () => {
    const [fixed, trained] = panel.curves.map(({ risk }) => risk.theory);
    const ratio = Math.max(...fixed.map((one, k) => Math.max(one / trained[k], trained[k] / one)));
    expect(ratio).toBeGreaterThan(1.2);
    expect(result.caption).toMatch(`up to a factor of ${ratio.toFixed(1)} at p = 8.`);
  });

  it("has the equations of its configs", async () => {
    const solution = await solveConfig(result.recipes[1].config, {});
    const { maxOverlap } = solution.sample(panel.time).series;
    expect(Array.from(maxOverlap)).toEqual(panel.curves[1].theory);
  });
});
