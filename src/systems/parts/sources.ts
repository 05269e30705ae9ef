import { type Citation, cited } from "../../core/citations";

/** The papers whose systems we solve, each cited by several of them. */
export const learningRateSchedules: Citation = cited("learning-rate-schedules", {
  authors: ["S. d'Ascoli", "M. Refinetti", "G. Biroli"],
  title: "Optimal learning rate schedules in high-dimensional non-convex optimization problems",
  year: 2022,
  arxiv: "2202.04509",
});
