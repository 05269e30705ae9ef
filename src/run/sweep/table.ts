import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { format } from "fast-csv";
import { inOneLine } from "../../core/errors";
import { columnsOf, rowCells } from "../csv";
import type { PointResult } from "./engine";
import type { SweepPlan } from "./plan";
import { fieldsFileOf } from "./point-fields";
import type { PointStore } from "./point-store";
import type { Points } from "./points";

export const TABLE = "table.csv";
export const FAILURES = "failures.csv";
const FIELDS_INDEX = "fields.csv";

/** How far a sweep is. */
export interface Counts {
  readonly total: number;
  readonly done: number;
  readonly failed: number;
}

/** How many points of a plan a store has. */
export function countsOf({ hashes }: Points, { statusOf }: Pick<PointStore, "statusOf">): Counts {
  const count = (status: PointResult["status"]) => hashes.filter((hash) => statusOf(hash) === status).length;
  return { total: hashes.length, done: count("done"), failed: count("failed") };
}

/**
 * Gathers what a store has of the points of a plan: table.csv with the rows of those that are done, failures.csv with
 * those that failed, both in the order of the plan, whole or not at all, and one point at a time in memory; fields.csv with the files
 * of two-time functions, where they are asked for.
 */
export async function writeTables(
  folder: string,
  plan: Pick<SweepPlan, "verb">,
  points: Points,
  store: Pick<PointStore, "get" | "statusOf">,
): Promise<Counts> {
  let [done, failed] = [0, 0];
  const columns = columnsOf(plan.verb === "compare");
  await writeCsv(join(folder, TABLE), [...points.keys, ...columns], async (line) => {
    for await (const { point, result } of resultsOf(points, store, "done")) {
      done++;
      const values = points.valuesOf(point).map(keyCell);
      for (const row of result.rows) await line([...values, ...rowCells(row, columns)]);
    }
  });
  await writeCsv(join(folder, FAILURES), ["point", ...points.keys, "message"], async (line) => {
    for await (const { point, result } of resultsOf(points, store, "failed")) {
      failed++;
      await line([String(point), ...points.valuesOf(point).map(keyCell), inOneLine(result.message ?? "")]);
    }
  });
  if (points.keepFields) await writeFieldsIndex(folder, points, store);
  return { total: points.size, done, failed };
}

/** Which file has the two-time functions of which point. */
async function writeFieldsIndex(
  folder: string,
  points: Points,
  { statusOf }: Pick<PointStore, "statusOf">,
): Promise<void> {
  await writeCsv(join(folder, FIELDS_INDEX), ["point", ...points.keys, "file"], async (line) => {
    for (const [point, hash] of points.hashes.entries()) {
      const file = statusOf(hash) === "done" ? fieldsFileOf(folder, hash) : undefined;
      if (file) await line([String(point), ...points.valuesOf(point).map(keyCell), file]);
    }
  });
}

/** The results with a status, in the order of the plan. */
export async function* resultsOf(
  points: Points,
  store: Pick<PointStore, "get" | "statusOf">,
  status: PointResult["status"],
): AsyncGenerator<{ readonly point: number; readonly result: PointResult }> {
  for (const [point, hash] of points.hashes.entries()) {
    if (store.statusOf(hash) !== status) continue;
    const result = await store.get(hash);
    if (result) yield { point, result };
  }
}

/** The value of a varied key in a table: a number or a text as it is, anything else as JSON. */
export const keyCell = (value: unknown): string =>
  typeof value === "string" ? value : Object.is(value, -0) ? "-0" : JSON.stringify(value);

/** Writes a CSV file line by line, whole or not at all. */
async function writeCsv(
  path: string,
  header: readonly string[],
  fill: (line: (cells: readonly string[]) => Promise<void>) => Promise<void>,
): Promise<void> {
  const unfinished = `${path}.unfinished-${randomUUID()}`;
  const file = createWriteStream(unfinished);
  const csv = format<string[], string[]>({ includeEndRowDelimiter: true });
  const ended = finished(csv.pipe(file));
  // Told when it is awaited; until then it is no rejection that nobody hears.
  ended.catch(() => {});
  const line = async (cells: readonly string[]) => {
    if (csv.write(cells)) return;
    await Promise.race([new Promise((resolve) => csv.once("drain", resolve)), ended]);
  };
  try {
    await line(header);
    await fill(line);
    csv.end();
    await ended;
    const handle = await open(unfinished, "r+");
    await handle.sync().finally(() => handle.close());
    await rename(unfinished, path);
  } catch (error) {
    csv.destroy();
    file.destroy();
    await rm(unfinished, { force: true });
    throw error;
  }
}
