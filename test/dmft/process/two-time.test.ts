import { describe, expect, it } from "vitest";
import { interpolateNodes, interpolatePair } from "../../../src/dmft/process/two-time";

const NODES = 6;
/** On and below the diagonal; NaN above, where nothing must be read. */
const tabulate = (f: (t: number, tPrime: number) => number) => (k: number, j: number) =>
  k < NODES && j <= k ? f(k, j) : Number.NaN;

describe("values between the nodes", () => {
  it("are exact for linear functions, up to the diagonal and the last node", () => {
    const linear = (t: number, tPrime: number) => 2 - 0.3 * t + 0.7 * tPrime;
    const values = tabulate(linear);
    for (let x = 0; x <= NODES - 1; x += 0.125) {
      for (let y = 0; y <= x; y += 0.125) {
        expect(interpolatePair(values, NODES - 1, x, y)).toBeCloseTo(linear(x, y), 13);
      }
    }
  });

  it("are of second order for smooth functions of the lag", () => {
    const smooth = (t: number, tPrime: number) => Math.exp(-0.1 * (t - tPrime)) * Math.cos(0.1 * tPrime);
    const values = tabulate(smooth);
    for (let x = 0; x <= NODES - 1; x += 0.3) {
      for (let y = 0; y <= x; y += 0.3) {
        expect(Math.abs(interpolatePair(values, NODES - 1, x, y) - smooth(x, y))).toBeLessThan(0.25 * 0.01);
      }
    }
  });

  it("bear rounding at the last node", () => {
    const values = tabulate((t) => t);
    expect(interpolatePair(values, NODES - 1, NODES - 1, NODES - 1 - 1e-15)).toBeCloseTo(NODES - 1, 12);
    expect(interpolateNodes(Float64Array.of(1, 2, 4), 2)).toBe(4);
    expect(interpolateNodes(Float64Array.of(1, 2, 4), 1.25)).toBe(2.5);
  });
});
