import { describe, expect, it } from "vitest";
import { linspace, logspace } from "../../src/numerics/grid";

describe("grids", () => {
  it("are equally spaced, with both ends", () => {
    expect([...linspace(-1, 2, 6)]).toEqual([-1, -0.5, 0, 0.5, 1, 1.5, 2]);
  });

  it("are equally spaced in the logarithm, with both ends exactly", () => {
    const grid = logspace(0.01, 70, 60);
    expect(grid).toHaveLength(60);
    expect([grid[0], grid[59]]).toEqual([0.01, 70]);
    for (let k = 1; k < 60; k++) expect(grid[k] / grid[k - 1]).toBeCloseTo(7000 ** (1 / 59), 13);
  });
});
