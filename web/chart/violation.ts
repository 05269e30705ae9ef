import { type Mark, theory } from "../../src/figures/drawing";
import type { Fields } from "../compute/messages";
import type { Curve, Shown } from "./marks";

/** What theory predicts of χ against C, with the name of its slope. */
export interface PredictedSlopes {
  readonly marks: readonly Mark[];
  /** The plateau of C, where the slopes meet. */
  readonly plateau?: number;
}

/**
 * Slope −1/T as in equilibrium, and below the plateau −x/T, the ratio predicted for late times at a constant rate 1; nothing where
 * the temperature is 0 or changes with the rate.
 */
export function predictedSlopes(
  { setting, theory: solved }: Shown,
  curves: readonly Curve[],
): PredictedSlopes {
  const { temperature, schedule = 1 } = setting.parameters as { temperature?: unknown; schedule?: unknown };
  if (!(Number(temperature) > 0) || rateOf(schedule) !== 1) return { marks: [] };
  const { plateau, fdtViolation } = solved?.predictions ?? {};
  const ages = typeof plateau === "number" && typeof fdtViolation === "number" && fdtViolation < 1;
  const lowest = Math.min(...curves.flatMap(({ x }) => x));
  const corner = ages ? Math.max(plateau, lowest) : lowest;
  const chi = (c: number) =>
    (c >= corner || !ages ? 1 - c : 1 - plateau + fdtViolation * (plateau - c)) / Number(temperature);
  const line = (from: number, to: number, label: string) =>
    theory([from, to], [chi(from), chi(to)], { colour: "currentColor", dashed: true, label });
  return {
    marks: [
      line(corner, 1, "slope −1/T"),
      ...(ages && lowest < plateau
        ? [line(plateau, lowest, `x = ${Number(fdtViolation.toPrecision(3))}`)]
        : []),
    ],
    ...(ages && { plateau }),
  };
}

/** The rate of a constant schedule. */
function rateOf(schedule: unknown): unknown {
  if (typeof schedule === "number") return schedule;
  const { kind, rate } = (schedule ?? {}) as Fields;
  return kind === "constant" ? rate : undefined;
}
