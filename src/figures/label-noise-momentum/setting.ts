import type { Ensemble, Estimate } from "../../core/results";
import { mean, standardError } from "../../numerics/statistics";
import { type ConfigSource, seedFor } from "../kit/config";
import type { Lab } from "../kit/lab";

/** The paper of these figures. */
export const paper = "Flatter, faster: scaling momentum for optimal speedup of SGD";

export type Activation = "linear" | "tanh" | "relu";

/** Vector UV as in the paper: n = 10, P = 5, ε = ½, from the zero-loss manifold. */
const UV = { n: 10, samples: 5, noise: 0.5 };
/** κ² = ε²μ2/(Pn). */
const FORCE = 0.005;

/** How fast a setting of vector UV converges: two times with their errors, null where they did not come. */
export interface Times {
  readonly learningRate: number;
  /** Mean first passage of the radius below n/10, one a run. */
  readonly passage: number | null;
  readonly passageError: number | null;
  /** Settle time of the mean of ln radius. */
  readonly settle: number | null;
  readonly settleError: number | null;
}

/** Simulates vector UV at β = 1 − C η^γ for eight times as long as theory expects it to settle. */
export async function timesOf(
  lab: Lab,
  run: {
    readonly activation: Activation;
    readonly learningRate: number;
    readonly prefactor: number;
    readonly exponent: number;
    readonly runs: number;
  },
): Promise<Times> {
  const { activation, learningRate, prefactor, exponent, runs } = run;
  const h = prefactor * learningRate ** exponent;
  const until = Math.round(8 * Math.max((3 * h * h) / (learningRate ** 2 * FORCE), 4 / h));
  const label = `${activation}, C = ${prefactor}, γ = ${exponent.toFixed(3)}, η = ${learningRate}`;
  const config: ConfigSource = {
    system: "label-noise-momentum",
    parameters: { ...UV, activation, learningRate, momentum: { prefactor, exponent } },
    simulation: { samples: runs, until, seed: seedFor(`times, ${label}`) },
    report: { times: [until], quantities: ["firstPassageTime", "settleTime"] },
  };
  const ensemble = await lab.simulate(label, config);
  return { learningRate, ...passageOf(ensemble), ...settleOf(ensemble.summary?.settleTime) };
}

function passageOf({ events }: Ensemble) {
  const passages = events!.firstPassageTime;
  const all = passages.every(Number.isFinite);
  return {
    passage: all ? mean(passages) : null,
    passageError: all && passages.length > 1 ? standardError(passages) : null,
  };
}

function settleOf(estimate: Estimate | undefined) {
  const value = estimate?.value ?? Infinity;
  const error = estimate?.standardError ?? Infinity;
  return {
    settle: Number.isFinite(value) && value > 0 ? value : null,
    settleError: Number.isFinite(error) && value > 0 ? error : null,
  };
}

/** A power law T = T0 η^−α through times at several learning rates. */
export interface PowerLaw {
  readonly exponent: number;
  readonly error: number;
  /** T0. */
  readonly amplitude: number;
}

/** The power law through one of the two times by least squares in logarithms; null with fewer than two times. */
export function powerLawOf(times: readonly Times[], which: "passage" | "settle"): PowerLaw | null {
  const points = times.filter((one) => one[which] !== null);
  if (points.length < 2) return null;
  const x = points.map(({ learningRate }) => -Math.log(learningRate));
  const y = points.map((one) => Math.log(one[which]!));
  const centre = mean(x);
  const norm = x.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const weights = x.map((value) => (value - centre) / norm);
  const exponent = y.reduce((sum, value, k) => sum + weights[k] * value, 0);
  const errors = points.map((one) => (one[`${which}Error`] ?? 0) / one[which]!);
  return {
    exponent,
    error: Math.hypot(...errors.map((error, k) => error * weights[k])),
    amplitude: Math.exp(mean(y) - exponent * centre),
  };
}
