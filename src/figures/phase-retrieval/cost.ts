import { tickText } from "../old/drawing/axis";
import type { PhaseSetting } from "./runs";

/**
 * Seconds of one core that a step of one run takes for each of the N·M numbers of the data, which go through two
 * products; measured at N = 1000, M = 3000, where they come from memory.
 */
const SECONDS_PER_ENTRY = 3.7e-10;

/** Seconds of one core that the runs of a setting take if none of them ends early, by the measured cost of a step. */
export function settingCost({ size, samples, until, parameters }: PhaseSetting): number {
  const { sampleRatio, learningRate } = parameters;
  const steps = Math.ceil(until / learningRate);
  return samples * steps * size * Math.round(sampleRatio * size) * SECONDS_PER_ENTRY;
}

/** What settings will cost, in print, known before any of them runs. */
export function costText(settings: readonly PhaseSetting[]): string {
  const seconds = settings.map(settingCost).reduce((sum, cost) => sum + cost, 0);
  return `at most ${durationText(seconds)} of one core`;
}

/** The same with the sizes that make it so. */
export function planText(settings: readonly PhaseSetting[]): string {
  const different = (values: readonly number[]) => [...new Set(values)].join(", ");
  const steps = settings.map(({ until, parameters }) => Math.ceil(until / parameters.learningRate));
  const longest = settings.reduce((one, other) => (settingCost(other) > settingCost(one) ? other : one));
  return (
    `${settings.length} settings at N = ${different(settings.map(({ size }) => size))} with ${different(settings.map(({ samples }) => samples))} runs each, up to ` +
    `${tickText(Math.max(...steps))} steps a run: ${costText(settings)}, of which ${durationText(settingCost(longest))} for ${longest.name}. ` +
    "Measured: 1.1 ms a step of one run at N = 1000, M = 3000; runs that recover end earlier."
  );
}

/** A duration to two digits, in the unit that suits it. */
function durationText(seconds: number): string {
  const units = [
    { name: "days", seconds: 86400 },
    { name: "hours", seconds: 3600 },
    { name: "minutes", seconds: 60 },
  ];
  const { name, seconds: unit } = units.find((one) => seconds >= 2 * one.seconds) ?? {
    name: "seconds",
    seconds: 1,
  };
  return `${Number((seconds / unit).toPrecision(2))} ${name}`;
}
