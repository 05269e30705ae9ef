import type { ConfigSource } from "./kit/recipe";

/** The paper of the p-spin figures. */
export const paper = "Optimal learning rate schedules in high-dimensional non-convex optimization problems";

/** Decay exponents β of the loss curves. */
export const betas = [0.2, 0.4, 0.6, 0.8] as const;

/** Seed of every finite system in the figures. */
export const seed = 20261122;

/** Parameters of the figures: T = 1 and η = 0.5·(1 + t)^−β. */
export function pSpinParameters(p: number, beta: number): ConfigSource {
  return { p, temperature: 1, schedule: { kind: "power-law", rate: 0.5, exponent: beta, offset: 1 } };
}

/** The schedule in print. */
export const scheduleText = "η = 0.5 (1 + t)⁻ᵝ";

/** Where the schedule of the figures differs from the one in print. */
export const scheduleNote =
  `The schedule is the shifted power law ${scheduleText}, which is defined from t = 0 on; the paper writes η₀ t⁻ᵝ. ` +
  "Late exponents are the same.";
