import type { Options } from "../../core/options";
import { jobOf } from "./compute";
import type { Engine, PointResult } from "./engine";
import { openPointStore } from "./point-store";
import { createPoints } from "./points";
import { readPlan } from "./sweep-folder";

/** What came of computing points again. */
export interface Verification {
  /** Points that were computed again, and those of them whose numbers are the same to the last bit. */
  readonly points: number;
  readonly same: number;
  /** Of all numbers the largest |new − old|/|old|; Infinity where a point has other rows than it had. */
  readonly difference: number;
  /** Points that differ by more than rounding, with what is wrong. */
  readonly wrong: readonly { readonly point: number; readonly message: string }[];
}

/** What other kernels or another processor may change. */
const ROUNDING = 1e-9;

/**
 * Computes some of the finished points of a sweep again, from the first to the last at equal distances, and compares.
 * @throws InvalidParameterError "folder" where there is no sweep; InterruptedError after an abort
 */
export async function verifySweep(
  folder: string,
  engine: Engine,
  count: number,
  { signal, onProgress }: Pick<Options, "signal" | "onProgress"> = {},
): Promise<Verification> {
  const plan = await readPlan(folder);
  const points = await createPoints(plan);
  const store = await openPointStore(folder);
  try {
    const done = [...points.hashes.keys()].filter((point) => store.statusOf(points.hashes[point]) === "done");
    const chosen = spread(done, count);
    const found = new Map<string, PointResult>();
    const jobs = [...new Map(chosen.map((point) => [points.hashes[point], point])).values()];
    await engine.compute(
      jobs.map((point) => jobOf(plan, points, point)),
      {
        signal,
        onResult(result) {
          found.set(result.hash, result);
          onProgress?.({ label: "verify", done: found.size, total: jobs.length });
        },
      },
    );
    const wrong: { point: number; message: string }[] = [];
    let [same, difference] = [0, 0];
    for (const point of chosen) {
      const [old, now] = [await store.get(points.hashes[point]), found.get(points.hashes[point])!];
      if (JSON.stringify(old?.rows) === JSON.stringify(now.rows) && now.status === "done") {
        same++;
        continue;
      }
      const largest = now.status === "done" ? largestDifference(old?.rows, now.rows) : Infinity;
      difference = Math.max(difference, largest);
      const what =
        largest === Infinity ? "other rows than before" : `differs by ${largest.toPrecision(2)} of its value`;
      if (largest > ROUNDING) wrong.push({ point, message: now.message ?? what });
    }
    return { points: chosen.length, same, difference, wrong };
  } finally {
    await store.close();
  }
}

/** So many of some items, the first and the last among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  if (count === 1) return [items[0]];
  return Array.from({ length: count }, (_, k) => items[Math.round((k * (items.length - 1)) / (count - 1))]);
}

/** Of two pieces of plain data the largest relative difference of their numbers; Infinity where they differ otherwise. */
function largestDifference(old: unknown, now: unknown): number {
  if (Object.is(old, now)) return 0;
  if (typeof old === "number" && typeof now === "number") {
    return Math.abs(now - old) / Math.max(Math.abs(old), Number.MIN_VALUE);
  }
  if (typeof old !== "object" || typeof now !== "object" || old === null || now === null) return Infinity;
  const keys = Object.keys(old);
  if (keys.join() !== Object.keys(now).join()) return Infinity;
  return keys.reduce(
    (most, key) => Math.max(most, largestDifference(Reflect.get(old, key), Reflect.get(now, key))),
    0,
  );
}
