import { createHash } from "node:crypto";
import { version } from "../../package.json";
import type { Config, Verb } from "../systems/config/config";
import type { Manifest } from "./run-folder";

export { version };

/** The manifest of a run that begins now. */
export function startManifest(verb: Verb, config: Config): Manifest {
  const { seed } = config.simulation;
  return {
    version,
    verb,
    status: "running",
    ...(seed !== undefined && { seed }),
    times: { started: new Date().toISOString() },
    parametersHash: hashOf({ system: config.system.name, parameters: config.parameters }),
  };
}

/** SHA-256 of a value of plain data, whatever the order of its keys. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex");
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
