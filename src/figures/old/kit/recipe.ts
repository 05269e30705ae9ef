import type { Citation } from "../../../core/citations";
import type { Prediction } from "../../../core/results";
import { parseConfig } from "../../../systems/config/config";
import type { Recipe } from "./figure";

/** A config file as a record. */
export type ConfigSource = Recipe["config"];

/** One closed-form value of a config's system. @throws InvalidParameterError */
export async function predictConfig(source: ConfigSource, name: string): Promise<Prediction> {
  const { system, parameters } = parseConfig(source, "predict");
  return (await system.load()).predict(parameters)[name];
}

/** The sources behind a config's system. */
export function citationsOf(source: ConfigSource): readonly Citation[] {
  return parseConfig(source, "predict").system.citations;
}

/** `count` times from `first` to `last`, equally spaced in ln t. */
export function timesBetween(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === count - 1 ? last : Number((first * (last / first) ** (k / (count - 1))).toPrecision(4)),
  );
}
