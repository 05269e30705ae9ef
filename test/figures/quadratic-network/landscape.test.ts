import { beforeAll, describe, expect, it } from "vitest";
import type { FigureResult } from "../../../src/figures";
import { linear } from "../../../src/figures/drawing/axis";
import { paint } from "../../../src/figures/drawing/picture";
import { landscape } from "../../../src/figures/quadratic-network/landscape";
import {
  populationRisk,
  populationRiskGradient,
  singleNeuronOverlap,
} from "../../../src/theory/quadratic-network";
import { expectSound } from "../sound";
import { all, createDocument, createTools, parseSvg, textsOf } from "../tools";

type Path = Record<"along" | "across", number[]>;

describe("the landscape of one neuron", () => {
  let result: FigureResult;
  let data: {
    map: { columns: number; along: number[]; across: number[]; risk: number[] };
    sphere: Record<"overlap" | "risk" | "towards" | "around", number[]>;
    cases: {
      constraint: string;
      equations: Path;
      runs: Path[];
      critical: { overlap: number; norm: number }[];
    }[];
  };
  beforeAll(async () => {
    result = await landscape.make({ columns: 40, dimension: 100, samples: 2 }, createTools());
    data = result.data as unknown as typeof data;
  });

  it("is sound, with its critical points named", () => {
    expectSound(result);
    const texts = textsOf(parseSvg(result.panels[0].svg));
    expect(texts).toEqual(expect.arrayContaining(["max.", "saddle", "min.", "equator"]));
    expect(result.table!.rows.map(([, name]) => name)).toEqual([
      "origin",
      "saddle",
      "minimum",
      "equator",
      "minimum",
    ]);
  });

  it("maps ½ E[(x² − (m x + r y)²)²], by the moments of two normals, at the centres of the cells", () => {
    const { columns, along, across, risk } = data.map;
    const rows = risk.length / columns;
    risk.forEach((value, k) => {
      const m = along[0] + (((k % columns) + 0.5) * (along[1] - along[0])) / columns;
      const r = across[0] + ((Math.floor(k / columns) + 0.5) * (across[1] - across[0])) / rows;
      expect(value).toBeCloseTo((3 - 2 * (3 * m ** 2 + r ** 2) + 3 * (m ** 2 + r ** 2) ** 2) / 2, 10);
    });
  });

  it("marks points without slope: all of it, or along the sphere", () => {
    for (const { constraint, critical } of data.cases) {
      for (const { overlap, norm } of critical) {
        const weights = [overlap, Math.sqrt(norm - overlap ** 2)];
        const gradient = populationRiskGradient(weights, [1, 0]);
        const radial = constraint === "sphere" ? gradient[0] * weights[0] + gradient[1] * weights[1] : 0;
        gradient.forEach((slope, i) => {
          expect(slope - radial * weights[i]).toBeCloseTo(0, 12);
        });
      }
    }
  });

  it("has the curvature along the sphere as the second difference of the risk", () => {
    const { overlap, risk, towards } = data.sphere;
    const along = (angle: number) => populationRisk({ overlap: Math.sin(angle), norm: 1 });
    overlap.forEach((m, k) => {
      expect(risk[k]).toBeCloseTo(2 * (1 - m * m), 12);
      const [angle, h] = [Math.asin(m), 1e-3];
      const second = (along(angle + h) - 2 * along(angle) + along(angle - h)) / h ** 2;
      expect(towards[k]).toBeCloseTo(second, 4);
    });
  });

  it("follows the closed form on the sphere, and passes by the saddle without constraint", () => {
    const [free, sphere] = data.cases.map(({ equations }) => equations);
    sphere.along.forEach((m, k) => {
      const t = (2.5 * k) / (sphere.along.length - 1);
      expect(m).toBeCloseTo(singleNeuronOverlap({ learningRate: 0.02, labelNoise: 0 }, 0.1, t), 7);
      expect(Math.hypot(m, sphere.across[k])).toBeCloseTo(1, 10);
    });
    // The length shrinks first: lowest while m is still small, near 1/√3.
    const lengths = free.along.map((m, k) => Math.hypot(m, free.across[k]));
    const lowest = lengths.indexOf(Math.min(...lengths));
    expect(lengths[lowest]).toBeGreaterThan(Math.sqrt(1 / 3));
    expect(lengths[lowest]).toBeLessThan(0.7);
    expect(free.along[lowest]).toBeLessThan(0.4);
    for (const path of data.cases.flatMap(({ equations, runs }) => [equations, ...runs])) {
      expect(Math.abs(path.along.at(-1)!)).toBeGreaterThan(0.95);
    }
  });
});

describe("a field", () => {
  it("is drawn as one outline for each level, around what lies above it", () => {
    const columns = 20;
    const values = Array.from({ length: columns * columns }, (_, k) => k % columns);
    const svg = parseSvg(
      paint(
        {
          description: "slope to the right",
          x: linear("x", { ends: [0, 1] }),
          y: linear("y", { ends: [0, 1] }),
          field: { values, columns, x: [0, 1], y: [0, 1], levels: [4.5, 14.5], colour: "#111111" },
          marks: [],
        },
        createDocument(),
      ),
    );
    const outlines = all(svg, 'g[aria-label="contour"] path').map((path) => path.getAttribute("d")!);
    expect(outlines.length).toBe(2);
    // Left ends of the regions: 58 + 566·(4.5 + 0.5)/20 and 58 + 566·(14.5 + 0.5)/20.
    const left = outlines.map((d) =>
      Math.min(...[...d.matchAll(/[ML]([\d.]+),/g)].map(([, x]) => Number(x))),
    );
    expect(left[0]).toBeCloseTo(58 + 566 * 0.25, 3);
    expect(left[1]).toBeCloseTo(58 + 566 * 0.75, 3);
  });
});
