import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ComparisonRow } from "../comparison-rows";
import { columnsOf, rowCells } from "../csv";
import type { SweepPlan } from "./plan";
import type { PointStore } from "./point-store";
import type { Points } from "./points";
import { keyCell, resultsOf } from "./table";

export const PARQUET = "table.parquet";

type Type = "DOUBLE" | "STRING";
type Cell = number | string | null;

/** Rows in memory at once. */
const GROUP = 50_000;
const TEXTS = ["quantity", "index", "statistic"];

/**
 * Writes table.parquet: the columns of table.csv with types. A value that is a word ("never", a phase) is null in the
 * column `value` and stands in the column `word`; "infinity" is a number here.
 */
export async function writeParquet(
  folder: string,
  { verb }: Pick<SweepPlan, "verb">,
  points: Points,
  store: Pick<PointStore, "get" | "statusOf">,
): Promise<void> {
  const { fileWriter, ParquetWriter } = await import("hyparquet-writer");
  const rowColumns = columnsOf(verb === "compare");
  const keys = points.keys.map((name, k) => ({ name, type: typeOfKey(points, k) }));
  const columns: { readonly name: string; readonly type: Type }[] = [
    ...keys,
    ...rowColumns.map((name) => ({ name, type: TEXTS.includes(name) ? "STRING" : ("DOUBLE" as Type) })),
    { name: "word", type: "STRING" },
  ];
  const path = join(folder, PARQUET);
  const unfinished = `${path}.unfinished-${randomUUID()}`;
  try {
    const writer = new ParquetWriter({
      writer: fileWriter(unfinished),
      createdBy: "twotime",
      schema: [
        { name: "root", num_children: columns.length },
        ...columns.map(({ name, type }) => ({
          name,
          repetition_type: "OPTIONAL" as const,
          ...(type === "DOUBLE"
            ? { type }
            : { type: "BYTE_ARRAY" as const, converted_type: "UTF8" as const }),
        })),
      ],
    });
    let rows: Cell[][] = [];
    const write = async () => {
      const columnData = columns.map(({ name, type }, k) => ({
        name,
        type,
        data: rows.map((row) => row[k]),
      }));
      await writer.write({ columnData, rowGroupSize: GROUP });
      rows = [];
    };
    for await (const { point, result } of resultsOf(points, store, "done")) {
      const values = points
        .valuesOf(point)
        .map((value, k): Cell => (keys[k].type === "DOUBLE" ? (value as number) : keyCell(value)));
      for (const row of result.rows) {
        const cells = rowCells(row, rowColumns).map((text, k) => typed(text, columns[keys.length + k].type));
        rows.push([...values, ...cells, wordOf(row as ComparisonRow)]);
        if (rows.length === GROUP) await write();
      }
    }
    if (rows.length > 0) await write();
    await writer.finish();
    const handle = await open(unfinished, "r+");
    await handle.sync().finally(() => handle.close());
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

const typeOfKey = (points: Points, key: number): Type =>
  points.hashes.every((_, point) => typeof points.valuesOf(point)[key] === "number") ? "DOUBLE" : "STRING";

function typed(text: string, type: Type): Cell {
  if (text === "") return null;
  if (type === "STRING") return text;
  const value = text === "infinity" ? Infinity : text === "-infinity" ? -Infinity : Number(text);
  return Number.isNaN(value) ? null : value;
}

const wordOf = ({ value }: ComparisonRow): string | null =>
  typeof value === "string" && typed(value, "DOUBLE") === null ? value : null;
