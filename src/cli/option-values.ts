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
