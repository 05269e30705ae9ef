import { InterruptedError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Engine, PointFolders, PointJob, PointResult } from "./engine";
import type { SweepPlan } from "./plan";
import type { PointStore } from "./point-store";
import type { Points } from "./points";

/** What a sweep is expected to take, from one to three points that were computed. */
export interface Estimate {
  /** Points of the plan, and those of them that were known before. */
  readonly points: number;
  readonly known: number;
  /** Those that are to be computed: not known yet, for this process, and each once. */
  readonly missing: number;
  readonly workers: number;
  /** Seconds that a measured point took, and all that is left will take; undefined where nothing is left. */
  readonly pointSeconds?: number;
  readonly seconds?: number;
  /** Memory of a process that computes, in bytes. */
  readonly bytes?: number;
}

export interface ComputeRequest {
  readonly plan: SweepPlan;
  readonly points: Points;
  readonly store: PointStore;
  readonly engine: Engine;
  readonly options: Pick<Options, "signal" | "onProgress">;
  readonly folders?: PointFolders;
  /** Whether a point is for this process, where several share the points; all when left out. */
  readonly isMine?: (point: number) => boolean;
  /** Told once, after the measured points, before the others; false ends the sweep there. */
  readonly onEstimate?: (estimate: Estimate) => Promise<boolean> | boolean;
  readonly onResult?: (result: PointResult) => void;
}

/**
 * Computes the points that a store does not have, each once; one that failed before is tried again.
 * @throws InterruptedError after an abort, or where `onEstimate` says no: what is finished is in the store.
 */
export async function computeMissing(request: ComputeRequest): Promise<void> {
  const { plan, points, store, engine, folders, onEstimate, onResult } = request;
  const { signal, onProgress } = request.options;
  const before = points.hashes.filter((hash) => store.statusOf(hash) === "done").length;
  const mine = ownPoints(request);
  const missing = mine.filter((point) => store.statusOf(points.hashes[point]) !== "done");
  let known = mine.length - missing.length;
  const tell = () => onProgress?.({ label: "sweep", done: known, total: mine.length });
  const take = (result: PointResult) => {
    store.put(result);
    known++;
    onResult?.(result);
    tell();
  };
  const jobs = function* (some: readonly number[]): Generator<PointJob> {
    for (const point of some) yield jobOf(plan, points, point);
  };

  tell();
  let left = missing;
  if (onEstimate) {
    const measured: PointResult[] = [];
    for (const point of measuredPoints(missing)) {
      // The first loads the solver as well: where that may be what took the time, others tell more.
      if (measured.length > 0 && measured[0].seconds > LONG_SECONDS) break;
      const onMeasured = (result: PointResult) => {
        measured.push(result);
        take(result);
      };
      await engine.compute(jobs([point]), { signal, folders, onResult: onMeasured });
      left = left.filter((other) => other !== point);
    }
    if (
      !(await onEstimate(
        estimateOf({ points: points.size, known: before, missing: missing.length }, engine, measured),
      ))
    ) {
      throw new InterruptedError("stopped after the plan");
    }
  }
  if (left.length > 0) await engine.compute(jobs(left), { signal, folders, onResult: take });
}

/** A point that takes this long is measured alone. */
const LONG_SECONDS = 1;

/** The first of some points, one from their middle, and the last. */
function measuredPoints(points: readonly number[]): number[] {
  const last = points.length - 1;
  return last < 0 ? [] : [...new Set([0, last >> 1, last])].map((place) => points[place]);
}

export const jobOf = ({ verb, timeLimit }: SweepPlan, points: Points, point: number): PointJob => ({
  hash: points.hashes[point],
  verb,
  config: points.configOf(point),
  timeLimit,
});

/** The points that are for this process: of equal points the first, whoever has the others. */
function ownPoints({ points, isMine = () => true }: ComputeRequest): number[] {
  const seen = new Set<string>();
  const own: number[] = [];
  for (const [point, hash] of points.hashes.entries()) {
    if (seen.has(hash)) continue;
    seen.add(hash);
    if (isMine(point)) own.push(point);
  }
  return own;
}

function estimateOf(
  counts: Pick<Estimate, "points" | "known" | "missing">,
  { workers }: Engine,
  measured: readonly PointResult[],
): Estimate {
  if (measured.length === 0) return { ...counts, workers };
  const [first, ...others] = measured;
  const mean = others.reduce((sum, { seconds }) => sum + seconds, 0) / others.length;
  const pointSeconds = others.length > 0 ? mean : first.seconds;
  const bytes = Math.max(...measured.map((one) => one.bytes ?? 0));
  const left = counts.missing - measured.length;
  const seconds = (pointSeconds * left) / Math.max(1, Math.min(workers, left));
  return { ...counts, workers, pointSeconds, seconds, ...(bytes > 0 && { bytes }) };
}
