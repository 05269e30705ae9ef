import { createSchedule, type ScheduleSpec } from "../../schedule";
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
const SHOWN_TIMES = 90;

/** A constant rate 1. */
export const constantRate: ScheduleSpec = { kind: "constant", rate: RATE };

/** η = 1 up to the switch time ts, then (1 + t − ts)^−β; the paper writes (t − ts)^−β. */
export function holdThenDecay(switchTime: number, exponent: number): ScheduleSpec {
  return { kind: "hold-then-decay", rate: RATE, switchTime, exponent };
}

/** How far and how finely the theory is followed. */
export interface SpikedRun {
  readonly initialOverlap: number;
  /** Last time, unless the clock gets to `clockUntil` before. */
  readonly until: number;
  readonly clockUntil: number;
  /** Step in the clock; of the coarsest grid where it is extrapolated to 0. */
  readonly step: number;
  readonly extrapolate?: boolean;
}

/** Start, end and step of the presets. */
export const RUNS = {
  quick: { initialOverlap: 1e-6, until: 300, step: 0.05 },
  standard: { initialOverlap: 1e-10, until: 1000, step: 0.04 },
  paper: { initialOverlap: 1e-10, until: 1000, step: 0.025 },
};

/** Overlap, loss and lower edge of the Hessian under a schedule, and when the signal is found (null where the run ends before). */
export async function follow(lab: Lab, label: string, run: SpikedRun, schedule: ScheduleSpec) {
  const { clock, time: timeOf } = createSchedule(schedule);
  const { initialOverlap, clockUntil, step, extrapolate = false } = run;
  // Rounded down, for a config that can be read.
  const until = clock(run.until) <= clockUntil ? run.until : Math.floor(100 * timeOf(clockUntil)) / 100;
  const times = timesBetween(FIRST_TIME, until, SHOWN_TIMES);
  const method = { kind: "uniform", until, step, extrapolate };
  const config = spiked({ ...studied, schedule, initialOverlap }, { method, report: { times } });
  const solution = await lab.solve(label, config);
  const { time, series } = solution.sample(times);
  return {
    ...plain({ time, overlap: series.overlap, loss: series.loss, edge: series.hessianLeftEdge }),
    crossing: crossingTime(solution.time, solution.series.overlap, staticsAt(1).overlap / 2),
  };
}

/** Time at which the overlap first gets to a level, linear between the nodes; null if it does not. */
function crossingTime(time: Float64Array, overlap: Float64Array, level: number): number | null {
  const k = overlap.findIndex((value) => value >= level);
  if (k < 1) return null;
  return time[k - 1] + ((time[k] - time[k - 1]) * (level - overlap[k - 1])) / (overlap[k] - overlap[k - 1]);
}

/** What the figures call the crossing. */
export const crossingText = "half of the overlap in equilibrium at T = 1";

/** Equilibrium of the studied point at a temperature; at 0 the ground state. */
export function staticsAt(temperature: number): Record<"overlap" | "loss", number> {
  const { overlap, loss } = equilibrium(spikedCovariance(studied), temperature);
  return { overlap, loss };
}

/** What the start and the schedule of a run are, for the notes. */
export function runNote({ initialOverlap, step }: SpikedRun): string {
  return (
    `The run starts with m = ${tickText(initialOverlap)}; as long as m is small it grows in proportion, so that a smaller start ` +
    `only makes the crossing later: in the clock ∫η dt by the logarithm of the ratio over the growth rate. The paper starts at 10⁻¹⁰, as the presets standard and paper do. ` +
    `Steps of ${step} in the clock.`
  );
}
