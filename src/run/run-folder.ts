import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidParameterError } from "../core/errors";
import type { Verb } from "../systems/config/config";
import type { Row } from "../systems/rows/row";
import type { ComparisonRow } from "./comparison-rows";
import { rowsFromCsv, rowsToCsv } from "./csv";
import { readFields, type StoredFields } from "./fields-file";
import { isEmpty, openFolder } from "./open-folder";

const FIELDS = "fields.h5";

/** What is known of a run besides its config and its numbers. */
export interface Manifest {
  /** Version of this package. */
  readonly version: string;
  readonly verb: Verb;
  /** "running" in the folder of a run that is no longer there means that it was killed. */
  readonly status: "running" | "done" | "failed" | "interrupted";
  readonly seed?: number | string;
  /** When it began and ended, ISO 8601. */
  readonly times: { readonly started: string; readonly finished?: string };
  /** SHA-256 of system and parameters, defaults filled in. */
  readonly parametersHash: string;
  /** Why the run is not done. */
  readonly message?: string;
}

/** A run, read back. */
export interface Run {
  readonly config: Readonly<Record<string, unknown>>;
  readonly manifest: Manifest;
  readonly rows: readonly (Row | ComparisonRow)[];
  /** Two-time functions as typed arrays, where the run was asked for them. */
  readonly fields?: StoredFields;
}

/** A run with its plots, as SVG texts or PNG by file name, and its fields as the bytes of their file. */
export interface RunFiles extends Omit<Run, "fields"> {
  readonly plots?: Readonly<Record<string, string | Uint8Array>>;
  readonly fields?: Uint8Array;
}

/** The folder of a run that is being computed. */
export interface OpenRun {
  /**
   * Writes what the run came to. @throws InvalidParameterError "--out" where that fails, e.g. because the disk is full;
   *   the manifest says "failed" then.
   */
  finish(
    end: Pick<RunFiles, "rows" | "plots" | "fields"> & Pick<Manifest, "status" | "message">,
  ): Promise<void>;
  /** Keeps the rows of what is finished so far, for a run that is killed; `message` says what they are. */
  keep(rows: RunFiles["rows"], message: string): Promise<void>;
  /** Takes back what opening has written: for a run that never began. */
  discard(): Promise<void>;
}

/**
 * Opens a folder for a run, before anything is computed: config.json and a manifest with status "running" are
 * written at once, so that a killed run can be told. A folder that holds a run of the same verb and config is
 * used again; while that run is whole, it stays as it is until the new one is whole as well.
 * @param open how a folder is opened, in tests another way
 * @throws InvalidParameterError "--out" for a folder that cannot be written or holds something else.
 */
export async function openRun(
  folder: string,
  start: Pick<Run, "config" | "manifest">,
  open = openFolder,
): Promise<OpenRun> {
  const { config } = start;
  const manifest: Manifest = { ...start.manifest, status: "running" };
  const earlier = await readEarlier(folder, start);
  const isWhole = earlier?.status === "done";
  const files = await open(folder, "--out");
  if (!isWhole) {
    await files.write("config.json", json(config));
    await files.write("manifest.json", json(manifest));
  }
  return {
    async finish({ status, message, rows, plots = {}, fields }) {
      if (isWhole && status !== "done") return;
      const times = { ...manifest.times, finished: new Date().toISOString() };
      try {
        if (isWhole) await files.write("config.json", json(config));
        await files.write("rows.csv", await rowsToCsv(rows));
        for (const [name, plot] of Object.entries(plots)) await files.write(name, plot);
        if (fields) await files.write(FIELDS, fields);
        // Last, so that a manifest that says "done" stands beside all that it speaks of.
        await files.write("manifest.json", json({ ...manifest, status, times, ...(message && { message }) }));
      } catch (error) {
        const failed = { ...manifest, status: "failed", message: (error as Error).message };
        await files.overwrite("manifest.json", json(failed)).catch(() => {});
        throw error;
      }
    },
    async keep(rows, message) {
      if (isWhole) return;
      await files.write("rows.csv", await rowsToCsv(rows));
      await files.write("manifest.json", json({ ...manifest, message }));
    },
    discard: () => files.discard(),
  };
}

/**
 * Reads back what a run wrote: config, manifest, and every number to the last bit. A run that was killed
 * has the rows that were kept last, and says "running".
 * @throws InvalidParameterError "folder" where there is no run, or rows or fields are not as they were written.
 */
export async function loadRun(folder: string): Promise<Run> {
  if (typeof folder !== "string") throw new InvalidParameterError("folder", folder, "a folder with a run");
  const run = await readRun(folder);
  const fields = await readFields(join(folder, FIELDS));
  return fields ? { ...run, fields } : run;
}

/** A run without its fields. */
async function readRun(folder: string): Promise<Run> {
  const [config, manifest, rows] = await Promise.all(
    ["config.json", "manifest.json", "rows.csv"].map((name) => readText(join(folder, name))),
  );
  if (config === undefined || manifest === undefined) {
    throw new InvalidParameterError("folder", folder, "a folder with a run (config.json and manifest.json)");
  }
  try {
    return {
      config: JSON.parse(config),
      manifest: JSON.parse(manifest),
      rows: rows === undefined ? [] : await rowsFromCsv(rows),
    };
  } catch (error) {
    throw new InvalidParameterError("folder", folder, `a run as it was written: ${(error as Error).message}`);
  }
}

/** The manifest of the run that a folder holds, undefined for a folder that is new or empty. */
async function readEarlier(folder: string, start: Pick<Run, "config" | "manifest">) {
  if (await isEmpty(folder)) return undefined;
  const refuse = (held: string) =>
    new InvalidParameterError(
      "--out",
      folder,
      `a new or empty folder, or one with a run of the same config; this one holds ${held}`,
    );
  const earlier = await readRun(folder).catch(() => undefined);
  if (!earlier) throw refuse("other files");
  if (json(earlier.config) !== json(start.config)) throw refuse("a run of another config");
  if (earlier.manifest.verb !== start.manifest.verb) throw refuse(`a run of "${earlier.manifest.verb}"`);
  return earlier.manifest;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
