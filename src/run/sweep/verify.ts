import { createHash, randomInt } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Options } from "../../core/options";
import { jobOf } from "./compute";
import type { Engine, PointResult } from "./engine";
import type { SweepPlan } from "./plan";
import { damagedText, openPointStore, type PointStore } from "./point-store";
import { createPoints, type Points } from "./points";
import { readManifest, readPlan } from "./sweep-folder";
import { countsOf, TABLE, writeTables } from "./table";

/** What came of computing points again. */
export interface Verification {
  /** Points that were computed again, and those of them whose numbers are the same to the last bit. */
  readonly points: number;
  readonly same: number;
  /** Of all numbers the largest |new − old|/|old|; Infinity where a point has other rows than it had. */
  readonly difference: number;
  /** Points that differ by more than rounding, with what is wrong. */
  readonly wrong: readonly { readonly point: number; readonly message: string }[];
  /** What is wrong with the folder itself, in words: points that are gone, a table that says something else than they. */
  readonly faults: readonly string[];
}

/** What other kernels or another processor may change. */
const ROUNDING = 1e-9;

/**
 * Computes some of the finished points of a sweep again and compares: others each time, spread over the whole plan. Looks also whether any
 * are gone, and whether table.csv is what the points say.
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
    const faults = await faultsOf(folder, plan, points, store);
    return { points: chosen.length, same, difference, wrong, faults };
  } finally {
    await store.close();
  }
}

/** One of each of so many equal stretches of some items, by chance: what is never looked at could never be found. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  const end = (k: number) => Math.floor((k * items.length) / count);
  return Array.from({ length: count }, (_, k) => items[randomInt(end(k), end(k + 1))]);
}

async function faultsOf(
  folder: string,
  plan: SweepPlan,
  points: Points,
  store: PointStore,
): Promise<string[]> {
  const manifest = await readManifest(folder);
  const { total, done, failed } = countsOf(points, store);
  const missing = total - done - failed;
  const isGone = missing > 0 && (store.damaged > 0 || manifest?.status === "done");
  const why = store.damaged > 0 ? damagedText(store) : "of another version, or lost";
  return [
    ...(isGone ? [`${missing} of ${total} points are missing (${why}): resume computes them`] : []),
    ...(!isGone && missing === 0 && !(await isTableTrue(folder, plan, points, store))
      ? [`${TABLE} is not what the points say: export makes it anew`]
      : []),
  ];
}

async function isTableTrue(
  folder: string,
  plan: SweepPlan,
  points: Points,
  store: PointStore,
): Promise<boolean> {
  const copy = await mkdtemp(join(tmpdir(), "twotime-verify-"));
  try {
    await writeTables(copy, plan, points, store);
    const [mine, theirs] = await Promise.all([copy, folder].map((place) => hashOfFile(join(place, TABLE))));
    return mine === theirs;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** Undefined where there is none. */
async function hashOfFile(path: string): Promise<string | undefined> {
  const hash = createHash("sha256");
  try {
    for await (const piece of createReadStream(path)) hash.update(piece);
    return hash.digest("hex");
  } catch {
    return undefined;
  }
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
