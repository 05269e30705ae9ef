import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { excessRisk, packState } from "../../../src/models/quadratic-network/layout";
import {
  criticalPoints,
  populationRisk,
  populationRiskGradient,
  populationRiskHessian,
  sphereHessianEigenvalues,
} from "../../../src/theory/quadratic-network/critical-points";
import { casesOf } from "../../reference/quadratic-cases";

const target = [1, 0, 0];

function eigenvalues(hessian: Float64Array): number[] {
  const n = Math.sqrt(hessian.length);
  const matrix = new Matrix(Array.from({ length: n }, (_, i) => [...hessian.subarray(i * n, (i + 1) * n)]));
  return new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues.sort((x, y) => x - y);
}

describe("landscape of a single neuron", () => {
  it.each(casesOf("risk-"))("risk $id", ({ params, value, tolerance }) => {
    const { m, q, Delta } = params as Record<string, number>;
    expect(
      Math.abs(populationRisk({ overlap: m, norm: q, labelNoise: Delta }) - (value as number)),
    ).toBeLessThan(tolerance);
    const y = packState({
      overlap: Float64Array.of(m),
      correlation: Float64Array.of(q),
      secondLayer: Float64Array.of(1),
    });
    expect(excessRisk(y, 1) + Delta / 2).toBeCloseTo(value as number, 13);
  });

  it("gradient and Hessian are derivatives of the risk", () => {
    const [{ value }] = casesOf("grad-1");
    const w = [0.5, 0.6, -0.2];
    const gradient = populationRiskGradient(w, target);
    for (const [i, g] of gradient.entries()) expect(g).toBeCloseTo((value as number[])[i], 12);
    const h = 1e-5;
    const risk = (x: number[]) =>
      populationRisk({ overlap: x[0], norm: x.reduce((sum, y) => sum + y * y, 0) });
    const hessian = populationRiskHessian(w, target);
    for (let i = 0; i < 3; i++) {
      const [up, down] = [h, -h].map((shift) => w.with(i, w[i] + shift));
      expect(gradient[i]).toBeCloseTo((risk(up) - risk(down)) / (2 * h), 8);
      const [high, low] = [populationRiskGradient(up, target), populationRiskGradient(down, target)];
      for (let j = 0; j < 3; j++) expect(hessian[i * 3 + j]).toBeCloseTo((high[j] - low[j]) / (2 * h), 8);
    }
  });

  it.each(casesOf("hess-eig"))("eigenvalues at critical points $id", ({ params, value }) => {
    const { w } = params as unknown as { w: number[] };
    const found = eigenvalues(populationRiskHessian(w, target));
    for (const [i, x] of found.entries()) expect(Math.abs(x - (value as number[])[i])).toBeLessThan(1e-12);
    for (const g of populationRiskGradient(w, target)) expect(Math.abs(g)).toBeLessThan(1e-12);
    const norm = w.reduce((sum, x) => sum + x * x, 0);
    const point = criticalPoints("none").find((one) => Math.abs(one.norm - norm) < 1e-9)!;
    expect(found.every((x) => point.eigenvalues.some((y) => Math.abs(x - y) < 1e-12))).toBe(true);
  });

  it("critical points have the risks 3/2, 4/3, 0 above the noise, and 2, 0 on the sphere", () => {
    expect(criticalPoints("none", 0.4).map((one) => one.risk)).toEqual([
      1.7,
      expect.closeTo(4 / 3 + 0.2, 14),
      0.2,
    ]);
    expect(criticalPoints("sphere", 0.4).map((one) => one.risk)).toEqual([2.2, 0.2]);
    expect(criticalPoints("sphere").map((one) => one.eigenvalues)).toEqual([[-4, 0], [4]]);
  });

  it.each(casesOf("shess-"))("Hessian along the sphere $id", ({ params, value, tolerance }) => {
    const { m } = params as Record<string, number>;
    const found = sphereHessianEigenvalues(m);
    for (const [i, x] of found.entries())
      expect(Math.abs(x - (value as number[])[i])).toBeLessThan(tolerance);
    // P H P − (w·∇R) P on the tangent space of w = (m, √(1 − m²), 0, 0).
    const w = [m, Math.sqrt(1 - m * m), 0, 0];
    const targetVector = [1, 0, 0, 0];
    const h = populationRiskHessian(w, targetVector);
    const radial = populationRiskGradient(w, targetVector).reduce((sum, g, i) => sum + g * w[i], 0);
    const along = [w[1], -w[0], 0, 0];
    const flat = [0, 0, 1, 0];
    const form = (v: number[]) =>
      v.reduce((sum, x, i) => sum + x * v.reduce((s, y, j) => s + h[i * 4 + j] * y, 0), 0);
    expect(form(along) - radial).toBeCloseTo(found[0], 12);
    expect(form(flat) - radial).toBeCloseTo(found[1], 12);
  });
});
