/** The paper of the p-spin figures. */
export const paper = "Optimal learning rate schedules in high-dimensional non-convex optimization problems";

/** Seed of every finite system in the figures. */
export const seed = 20261122;

/** The schedule in print. */
export const scheduleText = "η = 0.5 (1 + t)⁻ᵝ";
