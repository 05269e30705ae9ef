import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchCube } from "../../src/numerics/search";

type F = (...x: number[]) => number;

/** The best point of a search, with all that was evaluated. */
async function search(f: F, { evaluations = 400, tolerance = 1e-3 } = {}) {
  const seen: (readonly number[])[] = [];
  const best = await searchCube(
    async (x) => {
      seen.push(x);
      return f(...x);
    },
    f.length,
    { evaluations, tolerance },
  );
  return { x: best?.x ?? [], value: best?.value, seen };
}

describe("a search in one dimension", () => {
  it("finds a minimum wherever it lies, smooth or with a kink, to the tolerance", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0.7, 1, 2, 4),
        async (a, power) => {
          const { x, seen } = await search((x) => Math.abs(x - a) ** power);
          expect(Math.abs(x[0] - a)).toBeLessThanOrEqual(1e-3);
          expect(seen.length).toBeLessThanOrEqual(24);
        },
      ),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it("finds a minimum at either end exactly", async () => {
    expect((await search((x) => x)).x).toEqual([0]);
    expect((await search((x) => -x)).x).toEqual([1]);
  });

  it("finds the lowest of minima that the scan tells apart", async () => {
    const { x } = await search((x) => Math.min(Math.abs(x - 0.2), Math.abs(x - 0.8) - 0.3));
    expect(Math.abs(x[0] - 0.8)).toBeLessThanOrEqual(1e-3);
  });

  it("goes around where the function is infinite, up to the edge", async () => {
    const { x } = await search((x) => (x < 0.3 ? Infinity : x));
    expect(x[0]).toBeGreaterThanOrEqual(0.3);
    expect(x[0]).toBeLessThanOrEqual(0.302);
    expect((await search((_x) => Infinity)).value).toBeUndefined();
  });
});

describe("a search in more dimensions", () => {
  it("finds the bottom of a bowl wherever it lies", async () => {
    const coordinate = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(coordinate, coordinate, async (a, b) => {
        const { x } = await search((x, y) => (x - a) ** 2 + 5 * (y - b) ** 2 + 2 * (x - a) * (y - b));
        expect(Math.hypot(x[0] - a, x[1] - b)).toBeLessThanOrEqual(5e-3);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it("does not stall on a kink that no axis goes down", async () => {
    const { x } = await search((x, y) => 5 * Math.abs(x - y) + Math.abs(x + y - 0.9));
    expect(Math.hypot(x[0] - 0.45, x[1] - 0.45)).toBeLessThanOrEqual(0.02);
  });

  it("finds corners and points on an edge", async () => {
    expect((await search((x, y) => x - y)).x).toEqual([0, 1]);
    const { x } = await search((x, y) => (x - 0.37) ** 2 - y);
    expect(Math.abs(x[0] - 0.37)).toBeLessThanOrEqual(2e-3);
    expect(x[1]).toBe(1);
  });

  it("finds the bottom of a bowl in three dimensions", async () => {
    const { x } = await search((x, y, z) => (x - 0.21) ** 2 + (y - 0.62) ** 2 + (z - 0.93) ** 2);
    expect(Math.hypot(x[0] - 0.21, x[1] - 0.62, x[2] - 0.93)).toBeLessThanOrEqual(5e-3);
  });
});

describe("every search", () => {
  it("stays in the cube and in its budget, repeats nothing, and returns the best it saw", async () => {
    const one = (x: number) => Math.sin(40 * x);
    const two = (x: number, y: number) => Math.sin(20 * x) + Math.cos(17 * y * x);
    for (const f of [one, two] as F[]) {
      for (const evaluations of [8, 15, 60]) {
        const { value, seen } = await search(f, { evaluations });
        expect(seen.length).toBeLessThanOrEqual(evaluations);
        expect(new Set(seen.map(String)).size).toBe(seen.length);
        expect(seen.flat().every((x) => x >= 0 && x <= 1)).toBe(true);
        expect(value).toBe(Math.min(...seen.map((x) => f(...x))));
      }
    }
  });
});
