import type { ConfigSource } from "../kit/config";

/** The paper of these figures. */
export const paper = "Optimal learning rate schedules in high-dimensional non-convex optimization problems";

/** η0 up to `at`, then η0 (1 + t − at)^−β. */
export const decaying = (rate: number, exponent: number, at = 0) => ({
  kind: "hold-then-decay",
  rate,
  switchTime: at,
  exponent,
  unit: 1,
});

export const sphericalSk = (parameters: object, rest: ConfigSource): ConfigSource => ({
  system: "spherical-sk",
  parameters,
  ...rest,
});
