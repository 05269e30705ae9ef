import { float64Bytes, type Kernels, type Workspace } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

/** Rounding of a sum, relative to the sum of the magnitudes of its terms. */
const TOLERANCE = 1e-13;
const COUNTS = [0, 1, 2, 3, 4, 5, 8, 17];
/** Columns beyond the last one, which must stay as they are. */
const BEYOND = 3;
const UNTOUCHED = -5;

/** Numbers of one column: those of the vectors, and what is to come out of them, as terms of a sum. */
type Column = (v: readonly number[]) => readonly number[];

/** A kernel that makes vectors out of vectors, column by column. */
interface Loop {
  readonly name: string;
  /** Vectors that it reads. */
  readonly inputs: number;
  run(kernels: Kernels, count: number, v: readonly Float64Array[], out: readonly Float64Array[]): void;
  readonly expected: readonly Column[];
}

/** A kernel that adds up one number over the columns. */
interface Sum {
  readonly name: string;
  readonly inputs: number;
  run(kernels: Kernels, count: number, v: readonly Float64Array[]): number;
  readonly term: (v: readonly number[]) => number;
}

const LOOPS: readonly Loop[] = [
  {
    name: "predictRow",
    inputs: 5,
    run: (k, count, [base, a, b, c, d], [out]) =>
      k.predictRow(count, 0.4, { base, slopes: [a, b, c, d], out }),
    expected: [([base, a, b, c, d]) => [base, a, -1.2 * b, 0.8 * c, -0.2 * d]],
  },
  {
    name: "stepRow",
    inputs: 3,
    run: (k, count, [base, before, now], [out]) => k.stepRow(count, 0.9, 0.3, { base, before, now, out }),
    expected: [([base, before, now]) => [0.9 * base, 0.27 * before, 0.27 * now]],
  },
  {
    name: "slopeOfRow",
    inputs: 2,
    run: (k, count, [rightSide, row], [out]) => k.slopeOfRow(count, 1.7, { rightSide, row, out }),
    expected: [([rightSide, row]) => [rightSide, -1.7 * row]],
  },
  {
    name: "rightSideOfCorrelation",
    inputs: 5,
    run: (k, count, [memory, forcing, starting, first, overlap], [out]) =>
      k.rightSideOfCorrelation(count, 1.5, 0.4, { memory, forcing, starting, first, overlap, out }),
    expected: [
      ([memory, forcing, starting, first, overlap]) => [
        1.5 * memory,
        1.5 * forcing,
        -1.5 * starting * first,
        0.6 * overlap,
      ],
    ],
  },
  {
    name: "rightSideOfResponse",
    inputs: 4,
    run: (k, count, [memory, ending, second, response], [out]) =>
      k.rightSideOfResponse(count, 1.5, { memory, ending, second, response, out }),
    expected: [([memory, ending, second, response]) => [1.5 * memory, -1.5 * ending * second * response]],
  },
  {
    name: "memoryCoefficients",
    inputs: 4,
    run: (k, count, [weight, first, second, response], [kernel, source]) =>
      k.memoryCoefficients(count, { weight, first, second, response, kernel, source }),
    expected: [
      ([weight, , second, response]) => [weight * second * response],
      ([weight, first]) => [weight * first],
    ],
  },
];

const SUMS: readonly Sum[] = [
  {
    name: "multiplierIntegral",
    inputs: 5,
    run: (k, count, [weight, response, first, second, correlation]) =>
      k.multiplierIntegral(count, { weight, response, first, second, correlation }),
    term: ([weight, response, first, second, c]) => weight * response * (first + second * c),
  },
  {
    name: "weightedProduct",
    inputs: 3,
    run: (k, count, [weight, a, b]) => k.weightedProduct(count, { weight, a, b }),
    term: ([weight, a, b]) => weight * a * b,
  },
];

/** Vectors of a workspace of their own: some with numbers in them, some that nobody has touched. */
function vectors(make: Make, length: number, filled: number, untouched: number) {
  const workspace: Workspace = make(float64Bytes(...Array(filled + untouched).fill(length)));
  const inputs = Array.from({ length: filled }, (_, k) => {
    const view = workspace.float64(length);
    view.set(numbers(length, k));
    return view;
  });
  const out = Array.from({ length: untouched }, () => workspace.float64(length).fill(UNTOUCHED));
  return { kernels: workspace.kernels, inputs, out };
}

const column = (views: readonly Float64Array[], j: number) => views.map((view) => view[j]);
const total = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);

