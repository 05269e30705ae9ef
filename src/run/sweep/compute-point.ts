import { inOneLine } from "../../core/errors";
import type { Options } from "../../core/options";
import { parseConfig } from "../../systems/config/config";
import { runVerb } from "../execute";
import type { PointJob, PointResult } from "./engine";

/**
 * Computes a point, in this thread: what every engine's workers do. Whatever goes wrong is a result.
 * @param options an abort makes the point fail: whoever aborts it has no use for the result
 */
export async function computePoint(
  { hash, verb, config }: Pick<PointJob, "hash" | "verb" | "config">,
  options: Options = {},
): Promise<PointResult> {
  const start = performance.now();
  const ended = () => ({
    hash,
    seconds: (performance.now() - start) / 1000,
    bytes: process.resourceUsage().maxRSS * 1024,
  });
  try {
    const { status, message, rows } = await runVerb(verb, parseConfig(config, verb), options);
    if (status === "done") return { ...ended(), status, rows };
    return { ...ended(), status: "failed", rows: [], message: message ?? status };
  } catch (error) {
    const message = inOneLine(error instanceof Error ? error.message : String(error));
    return { ...ended(), status: "failed", rows: [], message };
  }
}
