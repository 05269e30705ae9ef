import { tickText } from "../drawing/axis";
import type { ConfigSource } from "../kit/config";

/** The paper of these figures. */
export const paper = "Theory of optimal learning rate schedules and scaling laws for a random feature model";

/** Two models, one in each phase. */
export interface Model {
  readonly a: number;
  readonly b: number;
  readonly phase: "easy" | "hard";
}

export const easy: Model = { a: 3, b: 2, phase: "easy" };
export const hard: Model = { a: 1.5, b: 2, phase: "hard" };

export const nameOf = ({ a, b, phase }: Model): string => `${phase} phase, a = ${a}, b = ${b}`;

/** Features of a figure's student, all modes trained that matter. */
export const FEATURES = 1000;

/** A config of SGD on random features with σ² = 1; the rate of the schedule is what a search replaces. */
export const randomFeatures = (
  { a, b }: Pick<Model, "a" | "b">,
  horizon: number,
  rest: ConfigSource,
  parameters: ConfigSource = {},
): ConfigSource => ({
  system: "random-features",
  parameters: {
    targetExponent: a,
    spectrumExponent: b,
    features: FEATURES,
    labelNoise: 1,
    schedule: 0.01,
    horizon,
    ...parameters,
  },
  ...rest,
});

/** Steps of a run of T steps at which a schedule is drawn: evenly, and closer and closer towards the end. */
export function stepsOf(horizon: number, count: number): number[] {
  const even = Array.from({ length: count }, (_, k) => Math.floor((k * horizon) / count));
  const late = Array.from({ length: count }, (_, k) => horizon - Math.round(horizon ** (k / (count - 1))));
  return [...new Set([...even, ...late])].filter((t) => t >= 0 && t < horizon).sort((x, y) => x - y);
}

/** Slope of ln y over ln x between the last two points. */
export function lastSlope(x: readonly number[], y: readonly number[]): number {
  const k = x.length - 1;
  return Math.log(y[k] / y[k - 1]) / Math.log(x[k] / x[k - 1]);
}

/** A number of steps in print: 2¹⁰ as 1024, 10⁶ as a power of ten. */
export const stepsText = (steps: number): string =>
  steps >= 1e4 && Number.isInteger(Math.log10(steps)) ? tickText(steps) : String(steps);
