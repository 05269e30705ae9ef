import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TwoTimeSweep, twoTimeSweep } from "../../src/kernels/two-time-sweep";
import { createStreams } from "../../src/numerics/streams";

/** Every implementation of the interface; all must pass. */
const LAYERS: readonly [string, TwoTimeSweep][] = [["plain TypeScript", twoTimeSweep]];
/** Rounding of a sum, relative to the sum of the magnitudes of its terms. */
const TOLERANCE = 1e-13;

interface Inputs {
  readonly correlation: Float64Array;
  readonly response: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** Normal entries in packed triangles of unit diagonal. */
function sampleInputs(rows: number, sample: number): Inputs {
  const streams = createStreams(20261122);
  const normals = (length: number, block: number) => {
    const values = new Float64Array(length);
    streams.stream("data", sample, block).fillNormal(values);
    return values;
  };
  const triangle = (block: number) => {
    const packed = normals((rows * (rows + 1)) / 2, block);
    for (let k = 0, diagonal = 0; k < rows; k++, diagonal += k + 1) packed[diagonal] = 1;
    return packed;
  };
  return { correlation: triangle(0), response: triangle(1), a: normals(rows, 2), b: normals(rows, 3) };
}

/** The three sums over full square matrices: C symmetric, R zero above its diagonal. */
function byDefinition({ correlation, response, a, b }: Inputs) {
  const rows = a.length;
  const entry = (packed: Float64Array, i: number, j: number) => packed[(i * (i + 1)) / 2 + j];
  const C = (i: number, j: number) => (i >= j ? entry(correlation, i, j) : entry(correlation, j, i));
  const R = (i: number, j: number) => (i >= j ? entry(response, i, j) : 0);
  const column = (term: (k: number, j: number) => number) =>
    Array.from({ length: rows }, (_, j) => {
      let [sum, scale] = [0, 0];
      for (let k = 0; k < rows; k++) {
        sum += term(k, j);
        scale += Math.abs(term(k, j));
      }
      return { sum, scale };
    });
  return {
    memory: column((k, j) => a[k] * C(k, j)),
    forcing: column((k, j) => b[k] * R(j, k)),
    delayed: column((k, j) => a[k] * R(k, j)),
  };
}

/** Sweeps the ranges between the cuts; the vectors hold rubbish at first, as they do from the row before. */
function swept(sweep: TwoTimeSweep, { correlation, response, a, b }: Inputs, cuts: readonly number[]) {
  const rows = a.length;
  const [memory, forcing, delayed] = [1e3, 2e3, 3e3].map((rubbish) => new Float64Array(rows).fill(rubbish));
  const ends = [0, ...[...cuts].sort((x, y) => x - y), rows];
  for (let piece = 1; piece < ends.length; piece++) {
    sweep(ends[piece - 1], ends[piece], correlation, response, a, b, memory, forcing, delayed);
  }
  return { memory, forcing, delayed };
}

/** The largest error of the three sums, in units of Σ|a||b|. */
function largestError(sweep: TwoTimeSweep, inputs: Inputs, cuts: readonly number[]): number {
  const found = swept(sweep, inputs, cuts);
  const expected = byDefinition(inputs);
  const errors = (["memory", "forcing", "delayed"] as const).flatMap((name) =>
    expected[name].map(({ sum, scale }, j) => Math.abs(found[name][j] - sum) / scale),
  );
  return Math.max(0, ...errors);
}

describe.each(LAYERS)("two-time sweep, %s", (_name, sweep) => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 64, 101])(
    "equals the double sums for %i rows",
    (rows) => {
      expect(largestError(sweep, sampleInputs(rows, rows), [])).toBeLessThan(TOLERANCE);
    },
  );

  it("equals the double sums in any consecutive ranges", () => {
    const cases = fc.integer({ min: 1, max: 40 }).chain((rows) =>
      fc.record({
        rows: fc.constant(rows),
        sample: fc.nat(1000),
        cuts: fc.array(fc.nat(rows), { maxLength: 6 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ rows, sample, cuts }) => {
        expect(largestError(sweep, sampleInputs(rows, sample), cuts)).toBeLessThan(TOLERANCE);
      }),
      { numRuns: 300 },
    );
  });

  it("starts at a later row when the older coefficients are zero", () => {
    const inputs = sampleInputs(23, 1);
    const oldest = 9;
    inputs.a.fill(0, 0, oldest);
    inputs.b.fill(0, 0, oldest);
    const { correlation, response, a, b } = inputs;
    const [memory, forcing, delayed] = Array.from({ length: 3 }, () => new Float64Array(23));
    sweep(oldest, 23, correlation, response, a, b, memory, forcing, delayed);
    const whole = swept(sweep, inputs, []);
    for (let j = 0; j < 23; j++) {
      expect(memory[j]).toBeCloseTo(whole.memory[j], 12);
      expect(delayed[j]).toBeCloseTo(whole.delayed[j], 12);
      expect(forcing[j]).toBeCloseTo(whole.forcing[j], 12);
    }
  });

  it("reads rows beyond the range not at all", () => {
    const inputs = sampleInputs(12, 2);
    const short = 7;
    inputs.correlation.fill(Number.NaN, (short * (short + 1)) / 2);
    inputs.response.fill(Number.NaN, (short * (short + 1)) / 2);
    const { a, b, correlation, response } = inputs;
    const sums = Array.from({ length: 3 }, () => new Float64Array(12).fill(-5));
    sweep(0, short, correlation, response, a, b, sums[0], sums[1], sums[2]);
    for (const sum of sums) {
      expect(sum.subarray(0, short).every(Number.isFinite)).toBe(true);
      expect(sum.subarray(short).every((x) => x === -5)).toBe(true);
    }
  });
});
