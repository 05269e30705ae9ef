import type { Events } from "../../core/results";
import { mean, standardError } from "../../numerics/statistics";
import type { ConfigSource } from "../kit/config";
import type { Lab } from "../kit/lab";

/** The paper of the quadratic-network figures. */
export const paper =
  "Escaping mediocrity: how two-layer networks learn hard generalized linear models with SGD";

/** Fall of the excess risk at which a network counts as having left the plateau, as a share. */
export const THRESHOLD = 0.1;

/** A config of the quadratic network; on the sphere unless the parameters say otherwise. */
export const quadratic = (parameters: ConfigSource, rest: ConfigSource = {}): ConfigSource => ({
  system: "quadratic-network",
  parameters,
  ...rest,
});

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

/** The exit times by the formulas for random starts, in the order of the figures. */
export const FORMULAS = ["annealed", "quenched", "shifted"] as const;
/** null where a formula is undefined. */
export type ExitFormulas = Readonly<Record<(typeof FORMULAS)[number], number | null>>;

/** @throws InvalidParameterError */
export async function exitFormulas(
  lab: Lab,
  parameters: ConfigSource,
  label?: string,
): Promise<ExitFormulas> {
  const found = await lab.predict(quadratic(parameters), label && `${label}, formulas`);
  const value = (name: string) => (Number.isFinite(found[name]) ? (found[name] as number) : null);
  return {
    annealed: value("exitTimeAnnealed"),
    quenched: value("exitTimeQuenched"),
    shifted: value("exitTimeShifted"),
  };
}
