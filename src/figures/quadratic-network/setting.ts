import type { Events } from "../../core/results";
import { mean, standardError } from "../../numerics/statistics";
import type { Recipe } from "../old/kit/figure";
import { type ConfigSource, predictConfig } from "../old/kit/recipe";

/** The paper of the quadratic-network figures. */
export const quadraticPaper =
  "Escaping mediocrity: how two-layer networks learn hard generalized linear models with SGD";

/** A config of the quadratic network without method or simulation; on the sphere unless the parameters say otherwise. */
export function quadraticConfig(parameters: ConfigSource): ConfigSource {
  return { system: "quadratic-network", parameters };
}

/** The closed forms of a network's config, for the list of what the figure has computed. */
export function formulas(label: string, parameters: ConfigSource): Recipe {
  return { label: `${label}, formulas`, verb: "predict", config: quadraticConfig(parameters) };
}

/** Mean exit time of an ensemble over the runs that exit, with its standard error. */
export interface ExitMean {
  readonly mean: number;
  readonly standardError: number;
  /** Runs that exit, and runs that do not. */
  readonly exits: number;
  readonly missing: number;
}

/** @throws InvalidParameterError for fewer than two exits. */
export function exitMean(events: Events | undefined): ExitMean {
  const all = events?.exitTime ?? new Float64Array();
  const times = all.filter(Number.isFinite);
  return {
    mean: mean(times),
    standardError: standardError(times),
    exits: times.length,
    missing: all.length - times.length,
  };
}

/** The difference of two independent means in print, in its own standard errors. */
export function apartText(one: ExitMean, other: ExitMean): string {
  const difference = one.mean - other.mean;
  const error = Math.hypot(one.standardError, other.standardError);
  return `${Math.abs(difference).toFixed(3)} ${difference < 0 ? "before" : "after"} the diffusion in the mean, ${(Math.abs(difference) / error).toFixed(1)} standard errors of the difference.`;
}

/** The exit times by the formulas for random starts; null where a formula is undefined. */
export interface ExitFormulas {
  readonly annealed: number | null;
  readonly quenched: number | null;
  readonly shifted: number | null;
}

/** @throws InvalidParameterError */
export async function exitFormulas(parameters: ConfigSource): Promise<ExitFormulas> {
  const config = quadraticConfig(parameters);
  const value = async (name: string) => {
    const found = await predictConfig(config, name);
    return Number.isFinite(found) ? (found as number) : null;
  };
  return {
    annealed: await value("exitTimeAnnealed"),
    quenched: await value("exitTimeQuenched"),
    shifted: await value("exitTimeShifted"),
  };
}
