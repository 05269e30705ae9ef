import { parseString, writeToString } from "fast-csv";
import type { Row } from "../systems/rows/row";
import type { ComparisonRow } from "./comparison-rows";

type AnyRow = Row | ComparisonRow;
type Key = keyof ComparisonRow;

/** Column names of the contract and the keys they hold, in order; the last ones only in comparisons. */
const COLUMNS: readonly (readonly [column: string, key: Key])[] = [
  ["quantity", "quantity"],
  ["time", "time"],
  ["time_prime", "timePrime"],
  ["index", "index"],
  ["sample", "sample"],
  ["statistic", "statistic"],
  ["value", "value"],
  ["standard_error", "standardError"],
  ["error", "error"],
];
const COMPARISON_COLUMNS: typeof COLUMNS = [
  ["theory", "theory"],
  ["simulation", "simulation"],
  ["deviation", "deviation"],
  ["p_value", "pValue"],
];
const KEYS = new Map<string, Key>([...COLUMNS, ...COMPARISON_COLUMNS]);
const TEXTS: readonly Key[] = ["quantity", "statistic"];
/** Numbers, or words in place of one. */
const WORDS: readonly Key[] = ["value", "theory", "simulation", "deviation"];

/**
 * Rows as CSV with the columns of the contract; a comparison has four more. Numbers are written so that reading
 * gives the same double; an index [0, 1] is written "0,1".
 */
export function rowsToCsv(rows: readonly AnyRow[]): Promise<string> {
  const columns = columnsOf(rows.some((row) => COMPARISON_COLUMNS.some(([, key]) => key in row)));
  const cells = rows.map((row) => rowCells(row, columns));
  return writeToString([columns, ...cells], { includeEndRowDelimiter: true });
}

/** The names of the columns of rows. */
export const columnsOf = (isComparison: boolean): string[] =>
  (isComparison ? [...COLUMNS, ...COMPARISON_COLUMNS] : COLUMNS).map(([column]) => column);

/** The cells of a row in some of the columns. */
export const rowCells = (row: AnyRow, columns: readonly string[]): string[] =>
  columns.map((column) => cell((row as ComparisonRow)[KEYS.get(column)!]));

/**
 * The rows of a CSV that {@link rowsToCsv} wrote; what looks like a number is one.
 * @throws Error where a row is not as it was written.
 */
export function rowsFromCsv(text: string): Promise<AnyRow[]> {
  return new Promise((resolve, reject) => {
    const rows: AnyRow[] = [];
    parseString(text, { headers: true, strictColumnHandling: true })
      .on("error", reject)
      .on("data-invalid", (_: unknown, number: number) => reject(wrongRow(number)))
      .on("data", (record: Record<string, string>) => {
        const entries = Object.entries(record).flatMap(([column, text]) => {
          const key = KEYS.get(column);
          return key === undefined || text === "" ? [] : [[key, value(key, text)]];
        });
        const row = Object.fromEntries(entries) as unknown as AnyRow;
        if (isRow(row)) rows.push(row);
        else reject(wrongRow(rows.length + 1));
      })
      .on("end", () => resolve(rows));
  });
}

const wrongRow = (number: number) => new Error(`row ${number} is not as it was written`);

/** Whether it names a quantity, and has numbers wherever only they belong. */
const isRow = (row: AnyRow) =>
  row.quantity !== undefined &&
  Object.entries(row).every(
    ([key, held]) =>
      TEXTS.includes(key as Key) || WORDS.includes(key as Key) || [held].flat().every(Number.isFinite),
  );

function cell(value: unknown): string {
  if (value === undefined) return "";
  return Object.is(value, -0) ? "-0" : String(value);
}

function value(key: Key, text: string): string | number | number[] {
  if (TEXTS.includes(key)) return text;
  if (key === "index") return text.split(",").map(Number);
  return Number.isNaN(Number(text)) ? text : Number(text);
}
