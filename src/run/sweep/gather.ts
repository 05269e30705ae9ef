import type { Options } from "../../core/options";
import { openFolder } from "../open-folder";
import { plotFiles } from "../png";
import { HDF5, writeHdf5 } from "./hdf5";
import { PARQUET, writeParquet } from "./parquet";
import type { SweepPlan } from "./plan";
import { drawPlots } from "./plots";
import { openPointStore, type PointStore } from "./point-store";
import { createPoints, type Points } from "./points";
import { readPlan } from "./sweep-folder";
import { type Counts, TABLE, writeTables } from "./table";

/** What can be made of the points of a sweep. */
export type Format = "csv" | "parquet" | "hdf5";
/** What is made at the end of a sweep. */
const USUAL: readonly Format[] = ["csv", "parquet"];

/** Gathers what a store has of a plan into the folder: both tables, the list of failures, and the plots. */
export async function gather(
  folder: string,
  plan: SweepPlan,
  points: Points,
  store: PointStore,
  { formats = USUAL, onNotice }: { formats?: readonly Format[]; onNotice?: Options["onNotice"] } = {},
): Promise<Counts> {
  const counts = await writeTables(folder, plan, points, store);
  if (formats.includes("parquet")) await writeParquet(folder, plan, points, store);
  if (formats.includes("hdf5")) await writeHdf5(folder, plan, points, store);
  const drawn = Object.entries(await plotFiles(await drawPlots(plan, points, store, onNotice)));
  const files = drawn.length > 0 ? await openFolder(folder, "folder") : undefined;
  for (const [name, content] of drawn) await files?.write(name, content);
  return counts;
}

/** The file of each format. */
export const FILES: Readonly<Record<Format, string>> = { csv: TABLE, parquet: PARQUET, hdf5: HDF5 };

/** Gathers the points that the folder of a sweep has, also while others are being computed. @throws InvalidParameterError "folder" */
export async function exportSweep(
  folder: string,
  format: Format,
  { onNotice }: Pick<Options, "onNotice"> = {},
): Promise<Counts> {
  const plan = await readPlan(folder);
  const points = await createPoints(plan);
  const store = await openPointStore(folder);
  return gather(folder, plan, points, store, { formats: [format], onNotice }).finally(store.close);
}
