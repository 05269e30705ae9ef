import { type History, rowStart } from "./history";
import { ofLatest, type Row, type RowVectors } from "./vectors";

/** Rows younger than this (in steps since the start or a kink) have too little past to extrapolate from. */
export const YOUNG = 8;

/** Columns next to the diagonal, in which some of the four rows before do not reach. */
const YOUNGEST_COLUMNS = 3;

/**
 * Fills row i of C and R, and the overlap, with a guess from the rows before, of fourth order but in young rows; `age` is the
 * number of steps since the last kink, `h` the length of the step.
 */
export type Predictor = (i: number, age: number, h: number) => void;

export function createPredictor(history: History, { row }: RowVectors): Predictor {
  const { kernels } = history.workspace;
  const { overlap } = history;

  /** Predicts C or R: from the triangle of all rows, the vector of a row and its slope. */
  function predictor(
    triangle: Float64Array,
    vectorOf: (row: Row) => Float64Array,
    slopeOf: (row: Row) => Float64Array,
  ): Predictor {
    const vectors = ofLatest((i) => ({
      base: vectorOf(row(i - 1)),
      slopes: [slopeOf(row(i - 1)), slopeOf(row(i - 2)), slopeOf(row(i - 3)), slopeOf(row(i - 4))] as const,
      out: vectorOf(row(i)),
    }));
    return (i, age, h) => {
      const { base, slopes, out } = vectors(i);
      if (age < YOUNG) {
        const [slope] = slopes;
        for (let j = 0; j < i; j++) out[j] = base[j] + h * slope[j];
      } else {
        const old = i - YOUNGEST_COLUMNS;
        kernels.predictRow(old, h, vectors(i)); // (T.6)
        alongDiagonals(triangle, i, old, out);
      }
      out[i] = 1;
    };
  }

  const predictCorrelation = predictor(
    history.correlation,
    (r) => r.correlation,
    (r) => r.slope.correlation,
  );
  const predictResponse = predictor(
    history.response,
    (r) => r.response,
    (r) => r.slope.response,
  );

  return (i, age, h) => {
    predictCorrelation(i, age, h);
    predictResponse(i, age, h);
    const [f1, f2, f3, f4] = [1, 2, 3, 4].map((back) => row(i - back).slope.overlap);
    const slope = age < YOUNG ? f1 : 0.5 * (5 * f1 - 6 * f2 + 4 * f3 - f4); // (T.6)
    overlap[i] = overlap[i - 1] + h * slope;
  };
}

/** Columns `from` ≤ j < i of row i, each by a cubic through the four entries before it on its diagonal (T.7). */
function alongDiagonals(triangle: Float64Array, i: number, from: number, out: Float64Array): void {
  const [last1, last2, last3, last4] = [1, 2, 3, 4].map((back) => rowStart(i - back));
  for (let j = from; j < i; j++) {
    out[j] =
      4 * (triangle[last1 + j - 1] + triangle[last3 + j - 3]) -
      6 * triangle[last2 + j - 2] -
      triangle[last4 + j - 4];
  }
}
