import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { phaseBoundaries } from "../../../src/theory/spiked-matrix-tensor/boundaries";
import { langevinEasyMatrixNoise } from "../../../src/theory/spiked-matrix-tensor/easy";
import { plateauGain, reachedState } from "../../../src/theory/spiked-matrix-tensor/growth";
import { spikedCovariance } from "../../../src/theory/spiked-matrix-tensor/model";
import { langevinPhase } from "../../../src/theory/spiked-matrix-tensor/phase";
import reference from "../../reference/spiked-statics.json";

const log = (low: number, high: number) =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);

describe("easy line", () => {
  it.each(reference.easyLine)("$id", ({ p, tensorNoise, temperature, root, value, tolerance }) => {
    const roots = langevinEasyMatrixNoise({ p, tensorNoise, temperature });
    expect(Math.abs(roots[root] - value)).toBeLessThanOrEqual(tolerance);
  });

  it("has the number of roots that the line allows", () => {
    const count = (p: number, tensorNoise: number, temperature: number) =>
      langevinEasyMatrixNoise({ p, tensorNoise, temperature }).length;
    expect([count(3, 1.99, 1), count(3, 2, 1), count(3, 6, 1)]).toEqual([1, 0, 0]);
    expect([count(4, 0.444, 1), count(4, 0.445, 1)]).toEqual([2, 0]);
    expect([count(4, 0.45, 0.99), count(4, 0.44, 0.95), count(3, 0.02, 1.5), count(3, 1, 1.5)]).toEqual([
      3, 1, 2, 0,
    ]);
    expect(count(3, 6, 0)).toBe(1);
  });

  it("finds every root of the marginal condition that a dense scan finds", () => {
    const input = fc.record({
      p: fc.constantFrom(3, 4, 5, 9),
      tensorNoise: log(0.01, 10),
      temperature: fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 2, noNaN: true })),
    });
    fc.assert(
      fc.property(input, ({ p, tensorNoise, temperature: T }) => {
        const end = Math.min(1, 1 / T);
        const condition = (d: number) => (p - 1) * (1 - T * d) ** (p - 2) * d * d - tensorNoise * (1 - d);
        const cells = 20001;
        const dense: number[] = [];
        for (let k = 1; k < cells - 1; k++) {
          const [low, high] = [(end * k) / cells, (end * (k + 1)) / cells];
          if (condition(low) > 0 !== condition(high) > 0) dense.push((low + high) / 2);
        }
        const roots = langevinEasyMatrixNoise({ p, tensorNoise, temperature: T }).filter(
          (d) => d > end / cells && d < end * (1 - 1 / cells),
        );
        expect(roots.length).toBe(dense.length);
        roots.forEach((root, k) => void expect(Math.abs(root - dense[k])).toBeLessThan(1e-4));
      }),
    );
  });

  it("is where the plateau reached has 1 − q = T·Δ2 and gain 1", () => {
    const [matrixNoise] = langevinEasyMatrixNoise({ p: 4, tensorNoise: 0.3, temperature: 0.7 });
    const Q = spikedCovariance({ p: 4, matrixNoise, tensorNoise: 0.3 });
    expect(reachedState(Q, 0.7).plateau).toBeCloseTo(1 - 0.7 * matrixNoise, 10);
    expect(plateauGain(Q, 0.7)).toBeCloseTo(1, 10);
  });

  it("names what is wrong", () => {
    const input = { p: 3, tensorNoise: 1, temperature: 1 };
    expect(() => langevinEasyMatrixNoise({ ...input, p: 2 })).toThrow(/^p is 2/);
    expect(() => langevinEasyMatrixNoise({ ...input, tensorNoise: 0 })).toThrow(/^tensorNoise is 0/);
    expect(() => langevinEasyMatrixNoise({ ...input, temperature: -1 })).toThrow(/^temperature is -1/);
  });
});

