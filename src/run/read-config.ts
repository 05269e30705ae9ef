import { readFile } from "node:fs/promises";
import { InvalidParameterError } from "../core/errors";
import { withMeasuredCurve } from "./measured-curve";

/**
 * Reads a config file, JSON or YAML by what is in it. `-` reads standard input.
 * @returns what was read, unchecked, with the measured curve of `optimise.fit` in place of its file.
 * @throws InvalidParameterError "config file" for a file that cannot be read or is neither.
 */
export async function readConfig(path: string): Promise<unknown> {
  const text = path === "-" ? await readStandardInput() : await readText(path);
  if (text.trim() === "") throw wrongFile(path, "a config in JSON or YAML, but there is nothing in it");
  return withMeasuredCurve(await parseText(path, text), path);
}

async function parseText(path: string, text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return parseYaml(path, text);
  }
}

/** YAML holds JSON too, and says line and column of what is wrong in either. */
async function parseYaml(path: string, text: string): Promise<unknown> {
  const { parse } = await import("yaml");
  try {
    return parse(text);
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw wrongFile(path, `a config in JSON or YAML (${reason.replace(/:$/, "")})`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
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

async function readStandardInput(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

function wrongFile(path: string, allowed: string): InvalidParameterError {
  return new InvalidParameterError("config file", path === "-" ? "standard input" : path, allowed);
}
