import type { Solution } from "../../core/results";
import { findRoot } from "../../numerics/roots";
import type { ScheduleSpec } from "../../schedule";
import { equilibrium, spikedCovariance } from "../../theory/spiked-matrix-tensor";
import { tickText } from "../drawing/axis";
import { type ConfigSource, timesBetween } from "../kit/config";
import type { Lab } from "../kit/lab";
import { plain } from "../kit/plain";

/** The paper of the figures of the spiked matrix-tensor model. */
export const paper = "Optimal learning rate schedules in high-dimensional non-convex optimization problems";

/** A config of the model. */
export const spiked = (parameters: ConfigSource, rest: ConfigSource = {}): ConfigSource => ({
  system: "spiked-matrix-tensor",
  parameters,
  ...rest,
});

/** The point of the paper's spiked matrix-tensor figures: p = 3, Δ2 = 0.2, Δp = 6, T = 1. */
export const studied = { p: 3, matrixNoise: 0.2, tensorNoise: 6, temperature: 1 } as const;

/** The same in words. */
export const studiedText = "Spiked matrix-tensor model with p = 3, Δ2 = 0.2, Δp = 6, T = 1";

/** Learning rate before any decay. */
const RATE = 1;
const FIRST_TIME = 0.1;
const SHOWN_TIMES = 180;

/** A constant rate 1. */
export const constantRate: ScheduleSpec = { kind: "constant", rate: RATE };

/** η = 1 up to the switch time ts, then (1 + t − ts)^−β; the paper writes (t − ts)^−β. */
export function holdThenDecay(switchTime: number, exponent: number): ScheduleSpec {
  return { kind: "hold-then-decay", rate: RATE, switchTime, exponent };
}

/** How far and how exactly the theory is followed. */
export interface SpikedRun {
  readonly until: number;
  readonly tolerance: number;
}

/** Overlap at the start, as in print. */
export const initialOverlap = 1e-10;

/** Overlap, loss and lower edge of the Hessian under a schedule, and when the signal is found (null where the run ends before). */
export async function follow(
  lab: Lab,
  label: string,
  { until, tolerance }: SpikedRun,
  schedule: ScheduleSpec,
) {
  const times = timesBetween(FIRST_TIME, until, SHOWN_TIMES);
  const method = { kind: "aging", until, tolerance };
  const config = spiked({ ...studied, schedule, initialOverlap }, { method, report: { times } });
  const solution = await lab.solve(label, config);
  const { time, series, error } = solution.sample(times);
  return {
    ...plain({ time, overlap: series.overlap, loss: series.loss, edge: series.hessianLeftEdge }),
    crossing: crossingTime(solution, staticsAt(1).overlap / 2),
    error: Math.max(...error!.overlap, ...error!.loss),
  };
}

/** Time at which the overlap first gets to a level; null if it does not. */
function crossingTime({ time, series, sample }: Solution, level: number): number | null {
  const k = series.overlap.findIndex((value) => value >= level);
  if (k < 1) return null;
  return findRoot((t) => sample([t]).series.overlap[0] - level, time[k - 1], time[k], { tolerance: 1e-9 });
}

/** What the figures call the crossing. */
export const crossingText = "half of the overlap in equilibrium at T = 1";

/** Equilibrium of the studied point at a temperature; at 0 the ground state. */
export function staticsAt(temperature: number): Record<"overlap" | "loss", number> {
  const { overlap, loss } = equilibrium(spikedCovariance(studied), temperature);
  return { overlap, loss };
}

/** What the start of the runs is, and how exact they are, for the notes. */
export function runNote(curves: readonly { readonly error: number }[]): string {
  return (
    `Runs start with m = ${tickText(initialOverlap)}, as in print; as long as m is small it grows in proportion, so that a smaller start ` +
    `only makes the crossing later: in the clock ∫η dt by the logarithm of the ratio over the growth rate. ` +
    `Stated errors of overlap and loss are at most ${Math.max(...curves.map(({ error }) => error)).toExponential(0)}.`
  );
}
