import { InvalidParameterError } from "../core/errors";
import { checkText } from "./config-text";
import { withMeasuredCurve } from "./measured-curve";
import { readText } from "./read-text";

/**
 * Reads a config file, JSON or YAML by what is in it. `-` reads standard input.
 * @returns what was read, unchecked, with the measured curve of `optimise.fit` in place of its file.
 * @throws InvalidParameterError "config file" for a file that cannot be read or is neither, has a key twice, or is far
 *   larger or deeper than a config.
 */
export async function readConfig(path: string): Promise<unknown> {
  return withMeasuredCurve(await readData(path), path);
}

/**
 * Reads the file of a sweep, JSON or YAML, with the measured curve of its base in place of the curve's file.
 * @returns what was read, unchecked
 * @throws InvalidParameterError as {@link readConfig} does
 */
export async function readSweep(path: string): Promise<unknown> {
  const data = await readData(path);
  if (typeof data !== "object" || data === null || !("base" in data)) return data;
  return { ...data, base: await withMeasuredCurve(data.base, path) };
}

async function readData(path: string): Promise<unknown> {
  const text = await textOf(path);
  if (text.trim() === "") throw wrongFile(path, "a config in JSON or YAML, but there is nothing in it");
  return parseText(path, text);
}

async function parseText(path: string, text: string): Promise<unknown> {
  const refuse = (allowed: string) => wrongFile(path, allowed);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    checkText(text, refuse);
    return parseYaml(path, text);
  }
  checkText(text, refuse, "JSON");
  return parsed;
}

/** YAML holds JSON too, and says line and column of what is wrong in either. */
async function parseYaml(path: string, text: string): Promise<unknown> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(text);
  // A warning, e.g. of an unknown tag, says that something is not what was written.
  const wrong = document.errors[0] ?? document.warnings[0];
  try {
    if (wrong) throw wrong;
    return document.toJS();
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw wrongFile(path, `a config in JSON or YAML (${reason.replace(/:$/, "")})`);
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readText(path === "-" ? process.stdin : path, (allowed) => wrongFile(path, allowed));
  } catch (error) {
    if (error instanceof InvalidParameterError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw wrongFile(path, `a file that can be read (${REASONS[code ?? ""] ?? code})`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a folder",
  ENOTDIR: "part of its path is not a folder",
  EACCES: "no permission",
};

function wrongFile(path: string, allowed: string): InvalidParameterError {
  return new InvalidParameterError("config file", path === "-" ? "standard input" : path, allowed);
}
