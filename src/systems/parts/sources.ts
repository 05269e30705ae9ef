import type { Citation } from "../../core/citations";

/** The papers whose systems we solve, each cited by several of them. */
export const learningRateSchedules: Citation = {
  key: "learning-rate-schedules",
  text: "S. d'Ascoli, M. Refinetti, G. Biroli, Optimal learning rate schedules in high-dimensional non-convex optimization problems (2022)",
};
