import * as z from "zod";
import type { PointJob, PointResult } from "../engine";
import { identifyPoint } from "../points";

/** Name of the queue that all sweeps share. */
export const QUEUE = "twotime";
/** Where submitters tell workers which jobs nobody waits for any more. */
export const CANCEL = "twotime:cancel";

/** A result that is larger than this does not go through a queue. */
export const MOST_RESULT_BYTES = 64e6;
const MOST_CONFIG_BYTES = 4e6;

const jobSchema = z.strictObject({
  version: z.string().max(100),
  hash: z.string().regex(/^[0-9a-f]{32}$/),
  verb: z.enum(["solve", "simulate", "predict", "compare", "optimise"]),
  config: z.record(z.string(), z.unknown()),
  timeLimit: z.number().positive().nullable(),
});

const cell = z.union([z.number(), z.string().max(1000), z.null(), z.array(z.number()).max(4)]);
const rowSchema = z.strictObject({
  quantity: z.string().max(1000),
  ...Object.fromEntries(
    "time timePrime index sample statistic value standardError error theory simulation deviation pValue"
      .split(" ")
      .map((key) => [key, cell.optional()]),
  ),
});
const resultSchema = z.strictObject({
  hash: z.string(),
  status: z.enum(["done", "failed"]),
  rows: z.array(rowSchema),
  message: z.string().max(100_000).optional(),
  seconds: z.number().nonnegative(),
  bytes: z.number().nonnegative().optional(),
});

/** A point as it stands in the queue: plain data. */
export type QueuedPoint = z.infer<typeof jobSchema>;

/**
 * What a queue holds, as a point; its version is looked at before anything else is believed.
 * @throws Error saying why it is none
 */
export function parseVersion(data: unknown): string {
  const found = z.object({ version: z.string().max(100) }).safeParse(data);
  if (!found.success) throw new Error("a job without a version: no point of a sweep");
  return found.data.version;
}

/** @throws Error for a job that is no point, or whose name is not that of its config */
export function parseJob(data: unknown): PointJob {
  const found = jobSchema.safeParse(data);
  if (!found.success) throw new Error("a job of another shape: no point of a sweep");
  const { version: _, ...job } = found.data;
  if (JSON.stringify(job.config).length > MOST_CONFIG_BYTES) throw new Error("a config of more than 4 MB");
  const { hash, fields } = identifyPoint(job.verb, job.config);
  if (hash !== job.hash) throw new Error("a job whose config is not that of its name");
  if (fields) throw new Error("a job that asks for fields, which go through no queue");
  return job;
}

/** What a worker gave back. @throws Error where it is no result of that point */
export function parseResult(data: unknown, hash: string): PointResult {
  const found = resultSchema.safeParse(data);
  if (!found.success || found.data.hash !== hash)
    throw new Error("the queue gave back no result of this point");
  return found.data as unknown as PointResult;
}

/** The name of a point's job: the same for every sweep that has the point. */
export const idOf = (hash: string): string => `point-${hash}`;
