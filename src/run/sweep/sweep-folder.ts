import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InvalidParameterError } from "../../core/errors";
import type { Verb } from "../../systems/config/config";
import { version } from "../manifest";
import { isEmpty, type OpenFolder, openFolder } from "../open-folder";
import { parsePlan, type SweepPlan } from "./plan";
import type { Counts } from "./table";

const PLAN = "sweep.json";
const MANIFEST = "manifest.json";

/** What is known of a sweep besides its plan and its points. */
export interface SweepManifest {
  readonly version: string;
  readonly verb: Verb;
  /**
   * "running" in the folder of a sweep that no process works on means that it was killed; "incomplete": the shares that ended are
   * done, points of others are missing.
   */
  readonly status: "running" | "done" | "failed" | "interrupted" | "incomplete";
  /** Who computed the points last. */
  readonly engine: string;
  readonly times: { readonly started: string; readonly finished?: string };
  /** Points of the plan, those that are in table.csv, and those in failures.csv. */
  readonly points?: Counts;
  /** Why it is not done. */
  readonly message?: string;
}

/**
 * Opens the folder of a sweep that is about to begin, or goes on.
 * @throws InvalidParameterError "--out" for a folder that cannot be written, or holds something else than a sweep of the
 *   same verb and system.
 */
export async function openSweepFolder(folder: string, plan: SweepPlan): Promise<OpenFolder> {
  const isNew = await isEmpty(folder);
  const files = await openFolder(folder, "--out");
  if (isNew) return files;
  const refuse = (held: string) =>
    new InvalidParameterError(
      "--out",
      folder,
      `a new or empty folder, or one with a sweep of the same verb and system; this one holds ${held}`,
    );
  const text = await files.read(PLAN);
  if (text === undefined) throw refuse("other files");
  const { verb, base } = parsedPlan(text) ?? {};
  if (verb === undefined) throw refuse(`a ${PLAN} that is damaged`);
  if (verb !== plan.verb) throw refuse(`one of "${verb}"`);
  if (base?.system !== plan.base.system) throw refuse(`one of ${JSON.stringify(base?.system)}`);
  return files;
}

export const writePlan = (files: OpenFolder, { source }: SweepPlan) => files.write(PLAN, json(source));

/** The plan of a sweep that a folder holds. @throws InvalidParameterError "folder" where there is none. */
export async function readPlan(folder: string): Promise<SweepPlan> {
  const text = await textOf(join(folder, PLAN));
  const plan = text === undefined ? undefined : parsedPlan(text);
  if (plan) return plan;
  const held = text === undefined ? "has none" : "has one that is damaged";
  throw new InvalidParameterError("folder", folder, `a folder with a sweep (${PLAN}); this one ${held}`);
}

function parsedPlan(text: string): SweepPlan | undefined {
  try {
    return parsePlan(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What a folder says of its sweep; undefined where there is no manifest that can be read. */
export async function readManifest(folder: string): Promise<SweepManifest | undefined> {
  try {
    return JSON.parse((await textOf(join(folder, MANIFEST))) ?? "");
  } catch {
    return undefined;
  }
}

const textOf = (path: string): Promise<string | undefined> => readFile(path, "utf8").catch(() => undefined);

export const startSweepManifest = (verb: Verb, engine: string): SweepManifest => ({
  version,
  verb,
  status: "running",
  engine,
  times: { started: new Date().toISOString() },
});

/** On a full disk over the one that is there, which is no shorter in spite of a message as long as its line allows. */
export async function writeManifest(files: OpenFolder, manifest: SweepManifest): Promise<void> {
  const text = json(manifest);
  await files.write(MANIFEST, text).catch(async (error) => {
    await files.overwrite(MANIFEST, text).catch(() => {
      throw error;
    });
  });
}

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
