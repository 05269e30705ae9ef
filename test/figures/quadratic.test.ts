import { beforeAll, describe, expect, it } from "vitest";
import { InterruptedError } from "../../src/core/errors";
import { type FigureResult, figures } from "../../src/figures";
import { exitDimensionFigure } from "../../src/figures/quadratic-exit-dimension";
import { riskFigure } from "../../src/figures/quadratic-risk";
import { simulateConfig } from "../../src/figures/recipe";
import { expectSound } from "./sound";
import { createDocument, parseSvg, textsOf } from "./tools";

const tools = { options: {}, document: createDocument() };

describe("quadratic network figures", () => {
  const results: Record<string, FigureResult> = {};
  beforeAll(async () => {
    const all = [
      await exitDimensionFigure(
        {
          exact: [
            { dimension: 100, samples: 40 },
            { dimension: 400, samples: 40 },
          ],
          diffusion: { dimensions: [1e6], samples: 12 },
        },
        tools,
      ),
      await riskFigure(
        [
          { width: 1, learningRate: 0.1, dimension: 400, start: "fixed", until: 4, samples: 4 },
          { width: 2, learningRate: 0.3, dimension: 200, start: "random", until: 3, samples: 4 },
        ],
        tools,
      ),
    ];
    for (const result of all) results[result.id] = result;
  });

  it("are the figures of the atlas", () => {
    expect(figures.map(({ id }) => id).filter((id) => id.startsWith("quadratic"))).toEqual(
      Object.keys(results),
    );
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
          formulas: { shifted: number };
        }[];
      }[];
    };
    const { events } = await simulateConfig(recipes[2].config, {});
    const times = Array.from(events!.exitTime);
    const mean = times.reduce((sum, t) => sum + t, 0) / times.length;
    const spread = times.reduce((sum, t) => sum + (t - mean) ** 2, 0) / (times.length - 1);
    const [, second, last] = scans[0].measured;
    expect(second.dimension).toBe(400);
    expect(second.mean).toBeCloseTo(mean, 12);
    expect(second.standardError).toBeCloseTo(Math.sqrt(spread / times.length), 12);
    for (const { measured } of scans) for (const { missing } of measured) expect(missing).toBe(0);
    expect(Math.abs(last.mean - last.formulas.shifted)).toBeLessThan(4 * last.standardError);
    expect(table!.rows[1].slice(0, 5)).toEqual([1, 400, "exact", 40, mean.toFixed(3)]);
    const svg = parseSvg(panels[0].svg);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(["p = 1", "p = 2", "annealed", "shifted"]));
  });

  it("risk: the equations of one neuron are the closed form, and the mean is that of the runs", () => {
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
    for (const { runs, simulation, time } of [single, pair]) {
      time.forEach((_, k) => {
        const mean = runs.reduce((sum, run) => sum + run[k], 0) / runs.length;
        expect(simulation[k]).toBeCloseTo(mean, 12);
      });
    }
    // The same random starts.
    expect(pair.theory[0]).toBeCloseTo(pair.simulation[0], 10);
  });

  it("stop when they are told to", async () => {
    for (const figure of figures.filter(({ id }) => id.startsWith("quadratic"))) {
      const controller = new AbortController();
      const options = { signal: controller.signal, onProgress: () => controller.abort() };
      await expect(figure.run("quick", { ...tools, options })).rejects.toBeInstanceOf(InterruptedError);
    }
  });
});
