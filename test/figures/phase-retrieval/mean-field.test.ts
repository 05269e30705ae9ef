import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { kernels } from "../../../src/figures/phase-retrieval/kernels";
import { meanField } from "../../../src/figures/phase-retrieval/mean-field";
import { expectSound } from "../sound";
import { createTools, parseSvg, textsOf } from "../tools";

type Measured = Record<"time" | "value" | "standardError", number[]>;

describe("theory and finite system for several algorithms", () => {
  const sizes = {
    method: { until: 0.4, particles: 1024, runs: 4 },
    learningRate: 0.02,
    size: 100,
    samples: 16,
  };
  let result: FigureResult;
  let cases: {
    name: string;
    curves: {
      quantity: string;
      statistic: number;
      pValue: number;
      theory: Measured;
      simulation: Measured;
    }[];
  }[];
  beforeAll(async () => {
    result = await meanField.make(sizes, createTools());
    cases = (result.data as unknown as { cases: typeof cases }).cases;
  });

  it("is sound, with a drawing and three rows of the table for each system", () => {
    expectSound(result);
    expect(result.panels.length).toBe(3);
    const texts = result.panels.flatMap(({ svg }) => textsOf(parseSvg(svg)));
    expect(cases.length).toBe(7);
    for (const { name, curves } of cases) {
      expect(texts).toContain(name);
      expect(curves.map(({ quantity }) => quantity)).toEqual(["meanSquaredError", "overlap", "trainingLoss"]);
      expect(result.table!.rows.filter(([system]) => system === name).length).toBe(3);
    }
  });

  it("tells the largest distance in standard errors of both", () => {
    for (const { statistic, theory, simulation } of cases.flatMap(({ curves }) => curves)) {
      const distances = simulation.time.map((t, k) => {
        const node = theory.time.indexOf(t);
        const error = Math.hypot(simulation.standardError[k], theory.standardError[node]);
        return Math.abs(theory.value[node] - simulation.value[k]) / error;
      });
      expect(statistic).toBeCloseTo(Math.max(...distances), 6);
    }
  });

  it("starts at the closed forms: loss [3q² − 2(q + 2m0²) + 3]/4, with q = 1 on the sphere and 1 + m0² with ridge", () => {
    for (const { name, curves } of cases) {
      const [error, overlap, loss] = curves.map(({ theory }) => theory);
      const m0 = name.startsWith("GD, α") ? Number(name.split("m0 = ")[1]) : 0.2;
      const q = name.includes("ridge") ? 1 + m0 ** 2 : 1;
      expect(overlap.value[0]).toBeCloseTo(m0, 14);
      const start = (3 * q ** 2 - 2 * (q + 2 * m0 ** 2) + 3) / 4;
      // 4 runs of 1024 Sobol points.
      expect(Math.abs(loss.value[0] - start), name).toBeLessThan(0.03);
      // E(|x| − |y|)² of two normals with variances 1 and q and covariance m0.
      const s = Math.sqrt(q - m0 ** 2);
      expect(error.value[0]).toBeCloseTo(1 + q - (4 / Math.PI) * (s + m0 * Math.atan2(m0, s)), 10);
    }
  });

  it("follows the finite system: the loss falls alike, to 15 % and errors", () => {
    for (const { name, curves } of cases) {
      const { theory, simulation } = curves[2];
      simulation.time.forEach((t, k) => {
        const node = theory.time.indexOf(t);
        const error = Math.hypot(simulation.standardError[k], theory.standardError[node]);
        const bound = 4 * error + 0.15 * simulation.value[k];
        expect(Math.abs(theory.value[node] - simulation.value[k]), `${name}, t = ${t}`).toBeLessThan(bound);
      });
      expect(simulation.value.at(-1)!, name).toBeLessThan(0.75 * theory.value[0]);
    }
  });
});

describe("maps of the memory kernels", () => {
  const sizes = { learningRate: 0.02, until: 0.2, particles: 2048, runs: 4 };
  let result: FigureResult;
  let maps: {
    name: string;
    symbol: string;
    exact: number;
    start: Record<"value" | "standardError", number>;
    columns: number;
    values: number[];
  }[];
  beforeAll(async () => {
    result = await kernels.make(sizes, createTools());
    maps = (result.data as unknown as { maps: typeof maps }).maps;
  });

  it("is sound, with each kernel of each algorithm drawn over all pairs of steps", () => {
    expectSound(result);
    expect(maps.map(({ symbol, name }) => `${symbol} ${name}`)).toEqual([
      "M_C GD",
      "M_R GD",
      "M_C p-SGD",
      "M_R p-SGD",
    ]);
    for (const { columns, values } of maps) {
      expect(columns).toBe(11);
      expect(values.length).toBe(121);
    }
    const titles = result.panels.flatMap(({ svg }) => textsOf(parseSvg(svg)));
    expect(titles).toEqual(expect.arrayContaining(["MC(t, t′), GD", "MR(t, t′), p-SGD"]));
  });

  it("M_C is symmetric, M_R causal with t upward; both start at 12 (α/ℓ)(1 − m0²) and (α/ℓ)(24 − 12 m0²)", () => {
    for (const { name, symbol, exact, start, columns, values } of maps) {
      const ratio = name === "GD" ? 3 : 6;
      const closed = symbol === "M_C" ? 12 * ratio * (1 - 0.04) : ratio * (24 - 12 * 0.04);
      expect(exact).toBeCloseTo(closed, 10);
      // Within the noise, which is a few per cent of it.
      expect(Math.abs(start.value - closed), `${symbol} ${name}`).toBeLessThan(4 * start.standardError);
      expect(start.standardError / closed).toBeLessThan(0.05);
      for (let row = 0; row < columns; row++) {
        for (let column = row + 1; column < columns; column++) {
          const above = values[row * columns + column];
          if (symbol === "M_C") expect(above).toBe(values[column * columns + row]);
          else expect(above).toBe(0);
        }
      }
      if (symbol === "M_R") expect(values[(columns - 1) * columns]).not.toBe(0);
    }
  });
});
