import { ConvergenceError } from "../../core/errors";
import type { Modes } from "../../models/spherical-sk/modes";
import type { SphericalSk } from "../../models/spherical-sk/problem";
import { type SpectralState, type SpectralStep, spectralStep, stateWithin } from "./spectral-step";

/** The path of all modes, from t = 0 to where it has been taken. */
export interface SpectralPath {
  readonly modes: Modes;
  /** Clock reached. */
  reached(): number;
  /** Takes one step, at most to `until` in the clock. */
  advance(until: number): void;
  /**
   * The state at a time t whose clock has been reached. Its growth is counted from the first state after t = 0: where the noise is
   * infinite at the start, so is ln Γ itself.
   */
  at(t: number): SpectralState;
  /** ln Γ − 2λ1s counted from t = 0. */
  logExcess(state: SpectralState): number;
  /** Times at the ends of the steps. */
  times(): number[];
}

const MOST_GROWTH = 3;
const MOST_STEPS = 20_000;
const SAFETY = 0.85;
/** Clocks nearer than this part of them are one, but for rounding. */
const SAME_CLOCK = 1e-14;
/** Part of the first unit of the clock at which a run with a singular start begins. */
const FIRST = 1e-11;
/** T_eff s at which the noise has long erased everything before s. */
const ERASING = 1e3;

/**
 * Adaptive steps of {@link spectralStep}; the defect of the source at the ends of a step, relative to its size, stays
 * below `tolerance`.
 */
export function createSpectralPath(problem: SphericalSk, modes: Modes, tolerance: number): SpectralPath {
  const { temperature, schedule } = problem;
  const steps: SpectralStep[] = [];
  const kinks = schedule.kinks.map((time) => ({ time, clock: schedule.clock(time) }));
  const { initial, heat } = firstState(problem, modes);
  const start = { clock: 0, y: modes.start, logExcess: -2 * heat };
  let now = initial;
  let length = initial.clock > 0 ? initial.clock : 0.05;

  /** T_eff within a step: at a kink the value on the side of the step. Where the clock saturates the rate has come to 0. */
  function heatWithin(from: number, end: number): (clock: number) => number {
    const [first, last] = [from, end].map((clock) => kinks.find((kink) => same(kink.clock, clock)));
    const rate = (clock: number) => {
      if (last && same(clock, end)) return schedule.rateBefore(last.time);
      if (first && same(clock, from)) return schedule.rate(first.time);
      return schedule.rate(schedule.time(clock));
    };
    return (clock) => (temperature === 0 || clock >= schedule.totalClock ? 0 : temperature * rate(clock));
  }

  return {
    modes,
    reached: () => now.clock,
    advance(until) {
      const kink = kinks.find(({ clock }) => clock > now.clock && !same(clock, now.clock))?.clock ?? Infinity;
      const end = Math.min(until, kink, schedule.totalClock);
      const heatAt = heatWithin(now.clock, end);
      for (let attempt = 0; ; attempt++) {
        const left = end - now.clock;
        // A last step that is next to nothing is joined to the one before it.
        const take = length > 0.9 * left ? left : Math.min(length, 0.5 * left + length / 2);
        const step = spectralStep(modes, now, take, heatAt);
        if (attempt > 60 || steps.length > MOST_STEPS) throw stuck(schedule.time(now.clock));
        // No number: a step so long that T_eff g left the positive numbers.
        const change = SAFETY * (tolerance / Math.max(step.defect, 1e-300)) ** (1 / 6) || 0;
        length = take * Math.min(MOST_GROWTH, Math.max(0.2, change));
        if (!(step.defect <= tolerance)) continue;
        steps.push(step);
        const state = stateWithin(modes, step, 1);
        now = take === left ? { ...state, clock: end } : state;
        return;
      }
    },
    at(t) {
      const clock = Math.min(schedule.clock(t), schedule.totalClock);
      if (clock === 0 || clock < initial.clock) return start;
      if (steps.length === 0) return initial;
      const step = stepAt(steps, clock);
      return stateWithin(modes, step, Math.min(1, (clock - step.from.clock) / step.length));
    },
    logExcess: (state) => (state === start ? 0 : state.logExcess + 2 * heat),
    times: () => [start, ...steps.slice(1).map((step) => step.from), now].map(({ clock }) => timeOf(clock)),
  };

  function timeOf(clock: number): number {
    return clock >= schedule.totalClock ? schedule.end : schedule.time(clock);
  }
}

/**
 * The first state, and H = T∫η² up to it. Of a schedule that is singular at t = 0 it is a moment later: noise alone moves every y_μ
 * towards 1 as e^{−2H}, and the descent has done nothing yet. Where the noise is so strong that T_eff s is still large, later:
 * it erases what was before.
 */
function firstState({ temperature, schedule }: SphericalSk, modes: Modes) {
  if (schedule.startExponent === 0 || temperature === 0) {
    return { initial: { clock: 0, y: modes.start, logExcess: 0 }, heat: 0 };
  }
  let clock = FIRST * Math.min(1, schedule.totalClock);
  while (temperature * schedule.rate(schedule.time(clock)) * clock > ERASING) clock *= 2;
  const heat = temperature * schedule.heat(schedule.time(clock));
  const left = Math.exp(-2 * heat);
  const y = modes.start.map((value, i) => modes.heat[i] * (1 - left) + value * left);
  return { initial: { clock, y, logExcess: 0 }, heat };
}

const same = (a: number, b: number): boolean => Math.abs(a - b) <= SAME_CLOCK * b;

function stepAt(steps: readonly SpectralStep[], clock: number): SpectralStep {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (steps[middle].from.clock <= clock) low = middle;
    else high = middle - 1;
  }
  return steps[low];
}

function stuck(reached: number): ConvergenceError {
  return new ConvergenceError(`the modes could not be followed beyond t = ${reached}.`, {
    reached,
    advice: "Loosen the tolerance, or smooth the schedule there.",
  });
}