function demandLoop(make: Make, loop: Loop, count: number): void {
  const { kernels, inputs, out } = vectors(make, count + BEYOND, loop.inputs, loop.expected.length);
  loop.run(kernels, count, inputs, out);
  for (const [k, expected] of loop.expected.entries()) {
    for (let j = 0; j < count; j++) {
      const terms = expected(column(inputs, j));
      const close = Math.abs(out[k][j] - total(terms)) <= TOLERANCE * total(terms.map(Math.abs));
      demand(close, () => `${loop.name}: column ${j} of ${count} is ${out[k][j]}, not ${total(terms)}`);
    }
    const beyond = out[k].subarray(count);
    demand(
      beyond.every((x) => x === UNTOUCHED),
      () => `${loop.name} of ${count} was written beyond`,
    );
  }
}

function demandSum(make: Make, sum: Sum, count: number): void {
  const { kernels, inputs } = vectors(make, count + BEYOND, sum.inputs, 0);
  const terms = Array.from({ length: count }, (_, j) => sum.term(column(inputs, j)));
  const found = sum.run(kernels, count, inputs);
  const close = Math.abs(found - total(terms)) <= TOLERANCE * Math.max(1, total(terms.map(Math.abs)));
  demand(close, () => `${sum.name} of ${count} is ${found}, not ${total(terms)}`);
}

function demandPolynomial(make: Make, degree: number, count: number): void {
  const { kernels, inputs, out } = vectors(make, Math.max(count, degree + 1) + BEYOND, 2, 1);
  const [coefficients, x] = inputs;
  kernels.polynomial(count, degree, coefficients, x, out[0]);
  for (let j = 0; j < count; j++) {
    const terms = Array.from({ length: degree + 1 }, (_, k) => coefficients[k] * x[j] ** k);
    const close = Math.abs(out[0][j] - total(terms)) <= TOLERANCE * total(terms.map(Math.abs));
    demand(close, () => `polynomial of degree ${degree}: column ${j} is ${out[0][j]}, not ${total(terms)}`);
  }
  demand(out[0][count] === UNTOUCHED, () => `polynomial of ${count} numbers was written beyond`);
  kernels.polynomial(count, degree, coefficients, x, x);
  demand(
    x.subarray(0, count).every((value, j) => value === out[0][j]),
    () => "polynomial in place is another one",
  );
}

function demandLargest(make: Make, count: number): void {
  const { kernels, inputs } = vectors(make, count + BEYOND, 2, 0);
  const [a, b] = inputs;
  // What stands beyond would be the largest.
  a.fill(100, count);
  for (let j = 0; j < count; j++) {
    a[j] = j % 2 === 0 ? 7 : -7;
    const found = kernels.largestDifference(count, a, b);
    const most = Math.max(...Array.from({ length: count }, (_, k) => Math.abs(a[k] - b[k])));
    demand(found === most, () => `largestDifference of ${count} is ${found}, not ${most}`);
  }
  for (let j = 0; j < count; j++) {
    const kept = b[j];
    b[j] = Number.NaN;
    const found = kernels.largestDifference(count, a, b);
    demand(Number.isNaN(found), () => `largestDifference of ${count} lost the NaN of column ${j}`);
    b[j] = kept;
  }
  demand(kernels.largestDifference(0, a, b) === 0, () => "the largest of no differences is not 0");
}

/** A NaN in one column comes out of that one alone, and of every sum. */
function demandNaN(make: Make): void {
  const [count, at] = [9, 4];
  for (const loop of LOOPS) {
    const { kernels, inputs, out } = vectors(make, count, loop.inputs, loop.expected.length);
    for (const view of inputs) view[at] = Number.NaN;
    loop.run(kernels, count, inputs, out);
    for (const view of out) {
      demand(
        view.every((x, j) => Number.isNaN(x) === (j === at)),
        () => `${loop.name} lost or spread the NaN`,
      );
    }
  }
  for (const sum of SUMS) {
    const { kernels, inputs } = vectors(make, count, sum.inputs, 0);
    inputs[0][at] = Number.NaN;
    demand(Number.isNaN(sum.run(kernels, count, inputs)), () => `${sum.name} lost the NaN`);
  }
}

const forCounts = (demandOne: (make: Make, count: number) => void) => (make: Make) => {
  for (const count of COUNTS) demandOne(make, count);
};

export const checks: readonly Check[] = [
  ...LOOPS.map((loop) => ({
    name: `${loop.name} is its formula in every column`,
    run: forCounts((make, count) => demandLoop(make, loop, count)),
  })),
  ...SUMS.map((sum) => ({
    name: `${sum.name} is the sum over the columns`,
    run: forCounts((make, count) => demandSum(make, sum, count)),
  })),
  ...[0, 1, 2, 3, 7].map((degree) => ({
    name: `polynomial of degree ${degree} is the sum of its powers, also in place`,
    run: forCounts((make, count) => demandPolynomial(make, degree, count)),
  })),
  {
    name: "largestDifference is the largest, or NaN where one number is",
    run: forCounts(demandLargest),
  },
  { name: "the loops along a row pass a NaN on", run: demandNaN },
];
