import type { Options } from "../../core/options";
import type { Solution } from "../../core/results";
import { createSchedule, type ScheduleSpec } from "../../schedule";
import { solveConfig } from "../../systems/calls";
import { equilibrium, spikedCovariance } from "../../theory/spiked-matrix-tensor";
import { tickText } from "../old/drawing/axis";
import type { Recipe } from "../old/kit/figure";
import { timesBetween } from "../old/kit/recipe";

/** The point of the paper's spiked matrix-tensor figures: p = 3, Δ2 = 0.2, Δp = 6, T = 1. */
export const studied = { p: 3, matrixNoise: 0.2, tensorNoise: 6, temperature: 1 } as const;

/** The same in words. */
export const studiedText = "Spiked matrix-tensor model with p = 3, Δ2 = 0.2, Δp = 6, T = 1";

/** Learning rate before any decay. */
const RATE = 1;
const SYSTEM = "spiked-matrix-tensor";
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
  /** Step in the clock. */
  readonly step: number;
}

/** Theory of the studied point under a schedule; `extrapolate` takes the step to 0. */
export function spikedTheory(
  run: SpikedRun,
  schedule: ScheduleSpec,
  label: string,
  extrapolate = false,
): Recipe {
  const { clock, time } = createSchedule(schedule);
  // Rounded down, for a config that can be read.
  const reach = clock(run.until) <= run.clockUntil ? run.until : Math.floor(100 * time(run.clockUntil)) / 100;
  return {
    label,
    verb: "solve",
    config: {
      system: SYSTEM,
      parameters: { ...studied, schedule, initialOverlap: run.initialOverlap },
      method: { kind: "uniform", until: reach, step: run.step, ...(extrapolate && { extrapolate }) },
      report: { times: timesBetween(FIRST_TIME, reach, SHOWN_TIMES) },
    },
  };
}

/** Solves a recipe; `shown` holds it at the times it reports. */
export async function followRecipe(recipe: Recipe, options: Options) {
  const solution = await solveConfig(recipe.config, options);
  const { times } = recipe.config.report as { times: number[] };
  return { solution, shown: solution.sample(times) };
}

/** Overlap and loss of the studied point's equilibrium. */
export interface Statics {
  readonly overlap: number;
  readonly loss: number;
}

/** Equilibrium of the studied point at a temperature; at 0 the ground state. */
export function staticsAt(temperature: number): Statics {
  const { overlap, loss } = equilibrium(spikedCovariance(studied), temperature);
  return { overlap, loss };
}

/** Time at which the overlap first gets to a level, linear between the nodes; undefined if it does not. */
export function crossingTime({ time, series: { overlap } }: Solution, level: number): number | undefined {
  const k = overlap.findIndex((value) => value >= level);
  if (k < 1) return undefined;
  return time[k - 1] + ((time[k] - time[k - 1]) * (level - overlap[k - 1])) / (overlap[k] - overlap[k - 1]);
}

/** What the figures call the crossing. */
export const crossingText = "half of the overlap in equilibrium at T = 1";

/** What the start and the schedule of a run are, for the notes. */
export function runNote({ initialOverlap, step }: SpikedRun): string {
  return (
    `The run starts with m = ${tickText(initialOverlap)}; as long as m is small it grows in proportion, so that a smaller start ` +
    `only makes the crossing later: in the clock ∫η dt by the logarithm of the ratio over the growth rate. The paper starts at 10⁻¹⁰, as the paper preset does. ` +
    `Steps of ${step} in the clock.`
  );
}
