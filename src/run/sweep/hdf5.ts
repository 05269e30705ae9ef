import { columnsOf, rowCells } from "../csv";
import { inMemory } from "../hdf5";
import { openFolder } from "../open-folder";
import type { SweepPlan } from "./plan";
import type { PointStore } from "./point-store";
import type { Points } from "./points";
import { keyCell, resultsOf } from "./table";

export const HDF5 = "table.h5";

/** Columns of numbers in a table of rows; the others are texts, empty where there is nothing. */
const NUMBERS = ["time", "time_prime", "sample", "standard_error", "error", "deviation", "p_value"];

/**
 * Writes table.h5: a data set for each column of table.csv, all of the same length. Numbers are doubles, NaN where there is
 * nothing; a column that has a word ("never", a phase) is one of texts.
 */
export async function writeHdf5(
  folder: string,
  { verb }: Pick<SweepPlan, "verb">,
  points: Points,
  store: Pick<PointStore, "get" | "statusOf">,
): Promise<void> {
  const rowColumns = columnsOf(verb === "compare");
  const names = [...points.keys, ...rowColumns];
  const columns = names.map((): string[] => []);
  for await (const { point, result } of resultsOf(points, store, "done")) {
    const values = points.valuesOf(point).map(keyCell);
    for (const row of result.rows) {
      for (const [k, cell] of [...values, ...rowCells(row, rowColumns)].entries()) columns[k].push(cell);
    }
  }
  const bytes = await inMemory(async ({ File, FS }, path) => {
    const file = new File(path, "w");
    for (const [k, name] of names.entries()) {
      const data = asNumbers(columns[k], NUMBERS.includes(name)) ?? columns[k];
      file.create_dataset({ name, data, shape: [data.length] });
    }
    file.close();
    return FS.readFile(path) as Uint8Array;
  });
  await (await openFolder(folder, "folder")).write(HDF5, bytes);
}

/** The texts as numbers; undefined where one is none, or all are empty. @param isNumber whether they are numbers at any rate */
function asNumbers(texts: readonly string[], isNumber: boolean): Float64Array | undefined {
  const numbers = Float64Array.from(texts, (text) =>
    text === ""
      ? Number.NaN
      : text === "infinity"
        ? Infinity
        : text === "-infinity"
          ? -Infinity
          : Number(text),
  );
  const isPlain = texts.every((text, k) => text === "" || !Number.isNaN(numbers[k]));
  return isPlain && (isNumber || texts.some((text) => text !== "")) ? numbers : undefined;
}
