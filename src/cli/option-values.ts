import { InvalidArgumentError, Option } from "commander";
import { MOST_WORKERS } from "../core/pool";

export function formatOption(choices: readonly string[]): Option {
  return new Option("--format <format>", "default: table on a terminal, else json").choices(choices);
}

export function threads(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST_WORKERS)
    throw new InvalidArgumentError(`Allowed: an integer of at least 1 and at most ${MOST_WORKERS}.`);
  return count;
}

const LAST_PORT = 65_535;

export function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > LAST_PORT)
    throw new InvalidArgumentError(`Allowed: an integer of at least 0 and at most ${LAST_PORT}.`);
  return number;
}