describe("phases", () => {
  it("of the runs in the papers", () => {
    expect(langevinPhase({ p: 3, matrixNoise: 0.2, tensorNoise: 6 }, 1)).toBe("easy");
    expect(langevinPhase({ p: 3, matrixNoise: 0.5, tensorNoise: 1 }, 0.5)).toBe("easy");
    expect(langevinPhase({ p: 3, matrixNoise: 0.5, tensorNoise: 0.4 }, 1)).toBe("hard");
    expect(langevinPhase({ p: 3, matrixNoise: 2, tensorNoise: 0.2 }, 1)).toBe("hard");
    expect(langevinPhase({ p: 3, matrixNoise: 2, tensorNoise: 1 }, 1)).toBe("impossible");
    expect(langevinPhase({ p: 4, matrixNoise: 0.7, tensorNoise: 0.8 }, 0)).toBe("hard");
  });

  it("at T = 1: hard lies below the spinodal of the signal, in closed form for p = 3", () => {
    // m = (1−m)(m/Δ2 + m²/Δp) has roots m > 0 iff (1/Δp − 1/Δ2)² ≥ 4(1 − 1/Δ2)/Δp.
    fc.assert(
      fc.property(log(1.01, 10), log(0.05, 2), (matrixNoise, tensorNoise) => {
        const [a, b] = [1 / matrixNoise, 1 / tensorNoise];
        const metastable = b > a && (b - a) ** 2 >= 4 * (1 - a) * b;
        if (!metastable) expect(langevinPhase({ p: 3, matrixNoise, tensorNoise }, 1)).toBe("impossible");
      }),
    );
  });

  it("growth from the plateau never leads to an equilibrium without signal", () => {
    const point = fc.record({
      p: fc.constantFrom(3, 4, 6),
      matrixNoise: log(0.05, 1.5),
      tensorNoise: log(0.02, 20),
    });
    fc.assert(
      fc.property(point, fc.constantFrom(0, 0.3, 0.7, 1, 1.3), (model, T) => {
        if (plateauGain(spikedCovariance(model), T) > 1) expect(langevinPhase(model, T)).toBe("easy");
      }),
    );
  });
});

describe("boundaries", () => {
  const noises = [0.1, 0.3, 0.5, 0.9, 1.1, 2];

  it("follow the easy line where its plateau is reached: p = 3, T = 1 and T = 0", () => {
    const warm = phaseBoundaries({ p: 3, temperature: 1, matrixNoise: noises });
    const cold = phaseBoundaries({ p: 3, temperature: 0, matrixNoise: noises });
    noises.slice(0, 4).forEach((noise, k) => {
      expect(warm.easyAbove[k] / (2 * noise ** 2)).toBeCloseTo(1, 8);
      expect(cold.easyAbove[k] / ((2 * noise ** 2) / (1 - noise))).toBeCloseTo(1, 8);
    });
    expect([...warm.easyAbove.slice(4)]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect([...warm.impossibleAbove.slice(0, 4)]).toEqual(new Array(4).fill(Number.POSITIVE_INFINITY));
  });

  it("leave the easy line for the jump of the plateau: p = 4, T = 1, beyond Δ2 = 2/3", () => {
    const { easyAbove } = phaseBoundaries({ p: 4, temperature: 1, matrixNoise: [0.6, 0.9] });
    const line = (d: number) => 3 * d * d * (1 - d);
    expect(easyAbove[0]).toBeCloseTo(line(0.6), 8);
    expect(easyAbove[1]).toBeGreaterThan(line(0.9));
  });

  it.each([
    [3, 1],
    [4, 0.5],
    [3, 1.5],
  ])("separate the phases on both sides: p = %d, T = %d", (p, temperature) => {
    const { easyAbove, impossibleAbove } = phaseBoundaries({ p, temperature, matrixNoise: noises });
    noises.forEach((matrixNoise, k) => {
      const at = (tensorNoise: number) => langevinPhase({ p, matrixNoise, tensorNoise }, temperature);
      if (Number.isFinite(easyAbove[k])) {
        expect([at(easyAbove[k] * 0.999), at(easyAbove[k] * 1.001)]).toEqual(["hard", "easy"]);
      } else {
        expect([at(impossibleAbove[k] * 0.999), at(impossibleAbove[k] * 1.001)]).toEqual([
          "hard",
          "impossible",
        ]);
      }
    });
  });

  it("names what is wrong", () => {
    expect(() => phaseBoundaries({ p: 3, temperature: 1, matrixNoise: [1, 0] })).toThrow(
      /^matrixNoise\[1\] is 0/,
    );
  });
});
