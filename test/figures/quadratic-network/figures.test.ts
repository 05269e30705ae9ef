import { beforeAll, describe, expect, it } from "vitest";
import { InterruptedError } from "../../../src/core/errors";
import type { FigureResult } from "../../../src/figures";
import { figures } from "../../../src/figures/quadratic-network";
import { exitDimension } from "../../../src/figures/quadratic-network/exit-dimension";
import { risk, sizes as riskSizes } from "../../../src/figures/quadratic-network/risk";
import { riskDrawing } from "../../../src/figures/quadratic-network/risk-drawing";
import { simulateConfig, solveConfig } from "../../../src/systems/calls";
import { expectSound } from "../sound";
import { createTools, parseSvg, textsOf } from "../tools";

const tools = createTools();

describe("quadratic network figures", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await exitDimension.make({ exact: [100, 400], diffusion: [1e6], precision: 0.1 }, tools),
      await risk.make(
        {
          cases: [
            { width: 1, learningRate: 0.1, dimension: 400, start: "fixed", until: 4 },
            { width: 2, learningRate: 0.3, dimension: 200, start: "random", until: 3 },
          ],
          precision: 0.3,
        },
        tools,
      ),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    expect(figures.map(({ id }) => id)).toEqual([
      "quadratic-exit-dimension",
      "quadratic-exit-rate",
      "quadratic-exit-width",
      "quadratic-risk",
      "quadratic-pair",
      "quadratic-second-layer",
      "quadratic-norms",
      "quadratic-landscape",
    ]);
  });

  it("give finite data, sound drawings, words, and configs that the command line accepts", () => {
    for (const result of Object.values(results)) expectSound(result);
  });

  it("exit time: the annealed line of one neuron is ln(T d + 1 − T)/(2μ), with μ = 4(1 − 6γ)", () => {
    const { scans } = results["quadratic-exit-dimension"].data as {
      scans: {
        curves: Record<"annealed" | "quenched" | "shifted", { dimension: number[]; time: number[] }>;
      }[];
    };
    const { annealed, quenched, shifted } = scans[0].curves;
    expect(annealed.dimension[0]).toBe(100);
    expect(annealed.dimension.at(-1)).toBe(1e6);
    annealed.dimension.forEach((d, k) => {
      expect(annealed.time[k]).toBeCloseTo(Math.log(0.1 * d + 0.9) / (8 * (1 - 6 * 0.08)), 12);
    });
    // At large d: E ln χ²₁ = −γ_E − ln 2 apart.
    const euler = 0.5772156649015329;
    expect(quenched.time.at(-1)! - annealed.time.at(-1)!).toBeCloseTo((euler + Math.LN2) / 4.16, 4);
    // s = γ·48/(2μ), and saturation at m² = 0.1.
    const shift = Math.log1p((0.08 * 48) / 4.16) / 4.16 - Math.log(1 / 0.9) / 4.16;
    expect(quenched.time.at(-1)! - shifted.time.at(-1)!).toBeCloseTo(shift, 10);
  });

  it("exit time: the dots are the means of the configs, and near the shifted formula", async () => {
    const { data, recipes, table, panels } = results["quadratic-exit-dimension"];
    const { scans } = data as {
      scans: {
        measured: {
          dimension: number;
          mean: number;
          standardError: number;
          missing: number;
          exits: number;
          formulas: { annealed: number; shifted: number };
        }[];
      }[];
    };
    const recipe = recipes.find(({ label }) => label === "p = 1, d = 400, exact")!;
    const { events } = await simulateConfig(recipe.config, {});
    const times = Array.from(events!.exitTime);
    const mean = times.reduce((sum, t) => sum + t, 0) / times.length;
    const spread = times.reduce((sum, t) => sum + (t - mean) ** 2, 0) / (times.length - 1);
    const [first, second, last] = scans[0].measured;
    expect(second.dimension).toBe(400);
    expect(second.mean).toBeCloseTo(mean, 12);
    expect(second.standardError).toBeCloseTo(Math.sqrt(spread / times.length), 12);
    for (const { measured } of scans) for (const { missing } of measured) expect(missing).toBe(0);
    for (const { mean, standardError, formulas } of [first, second, last]) {
      expect(Math.abs(mean - formulas.shifted)).toBeLessThan(4 * standardError);
    }
    // π/√2/(2μ) is the spread of −ln χ²₁/(2μ): runs for a tenth of the annealed time, known before any run.
    const wanted = Math.ceil((Math.PI / Math.SQRT2 / 4.16 / (0.1 * second.formulas.annealed)) ** 2);
    expect(second.exits).toBe(wanted);
    // Its sample variance scatters by √(6/n): ln χ²₁ has the kurtosis 7.
    const error = Math.sqrt(6 / wanted);
    expect(Math.abs(spread / (Math.PI / Math.SQRT2 / 4.16) ** 2 - 1)).toBeLessThan(4 * error);
    expect(table!.rows[1].slice(0, 5)).toEqual([1, 400, "exact", wanted, Number(mean.toFixed(3))]);
    const svg = parseSvg(panels[0].svg);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["p = 1", "p = 2", "annealed", "shifted"]));
  });

  it("give every ensemble its own seed", () => {
    const seeds = results["quadratic-exit-dimension"].recipes.flatMap(({ config }) => {
      const { simulation, method } = config as Record<"simulation" | "method", { seed: string } | undefined>;
      return [simulation, method].flatMap((part) => part?.seed ?? []);
    });
    expect(seeds.length).toBe(6);
    expect(new Set(seeds).size).toBe(6);
    for (const seed of seeds) expect(seed).toMatch(/^20261122 /);
  });

  it("risk: the equations of one neuron are the closed form, and the mean is that of the runs", async () => {
    const { cases } = results["quadratic-risk"].data as {
      cases: (Record<"time" | "theory" | "simulation", number[]> & {
        runs: number[][];
        exits: { process: string; mean: number }[];
      })[];
    };
    const [single, pair] = cases;
    // m² = u e/(1 + A u (e − 1)/μ), e = e^{2μt}, and excess risk 2(1 − m²) + 0 on the sphere.
    const [A, mu, u] = [4 * (1 - 0.6), 4 * (1 - 0.6) - 2e-5, 1 / 400];
    single.time.forEach((t, k) => {
      const e = Math.exp(2 * mu * t);
      const square = (u * e) / (1 + (A * u * (e - 1)) / mu);
      expect(single.theory[k]).toBeCloseTo(2 * (1 - square), 7);
    });
    const uT = 0.1 + 0.9 * u;
    const exit = Math.log((uT * (mu - A * u)) / (u * (mu - A * uT))) / (2 * mu);
    expect(single.exits[0].mean).toBeCloseTo(exit, 7);
    expect(single.exits.map(({ process }) => process)).toEqual(["equations", "SGD", "diffusion"]);
    const configs = results["quadratic-risk"].recipes.filter(({ verb }) => verb === "compare");
    for (const [i, { runs, simulation }] of [single, pair].entries()) {
      const { curves, samples } = await simulateConfig(configs[i].config, {});
      expect(runs).toEqual(curves!.excessRisk.slice(0, 8).map((run) => Array.from(run)));
      simulation.forEach((value, k) => {
        const sum = curves!.excessRisk.reduce((sum, run) => sum + run[k], 0);
        expect(value).toBeCloseTo(sum / samples, 12);
      });
    }
    expect(results["quadratic-risk"].notes[0]).toMatch(/SGD leaves \d\.\d{3} (before|after) the diffusion/);
    // The same random starts.
    expect(pair.theory[0]).toBeCloseTo(pair.simulation[0], 10);
  });

  it("risk: exits are verticals at their times up to the risk of the start, and a level at nine tenths of it", () => {
    const curves = { time: [0, 1], equations: [2, 1], simulation: [2, 1.1], standardError: [0, 0.1] };
    const drawing = riskDrawing("", { ...curves, diffusion: [], runs: [] }, 1, {
      equations: 0.5,
      simulation: 0.4,
    });
    const verticals = drawing.marks.filter(({ x }) => x[0] === x[1]);
    expect(verticals.map(({ x, y }) => [x, y])).toEqual([
      [
        [0.5, 0.5],
        [0, 2],
      ],
      [
        [0.4, 0.4],
        [0, 2],
      ],
    ]);
    const colours = drawing.marks.filter(({ label }) => label).map(({ colour }) => colour);
    expect(verticals.map(({ colour }) => colour)).toEqual(colours);
    expect(drawing.levels).toEqual([{ value: 1.8, label: "" }]);
  });

  it("risk: every network of every preset is at a rate at which it learns", async () => {
    for (const preset of ["quick", "standard", "paper"] as const) {
      expect(riskSizes[preset].cases.map(({ width }) => width)).toEqual(
        preset === "quick" ? [1, 5, 20] : [1, 5, 20, 50],
      );
      for (const { width, learningRate } of riskSizes[preset].cases)
        expect(learningRate / width).toBeCloseTo(width === 1 ? 0.1 : 0.08, 12);
    }
    const slow = { width: 5, learningRate: 0.4, dimension: 200, threshold: 0.1 };
    const method = { kind: "ode", until: 3, samples: 2, seed: 20261122, tolerance: 1e-6 };
    const riskAt3 = async (learningRate: number) => {
      const config = { system: "quadratic-network", parameters: { ...slow, learningRate }, method };
      return (await solveConfig(config, {})).sample([3]).series.excessRisk[0];
    };
    expect(await riskAt3(0.4)).toBeLessThan(0.12);
    expect(await riskAt3(1.5)).toBeGreaterThan(1);
  });

  it("stop when they are told to", async () => {
    for (const figure of figures) {
      const controller = new AbortController();
      const options = { signal: controller.signal, onProgress: () => controller.abort() };
      await expect(figure.run("quick", createTools(options))).rejects.toBeInstanceOf(InterruptedError);
    }
  });
});
