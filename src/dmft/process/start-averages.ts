import { gradientFactor } from "../../models/phase-retrieval/problem";
import type { Setup } from "./setup";

/** Of the sums over the two Gaussian fields; for a cost that is a polynomial they are exact to 1e-13. */
const SPACING = 0.125;
const REACH = 9;

/** Averages (P.12, P.15, P.16) at t = 0, by the rectangle rule over h0 and h(0), which is exact for smooth costs. */
export function startAverages({ problem, cost }: Pick<Setup, "problem" | "cost">) {
  const { initialOverlap: m, sampleRatio: alpha, batchFraction, constraint } = problem;
  const factor = gradientFactor(problem);
  const spread = constraint === "sphere" ? Math.sqrt(1 - m * m) : 1;
  const sums = { noise: 0, memory: 0, curvature: 0, drive: 0, radial: 0, loss: 0 };
  for (let h0 = -REACH; h0 <= REACH; h0 += SPACING) {
    for (let x = -REACH; x <= REACH; x += SPACING) {
      const weight = (Math.exp(-0.5 * (h0 * h0 + x * x)) * SPACING * SPACING) / (2 * Math.PI);
      const field = m * h0 + spread * x;
      const force = factor * cost.first(field, h0);
      const stiffness = factor * cost.second(field, h0);
      const share = weight * alpha * batchFraction;
      sums.noise += share * force * force;
      sums.memory += share * stiffness * stiffness;
      sums.curvature += share * stiffness;
      sums.drive += share * h0 * force;
      sums.radial += share * field * force;
      sums.loss += weight * cost.value(field, h0);
    }
  }
  return sums;
}
