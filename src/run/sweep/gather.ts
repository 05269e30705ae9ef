import { openFolder } from "../open-folder";
import { writeParquet } from "./parquet";
import type { SweepPlan } from "./plan";
import { drawPlots } from "./plots";
import { openPointStore, type PointStore } from "./point-store";
import { createPoints, type Points } from "./points";
import { readPlan } from "./sweep-folder";
import { type Counts, writeTables } from "./table";

/** What can be made of the points of a sweep. */
export const FORMATS = ["csv", "parquet"] as const;
export type Format = (typeof FORMATS)[number];

/** Gathers what a store has of a plan into the folder: both tables, the list of failures, and the plots. */
export async function gather(
  folder: string,
  plan: SweepPlan,
  points: Points,
  store: PointStore,
  formats: readonly Format[] = FORMATS,
): Promise<Counts> {
  const counts = await writeTables(folder, plan, points, store);
  if (formats.includes("parquet")) await writeParquet(folder, plan, points, store);
  const drawn = Object.entries(await drawPlots(plan, points, store));
  const files = drawn.length > 0 ? await openFolder(folder, "folder") : undefined;
  for (const [name, svg] of drawn) await files?.write(name, svg);
  return counts;
}

/** Gathers the points that the folder of a sweep has, also while others are being computed. @throws InvalidParameterError "folder" */
export async function exportSweep(folder: string, format: Format): Promise<Counts> {
  const plan = await readPlan(folder);
  const points = await createPoints(plan);
  const store = await openPointStore(folder);
  return gather(folder, plan, points, store, [format]).finally(store.close);
}
