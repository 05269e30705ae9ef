import { mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { InterruptedError, inOneLine } from "../../core/errors";
import type { Options } from "../../core/options";
import { STATE } from "../run-state";
import { type ComputeRequest, computeMissing } from "./compute";
import type { Engine } from "./engine";
import { lockFolder } from "./folder-lock";
import { gather } from "./gather";
import type { SweepPlan } from "./plan";
import { FIELDS, fieldsRefused } from "./point-fields";
import { damagedText, openPointStore, type StoreOptions } from "./point-store";
import { createPoints } from "./points";
import {
  openSweepFolder,
  type SweepManifest,
  startSweepManifest,
  writeManifest,
  writePlan,
} from "./sweep-folder";
import { type Counts, countsOf } from "./table";

export interface SweepRequest extends Pick<ComputeRequest, "isMine" | "onEstimate" | "onResult"> {
  readonly plan: SweepPlan;
  readonly folder: string;
  readonly engine: Engine;
  readonly options?: Pick<Options, "signal" | "onProgress" | "onNotice">;
  /** Where several processes share a folder: the lock of this one. */
  readonly lock?: string;
  /** How results are written, in tests another way. */
  readonly write?: StoreOptions["write"];
}

export interface SweepOutcome {
  readonly status: Exclude<SweepManifest["status"], "running" | "incomplete">;
  /** Why it is not done, in one line. */
  readonly message?: string;
  readonly points: Counts;
  /** Whether table.csv has been made of them: not by a share that others have still to follow. */
  readonly isGathered: boolean;
}

/**
 * Computes a sweep in a folder, from what the folder has of it: sweep.json, manifest.json, the journals of the points, and
 * at the end, however it comes, table.csv and failures.csv. Points that fail make the outcome "failed".
 * @throws InvalidParameterError for a folder that is no use or in use, and for the first point whose config is wrong, before
 *   anything is computed.
 */
export async function runSweep(request: SweepRequest): Promise<SweepOutcome> {
  const { plan, folder, engine, options = {} } = request;
  const points = await createPoints(plan, options);
  if (points.keepFields && !engine.keepsFields) throw fieldsRefused(`--engine ${engine.name}`);
  const states = join(folder, STATE);
  const files = await openSweepFolder(folder, plan);
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder, "--out", request.lock);
  try {
    const start = startSweepManifest(plan.verb, engine.name);
    await writePlan(files, plan);
    await writeManifest(files, start);
    const broken = new AbortController();
    let failure: Error | undefined;
    const onFailure = (error: Error) => {
      failure = error;
      broken.abort();
    };
    const store = await openPointStore(folder, { onFailure, write: request.write });
    if (store.damaged > 0) {
      options.onNotice?.(
        `${damagedText(store)} among the points of ${folder}: what they held is computed again`,
      );
    }
    const signal = AbortSignal.any([broken.signal, ...(options.signal ? [options.signal] : [])]);
    let stop: unknown;
    try {
      const folders = { states, ...(points.keepFields && { fields: join(folder, FIELDS) }) };
      await computeMissing({ ...request, points, store, folders, options: { ...options, signal } });
    } catch (error) {
      stop = error;
    }
    try {
      await store.flush();
    } catch (error) {
      failure = error as Error;
    }
    // States of points that are finished are gone; those of others stay.
    await rmdir(states).catch(() => {});
    let counts: Counts | undefined;
    let isGathered = false;
    // Who shares the points may have finished theirs meanwhile; and of a write that failed, some lines may be whole.
    const all = request.isMine || failure ? await openPointStore(folder) : store;
    const known = countsOf(points, all);
    const isAnyLeft = known.done + known.failed < known.total;
    try {
      if (request.isMine && isAnyLeft) counts = known;
      else {
        counts = await gather(folder, plan, points, all, { onNotice: options.onNotice });
        isGathered = true;
      }
    } catch (error) {
      failure ??= error as Error;
    }
    for (const one of new Set([store, all])) await one.close().catch(() => {});
    const found = counts ?? known;
    const outcome = { ...ending(stop, failure, found, isGathered), points: found };
    // Of a share alone: the others may still be at work.
    const isPart = outcome.status === "done" && found.done < found.total;
    const times = { ...start.times, ...(!isPart && { finished: new Date().toISOString() }) };
    const manifest = { ...start, ...outcome, ...(isPart && { status: "incomplete" as const }), times };
    await writeManifest(files, manifest).catch(() => {});
    return { ...outcome, isGathered };
  } finally {
    await lock.release();
  }
}

function ending(
  stop: unknown,
  failure: Error | undefined,
  { total, done, failed }: Counts,
  isGathered: boolean,
): Pick<SweepOutcome, "status" | "message"> {
  const kept = `${done} of ${total} points are done and kept`;
  if (failure)
    return { status: "failed", message: `the folder takes no more: ${inOneLine(failure.message)}; ${kept}` };
  if (stop instanceof InterruptedError) return { status: "interrupted", message: `${stop.message}; ${kept}` };
  if (stop !== undefined) return { status: "failed", message: `${inOneLine(String(stop))}; ${kept}` };
  const where = isGathered ? ", see failures.csv" : "; the last share names them in failures.csv";
  if (failed > 0) return { status: "failed", message: `${failed} of ${total} points failed${where}` };
  return { status: "done" };
}
