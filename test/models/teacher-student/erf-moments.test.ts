import fc from "fast-check";
import { determinant, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { activationFunction } from "../../../src/models/teacher-student/activation";
import { createErfMoments } from "../../../src/models/teacher-student/erf-moments";
import { momentCases } from "../../reference/teacher-student-cases";
import { covariances } from "./helpers";

const momentsOf = (covariance: Float64Array) => {
  const moments = createErfMoments(Math.sqrt(covariance.length));
  moments.load(covariance);
  return moments;
};

/** d f/dC_ij, with C_ji, by central differences of fourth order. */
function slope(covariance: Float64Array, i: number, j: number, f: (c: Float64Array) => number): number {
  const n = Math.sqrt(covariance.length);
  const at = (h: number) => {
    const moved = covariance.slice();
    moved[i * n + j] += h;
    if (i !== j) moved[j * n + i] += h;
    return f(moved);
  };
  const h = 1e-3;
  return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
}

describe("Gaussian averages of erf units", () => {
  it("agree with the reference", () => {
    expect(momentCases).toHaveLength(2);
    for (const { quantity, params, value, tolerance } of momentCases) {
      const moments = momentsOf(Float64Array.from(params.C!.flat()));
      moments.choosePair(0, 1);
      const found = quantity.startsWith("I3") ? moments.triple(0, 1, 2) : moments.derivatives();
      expect(Math.abs(found - Number(value))).toBeLessThan(tolerance);
    }
  });

  it("Price: the slope of ⟨g g⟩ in C_ij is ⟨g′ g′⟩", () => {
    fc.assert(
      fc.property(covariances(3), (c) => {
        const moments = momentsOf(c);
        moments.choosePair(0, 2);
        const found = slope(c, 0, 2, (moved) => momentsOf(moved).pair(0, 2));
        expect(Math.abs(found - moments.derivatives())).toBeLessThan(1e-9);
      }),
    );
  });

  it("Stein: ⟨g′(i) j g(k)⟩ = C_ij ⟨g″(i) g(k)⟩ + C_jk ⟨g′(i) g′(k)⟩", () => {
    fc.assert(
      fc.property(covariances(3), (c) => {
        const moments = momentsOf(c);
        moments.choosePair(0, 2);
        // ⟨g″(i) g(k)⟩ is twice the slope of I2 in C_ii.
        const curved = 2 * slope(c, 0, 0, (moved) => momentsOf(moved).pair(0, 2));
        const expected = c[1] * curved + c[5] * moments.derivatives();
        expect(Math.abs(moments.triple(0, 1, 2) - expected)).toBeLessThan(1e-9);
      }),
    );
  });

  it("⟨g′ g′ g g⟩ is 0 where the third field is independent, and grows with C_kl as (4/π²)/√det(1 + C)", () => {
    fc.assert(
      fc.property(covariances(4), (c) => {
        const chosen = (covariance: Float64Array) => {
          const moments = momentsOf(covariance);
          moments.choosePair(0, 1);
          return moments.quadruple(2, 3);
        };
        const identity = Matrix.from1DArray(4, 4, [...c]).add(Matrix.eye(4));
        const expected = 4 / Math.PI ** 2 / Math.sqrt(determinant(identity));
        expect(Math.abs(slope(c, 2, 3, chosen) - expected)).toBeLessThan(1e-9);
        const apart = c.map((value, at) => ((at % 4 === 2) !== (at >> 2 === 2) ? 0 : value));
        expect(chosen(apart)).toBe(0);
      }),
    );
  });

  it("stay finite where the student is the teacher", () => {
    const moments = momentsOf(Float64Array.of(1, 1, 1, 1));
    moments.choosePair(0, 0);
    expect(moments.quadruple(1, 1)).toBe(moments.quadruple(0, 0));
    expect(moments.pair(0, 1)).toBe(moments.pair(0, 0));
  });
});

describe("⟨g(x) g(y)⟩ of each activation", () => {
  /** E over two fields by the trapezoid rule, which is exact to rounding for smooth functions of normals. */
  function average(f: (x: number, y: number) => number, [xx, yy, xy]: readonly number[]): number {
    const [h, reach] = [0.05, 9];
    const along = xy / Math.sqrt(xx);
    const across = Math.sqrt(yy - along * along);
    let sum = 0;
    for (let a = -reach; a <= reach; a += h) {
      for (let b = -reach; b <= reach; b += h) {
        sum += Math.exp(-0.5 * (a * a + b * b)) * f(Math.sqrt(xx) * a, along * a + across * b);
      }
    }
    return (sum * h * h) / (2 * Math.PI);
  }

  it.each([
    ["erf", 1e-12],
    ["linear", 1e-12],
    // The kink costs the rule its accuracy.
    ["relu", 2e-3],
  ] as const)("%s", (name, tolerance) => {
    const { value, pair } = activationFunction(name);
    for (const [xx, yy, xy] of [
      [1, 1, 0.3],
      [0.5, 2, -0.8],
      [1.2, 0.7, 0],
    ]) {
      const wanted = average((x, y) => value(x) * value(y), [xx, yy, xy]);
      expect(Math.abs(pair(xx, yy, xy) - wanted)).toBeLessThan(tolerance);
    }
  });

  it.each(["erf", "relu", "linear"] as const)("%s: the derivative is that of the value", (name) => {
    const { value, derivative } = activationFunction(name);
    for (const x of [-2, -0.3, 0.4, 1.7]) {
      const h = 1e-5;
      expect(Math.abs((value(x + h) - value(x - h)) / (2 * h) - derivative(x))).toBeLessThan(1e-9);
    }
  });

  it("relu: equal fields give half their variance, opposite ones nothing", () => {
    const { pair } = activationFunction("relu");
    expect(pair(2, 2, 2)).toBeCloseTo(1, 14);
    expect(Math.abs(pair(2, 2, -2))).toBeLessThan(1e-15);
    expect(pair(0, 2, 0)).toBe(0);
  });
});
