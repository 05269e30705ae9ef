import { join } from "node:path";
import { InvalidParameterError, inOneLine } from "../../core/errors";
import type { Options } from "../../core/options";
import { keepsState } from "../../systems/config/checkpoint";
import { type Config, parseConfig, type Verb } from "../../systems/config/config";
import { type Outcome, runVerb } from "../execute";
import { createRunState } from "../run-state";
import type { PointFolders, PointJob, PointResult } from "./engine";
import { keepFields } from "./point-fields";

/** How errors call the folder of a point's state. */
const STATE = "the state of the point";

/**
 * Computes a point, in this thread: what every engine's workers do. Whatever goes wrong is a result. With a folder for its state
 * the point goes on from where an earlier try was ended, to the same numbers; one that is finished leaves none.
 * @param options an abort makes the point fail, and keeps its state: whoever aborts it has no use for the result
 */
export async function computePoint(
  { hash, verb, config }: Pick<PointJob, "hash" | "verb" | "config">,
  folders: PointFolders = {},
  options: Options = {},
): Promise<PointResult> {
  const start = performance.now();
  const ended = () => ({
    hash,
    seconds: (performance.now() - start) / 1000,
    bytes: process.resourceUsage().maxRSS * 1024,
  });
  try {
    const checked = parseConfig(config, verb);
    const { status, message, rows, ...rest } = await goOn(hash, verb, checked, folders, options);
    if (status !== "done") return { ...ended(), status: "failed", rows: [], message: message ?? status };
    if (rest.fields) await keepFields(folders.fields, hash, checked, { ...rest, fields: rest.fields });
    return { ...ended(), status, rows };
  } catch (error) {
    const message = inOneLine(error instanceof Error ? error.message : String(error));
    return { ...ended(), status: "failed", rows: [], message };
  }
}

/** From the state of an earlier try, if there is one; a damaged one is no reason not to begin anew. */
async function goOn(
  hash: string,
  verb: Verb,
  config: Config,
  { states }: PointFolders,
  options: Options,
): Promise<Outcome> {
  if (states === undefined || !keepsState(verb, config)) return runVerb(verb, config, options);
  const state = createRunState(join(states, hash), STATE);
  const run = () => runVerb(verb, config, { ...options, checkpoint: state.store });
  const outcome = await run().catch(async (error) => {
    await state.remove();
    if (!(error instanceof InvalidParameterError) || error.parameter !== STATE) throw error;
    return run();
  });
  await (outcome.status === "interrupted" ? state.keep() : state.remove());
  return outcome;
}
