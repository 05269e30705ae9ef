import { lockHolders } from "./folder-lock";
import { openPointStore } from "./point-store";
import { createPoints } from "./points";
import { readManifest, readPlan, type SweepManifest } from "./sweep-folder";
import { type Counts, countsOf } from "./table";

/** Where the sweep of a folder stands. */
export interface SweepStatus {
  /** What the manifest says; "killed" where it says running and no process is; "incomplete" where it says done and points are missing. */
  readonly status: SweepManifest["status"] | "killed" | "unknown";
  /** As the journals of the points have them. */
  readonly points: Counts;
  /** Who is at work on it, in words. */
  readonly holder?: string;
  readonly message?: string;
  /** Damaged lines among the points. */
  readonly damaged: number;
}

/** Looks at the folder of a sweep, also while it is being computed. @throws InvalidParameterError "folder" */
export async function sweepStatus(folder: string): Promise<SweepStatus> {
  const plan = await readPlan(folder);
  const [points, manifest, holder] = await Promise.all([
    createPoints(plan),
    readManifest(folder),
    lockHolders(folder),
  ]);
  const store = await openPointStore(folder);
  const counts = countsOf(points, store);
  await store.close();
  return {
    status: holder ? "running" : statusOf(manifest, counts),
    points: counts,
    ...(holder && { holder }),
    ...(manifest?.message && !holder && { message: manifest.message }),
    damaged: store.damaged,
  };
}

/** Of a sweep that nobody works on. */
function statusOf(
  manifest: SweepManifest | undefined,
  { total, done, failed }: Counts,
): SweepStatus["status"] {
  const said = manifest?.status ?? "unknown";
  if (said === "running") return "killed";
  // Damaged lines, or another version of the solver, which knows none of the old points.
  return said === "done" && done + failed < total ? "incomplete" : said;
}
