import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { expect, it } from "vitest";
import { marchenkoPasturQuantiles } from "../../src/models/marchenko-pastur-quantiles";
import { createStreams } from "../../src/numerics/streams";

it.each([1, 0.9, 1 / 3, 0.01])("has the moments of the law at ratio %d", (ratio) => {
  const count = 4000;
  const quantiles = marchenkoPasturQuantiles(ratio, count);
  const moment = (k: number) => quantiles.reduce((sum, x) => sum + x ** k, 0) / count;
  expect(moment(1)).toBeCloseTo(1, 12);
  // Narayana numbers; the midpoints of the quantiles err by less than 1/count².
  expect(Math.abs(moment(2) - (1 + ratio))).toBeLessThan(1e-5);
  expect(Math.abs(moment(3) - (1 + 3 * ratio + ratio * ratio))).toBeLessThan(1e-4);
  const [least, greatest] = [(1 - Math.sqrt(ratio)) ** 2, (1 + Math.sqrt(ratio)) ** 2];
  for (const [i, x] of quantiles.entries()) {
    expect(x).toBeGreaterThan(least - 1e-7);
    expect(x).toBeLessThan(greatest + 1e-7);
    if (i > 0) expect(x).toBeGreaterThan(quantiles[i - 1]);
  }
});

it("are the eigenvalues of a random matrix, to its fluctuations", () => {
  const [rows, columns] = [60, 180];
  const normals = new Float64Array(rows * columns);
  createStreams(20261122).stream("disorder", 0).fillNormal(normals);
  const x = Matrix.from1DArray(rows, columns, normals);
  const found = new EigenvalueDecomposition(x.mmul(x.transpose()).div(columns)).realEigenvalues;
  const eigenvalues = found.sort((a, b) => a - b);
  const quantiles = marchenkoPasturQuantiles(rows / columns, rows);
  // They repel each other: a place is known to 1/rows.
  for (let i = 5; i < rows - 5; i++) expect(Math.abs(eigenvalues[i] - quantiles[i])).toBeLessThan(0.1);
});

it("refuses ratios outside (0, 1]", () => {
  expect(() => marchenkoPasturQuantiles(1.1, 3)).toThrow("ratio is 1.1");
  expect(() => marchenkoPasturQuantiles(0.5, 0)).toThrow("count is 0");
});
