import fc from "fast-check";
import { float64Bytes, type Workspace } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

/** Rounding of a sum, relative to the sum of the magnitudes of its terms. */
const TOLERANCE = 1e-13;

interface Inputs {
  readonly correlation: number[];
  readonly response: number[];
  readonly kernel: number[];
  readonly source: number[];
}

/** Entries in packed triangles of unit diagonal. */
function sampleInputs(rows: number, sample: number): Inputs {
  const triangle = (seed: number) => {
    const packed = numbers((rows * (rows + 1)) / 2, seed);
    for (let k = 0, diagonal = 0; k < rows; k++, diagonal += k + 1) packed[diagonal] = 1;
    return packed;
  };
  const seed = 4 * sample;
  return {
    correlation: triangle(seed),
    response: triangle(seed + 1),
    kernel: numbers(rows, seed + 2),
    source: numbers(rows, seed + 3),
  };
}

/** The three sums over full square matrices: C symmetric, R zero above its diagonal. */
function byDefinition({ correlation, response, kernel, source }: Inputs) {
  const rows = kernel.length;
  const entry = (packed: number[], i: number, j: number) => packed[(i * (i + 1)) / 2 + j];
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
    correlation: column((k, j) => kernel[k] * C(k, j)),
    forcing: column((k, j) => source[k] * R(j, k)),
    response: column((k, j) => kernel[k] * R(k, j)),
  };
}

const NAMES = ["correlation", "forcing", "response"] as const;

/** The inputs in a workspace; the vectors of the sums hold rubbish at first, as they do from the row before. */
function load(make: Make, inputs: Inputs) {
  const rows = inputs.kernel.length;
  const packed = inputs.correlation.length;
  const workspace: Workspace = make(float64Bytes(packed, packed, rows, rows, rows, rows, rows));
  const put = (values: number[]) => {
    const view = workspace.float64(values.length);
    view.set(values);
    return view;
  };
  const triangles = { correlation: put(inputs.correlation), response: put(inputs.response) };
  const coefficients = { kernel: put(inputs.kernel), source: put(inputs.source) };
  const [correlation, forcing, response] = [inputs.kernel, inputs.source, inputs.source].map(put);
  const sums = { correlation, forcing, response };
  const sweep = (from: number, to: number) =>
    workspace.kernels.sweepTwoTime(from, to, triangles, coefficients, sums);
  return { sums, sweep };
}

function demandSums(make: Make, inputs: Inputs, cuts: readonly number[], from = 0): void {
  const { sums, sweep } = load(make, inputs);
  if (from > 0) for (const name of NAMES) sums[name].fill(0, 0, from);
  const ends = [from, ...[...cuts].sort((x, y) => x - y), inputs.kernel.length];
  for (let piece = 1; piece < ends.length; piece++) sweep(ends[piece - 1], ends[piece]);
  const expected = byDefinition(inputs);
  for (const name of NAMES) {
    for (const [j, { sum, scale }] of expected[name].entries()) {
      const error = Math.abs(sums[name][j] - sum);
      demand(error <= TOLERANCE * scale, () => `${name}[${j}] is ${sums[name][j]}, not ${sum}`);
    }
  }
}

export const checks: readonly Check[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 64, 101].map((rows) => ({
    name: `two-time sweep of ${rows} rows equals the double sums`,
    run: (make: Make) => demandSums(make, sampleInputs(rows, rows), []),
  })),
  {
    name: "two-time sweep equals the double sums in any consecutive ranges",
    run(make) {
      const cases = fc.integer({ min: 1, max: 40 }).chain((rows) =>
        fc.record({
          rows: fc.constant(rows),
          sample: fc.nat(1000),
          cuts: fc.array(fc.nat(rows), { maxLength: 6 }),
        }),
      );
      const property = fc.property(cases, ({ rows, sample, cuts }) =>
        demandSums(make, sampleInputs(rows, sample), cuts),
      );
      fc.assert(property, { numRuns: 100 });
    },
  },
  {
    name: "two-time sweep starts at a later row when the older coefficients are zero",
    run(make) {
      const inputs = sampleInputs(23, 1);
      inputs.kernel.fill(0, 0, 9);
      inputs.source.fill(0, 0, 9);
      const { sums, sweep } = load(make, inputs);
      for (const name of NAMES) sums[name].fill(0);
      sweep(9, 23);
      const expected = byDefinition(inputs);
      for (const name of NAMES) {
        for (const [j, { sum, scale }] of expected[name].entries()) {
          const close = Math.abs(sums[name][j] - sum) <= TOLERANCE * Math.max(scale, 1);
          demand(close, () => `${name}[${j}] is ${sums[name][j]}, not ${sum}`);
        }
      }
    },
  },
  {
    name: "two-time sweep reads and writes nothing beyond its rows",
    run(make) {
      const inputs = sampleInputs(12, 2);
      const short = 7;
      const beyond = (short * (short + 1)) / 2;
      inputs.correlation.fill(Number.NaN, beyond);
      inputs.response.fill(Number.NaN, beyond);
      const { sums, sweep } = load(make, inputs);
      for (const name of NAMES) sums[name].fill(-5);
      sweep(0, short);
      for (const name of NAMES) {
        demand(sums[name].subarray(0, short).every(Number.isFinite), () => `${name} has read beyond`);
        demand(
          sums[name].subarray(short).every((x) => x === -5),
          () => `${name} was written beyond`,
        );
      }
    },
  },
  {
    name: "two-time sweep passes a NaN on",
    run(make) {
      const inputs = sampleInputs(21, 3);
      inputs.correlation[(17 * 18) / 2 + 5] = Number.NaN;
      const { sums, sweep } = load(make, inputs);
      sweep(0, 21);
      demand(
        Number.isNaN(sums.correlation[5]) && Number.isNaN(sums.correlation[17]),
        () => "the NaN was lost",
      );
      demand(!Number.isNaN(sums.correlation[6]), () => "the NaN spread to another column");
    },
  },
];
