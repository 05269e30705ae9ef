import type { ConfigSource } from "../kit/config";

/** The paper of these figures. */
export const paper = "Optimal learning rate schedules in high-dimensional non-convex optimization problems";

/** Exponent of the decay after the switch. */
export const BETA = 0.8;

/** The learning rate η0, from the time `at` on η0 (1 + t − at)^−0.8; constant where there is no such time. */
export const switched = (rate: number, at: number | null) =>
  at === null ? rate : { kind: "hold-then-decay", rate, switchTime: at, exponent: BETA, unit: 1 };

export const teacherStudent = (parameters: object, rest: ConfigSource): ConfigSource => ({
  system: "teacher-student",
  parameters,
  ...rest,
});

/** A switch in a legend. */
export const switchText = (at: number | null): string => (at === null ? "no decay" : `t_s = ${at}`);

/** Tolerance of the lines, which are read off a drawing. */
export const tolerance = 1e-8;

/**
 * The first point at which a curve over an ascending x falls to a level, on straight lines of ln y over ln x; null where it
 * does not, or lies below from the first.
 */
export function crossing(x: readonly number[], y: readonly number[], level: number): number | null {
  const k = y.findIndex((value) => value <= level);
  if (k < 1) return null;
  const share = Math.log(y[k - 1] / level) / Math.log(y[k - 1] / y[k]);
  return x[k - 1] * (x[k] / x[k - 1]) ** share;
}
