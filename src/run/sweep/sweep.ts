import { knownKeys } from "../../core/check";
import { checkOptions } from "../../core/check-options";
import { InterruptedError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Fields } from "../../systems/named";
import { plainLists } from "../../systems/schema/plain-lists";
import { computeMissing, type Estimate } from "./compute";
import type { PointResult } from "./engine";
import { createLocalEngine } from "./local";
import { parsePlan } from "./plan";
import { fieldsRefused } from "./point-fields";
import { createMemoryStore, openPointStore } from "./point-store";
import { createPoints, type Points } from "./points";
import { runSweep } from "./run-sweep";
import { resultsOf } from "./table";

/** A point of a sweep, computed. */
export interface SweepPoint extends Pick<PointResult, "status" | "rows" | "message" | "seconds"> {
  /** Its number in the order of the plan, from 0. */
  readonly point: number;
  /** The values of the varied keys, and the seed where there are several. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** A row of the table: the values of the varied keys, and what a row of the verb has. */
export type SweepRow = Readonly<Record<string, unknown>>;

export interface SweepOptions extends Pick<Options, "signal" | "onProgress" | "onNotice"> {
  /** Keeps the sweep in a folder, and computes only what that does not have; without, it is kept in memory. */
  readonly folder?: string;
  /** Points to compute at once; default: one for each core. */
  readonly workers?: number;
  /** Told once, after one to three points; false ends the sweep there. */
  readonly onEstimate?: (estimate: Estimate) => Promise<boolean> | boolean;
}

/** A sweep that is being computed: its points as they come, and then its table. */
export interface Sweep extends AsyncIterable<SweepPoint> {
  /** The rows of all points that are done, in the order of the plan, once nothing is left. @throws as the points do */
  table(): Promise<SweepRow[]>;
}

/**
 * Computes many points: the `sweep` of a script. Points come in any order, as they are finished; of those that a folder
 * has already only the table tells.
 * @param plan as in a sweep file: verb, base, vary, combine, seeds, timeLimit, plot
 * @throws InvalidParameterError, named by the key. The points and the table reject with what is wrong of a single config, and with
 *   InterruptedError after an abort, and where the loop over the points is left: what is finished stays in the folder.
 */
export function sweep(plan: Fields, options: SweepOptions = {}): Sweep {
  knownKeys("options", options, ["folder", "workers", "onEstimate", "signal", "onProgress", "onNotice"]);
  const { folder, workers, onEstimate, ...rest } = options;
  checkOptions(rest);
  const checked = parsePlan(plainLists(plan));
  const stop = new AbortController();
  const ready: SweepPoint[] = [];
  let hear = () => {};
  let work: Promise<SweepRow[]> | undefined;

  function start(): Promise<SweepRow[]> {
    work ??= compute().finally(() => hear());
    // Whoever waits for it hears of it, now or later.
    work.catch(() => {});
    return work;
  }

  async function compute(): Promise<SweepRow[]> {
    const points = await createPoints(checked, rest);
    const tell = tellPoints(points, (point) => {
      ready.push(point);
      hear();
    });
    const engine = createLocalEngine(workers === undefined ? {} : { workers });
    const signal = AbortSignal.any([stop.signal, ...(rest.signal ? [rest.signal] : [])]);
    const request = { plan: checked, engine, options: { ...rest, signal }, onEstimate, onResult: tell };
    try {
      if (folder === undefined) {
        if (points.keepFields) throw fieldsRefused("a sweep without options.folder");
        const store = createMemoryStore();
        await computeMissing({ ...request, points, store });
        return await tableOf(points, store);
      }
      const { status, message, points: counts } = await runSweep({ ...request, folder });
      if (status === "interrupted") throw new InterruptedError(message, undefined, signal);
      if (counts.done + counts.failed < counts.total) throw new Error(message);
      const store = await openPointStore(folder);
      return await tableOf(points, store).finally(store.close);
    } finally {
      await engine.close();
    }
  }

  return {
    table: start,
    async *[Symbol.asyncIterator]() {
      let isOver = false;
      const end = start().then(
        () => {
          isOver = true;
        },
        () => {
          isOver = true;
        },
      );
      try {
        while (!isOver || ready.length > 0) {
          const point = ready.shift();
          if (point) yield point;
          else {
            await Promise.race([
              end,
              new Promise<void>((resolve) => {
                hear = resolve;
              }),
            ]);
          }
        }
        await start();
      } finally {
        // A loop that was left has no use for the rest.
        if (!isOver) stop.abort();
        await end;
      }
    },
  };
}

/** Tells a result as every point of the plan that has its hash. */
function tellPoints(points: Points, tell: (point: SweepPoint) => void): (result: PointResult) => void {
  const numbers = new Map<string, number[]>();
  for (const [point, hash] of points.hashes.entries()) {
    const same = numbers.get(hash);
    if (same) same.push(point);
    else numbers.set(hash, [point]);
  }
  return ({ hash, status, rows, message, seconds }) => {
    for (const point of numbers.get(hash) ?? []) {
      const values = recordOf(points, point);
      tell({ point, values, status, rows, ...(message !== undefined && { message }), seconds });
    }
  };
}

const recordOf = (points: Points, point: number): Record<string, unknown> => {
  const values = points.valuesOf(point);
  return Object.fromEntries(points.keys.map((key, k) => [key, values[k]]));
};

async function tableOf(points: Points, store: Parameters<typeof resultsOf>[1]): Promise<SweepRow[]> {
  const rows: SweepRow[] = [];
  for await (const { point, result } of resultsOf(points, store, "done")) {
    for (const row of result.rows) rows.push({ ...recordOf(points, point), ...row });
  }
  return rows;
}
