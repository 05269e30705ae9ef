import { type Covariance, channels as channelsOf } from "../../models/covariance";
import { type History, rowStart } from "./history";

/** Rows that are kept with their slopes, for the predictor; a power of two. */
const LATEST = 4;
/** Vectors of one of them, and those along the row being solved. */
const VECTORS_OF_ROW = 4;
const VECTORS_ALONG = 9;

/** One of the latest rows of C and R, with its diagonal, and its slopes in the grid variable y. */
export interface Row {
  readonly correlation: Float64Array;
  readonly response: Float64Array;
  readonly slope: { readonly correlation: Float64Array; readonly response: Float64Array; overlap: number };
}

/** What the kernels read and write along a row, in the workspace of the history. */
export interface RowVectors {
  /** Row i, one of the latest four. */
  readonly row: (i: number) => Row;
  /** Weights ds of a node: inside an integral, of one that ends there, of one that starts there. */
  readonly inner: Float64Array;
  readonly ending: Float64Array;
  readonly starting: Float64Array;
  /** Q′(C) and Q″(C) along the row being solved. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** The right-hand sides of C and R without the decay. */
  readonly rightSides: { readonly correlation: Float64Array; readonly response: Float64Array };
  /** For what is needed for a moment, and for comparisons. */
  readonly scratch: Float64Array;
  readonly zeros: Float64Array;
  /** Coefficients of Q′, of Q″ and of Q_k′ of every channel. */
  readonly coefficients: {
    readonly first: Float64Array;
    readonly second: Float64Array;
    readonly channels: readonly Float64Array[];
  };
}

/** Lengths of the vectors of {@link createRowVectors}. */
export function rowRoom(covariance: Covariance, size: number): number[] {
  const parts = channelsOf(covariance).map((channel) => channel.firstCoefficients);
  const polynomials = [covariance.firstCoefficients, covariance.secondCoefficients, ...parts];
  const along = Array(LATEST * VECTORS_OF_ROW + VECTORS_ALONG).fill(size);
  return [...along, ...polynomials.map(({ length }) => length)];
}

export function createRowVectors(covariance: Covariance, { grid, workspace }: History): RowVectors {
  const vector = () => workspace.float64(grid.size);
  /** A copy where the kernels can read it. */
  const copy = (values: Float64Array) => {
    const view = workspace.float64(values.length);
    view.set(values);
    return view;
  };
  return {
    row: ofLatest(() => ({
      correlation: vector(),
      response: vector(),
      slope: { correlation: vector(), response: vector(), overlap: 0 },
    })),
    inner: copy(grid.inner),
    ending: copy(grid.ending),
    starting: copy(grid.starting),
    first: vector(),
    second: vector(),
    rightSides: { correlation: vector(), response: vector() },
    scratch: vector(),
    zeros: vector(),
    coefficients: {
      first: copy(covariance.firstCoefficients),
      second: copy(covariance.secondCoefficients),
      channels: channelsOf(covariance).map((channel) => copy(channel.firstCoefficients)),
    },
  };
}

/**
 * The latest four rows stand in a ring, row i at i mod 4. What is made of their vectors, such as the records that the kernels
 * take, is made once for each place, by `make` of a row that stands there.
 */
export function ofLatest<T>(make: (i: number) => T): (i: number) => T {
  const made = Array.from({ length: LATEST }, (_, i) => make(i));
  return (i) => made[i & (LATEST - 1)];
}

/** Puts row i where it stays. */
export function storeRow({ correlation, response }: History, { row }: RowVectors, i: number): void {
  correlation.set(row(i).correlation.subarray(0, i + 1), rowStart(i));
  response.set(row(i).response.subarray(0, i + 1), rowStart(i));
}
