/** Numbers under a figure, as printed; "–" stands where there is none. */
export interface FigureTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

type Cell = string | number | null;

/** A value with its standard error; null where there is none. */
export interface Measured {
  readonly mean: number | null;
  readonly standardError: number | null;
}

/**
 * A column: its name, what it holds of a row, and to how many digits after the point. A value with its standard error fills
 * two, the second of which is named "SE".
 */
type Column<Row> =
  | readonly [name: string, of: (row: Row, k: number) => Cell, digits?: number]
  | readonly [name: readonly [string, "SE"], of: (row: Row, k: number) => Measured, digits: number];

/** A table with a row for each of `rows`. */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): FigureTable {
  return {
    columns: columns.flatMap(([name]) => name),
    rows: rows.map((row, k) =>
      columns.flatMap(([, of, digits]) => {
        const value = of(row, k);
        const isMeasured = typeof value === "object" && value !== null;
        return (isMeasured ? [value.mean, value.standardError] : [value]).map((one) => cell(one, digits));
      }),
    ),
  };
}

function cell(value: Cell, digits: number | undefined): string | number {
  if (value === null) return "–";
  return typeof value === "number" && digits !== undefined ? Number(value.toFixed(digits)) : value;
}

/** A number in a sentence, to so many digits after the point; "–" where there is none. */
export const fixed = (value: number | null, digits: number): string =>
  value === null ? "–" : value.toFixed(digits).replace("-", "−");

/** A value with its standard error in a sentence: "1.20 ± 0.05"; without the error where it is not known. */
export const withError = (value: number, error: number, digits: number): string =>
  `${fixed(value, digits)}${Number.isFinite(error) ? ` ± ${fixed(error, digits)}` : ""}`;

/** A share with its standard error in per cent: "42 ± 8 %". */
export const percent = (share: number, error: number): string =>
  `${withError(100 * share, 100 * error, 0)} %`;

/** Smaller p-values are beyond what a bootstrap of 10⁴ resamples tells. */
const LEAST = 1e-3;

/** A p-value in print: two digits, and no more than the bootstrap can tell. */
export const probability = (pValue: number): string =>
  pValue < LEAST ? `< ${LEAST}` : pValue.toPrecision(2);
