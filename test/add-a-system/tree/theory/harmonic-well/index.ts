import { nonNegative, positive } from "../../core/check";

/** A particle in a harmonic well with noise: dx = −k x dt + √(2T) dW from x(0). */
export interface HarmonicWell {
  /** Curvature k of the well. */
  readonly curvature: number;
  readonly temperature: number;
  /** Start x(0). */
  readonly position: number;
}

/** @throws InvalidParameterError naming the parameter */
export function checkWell(well: HarmonicWell): void {
  positive("curvature", well.curvature);
  nonNegative("temperature", well.temperature);
}

/** Mean energy ⟨k x²/2⟩ at a time: k x(0)² e^(−2kt)/2 + T (1 − e^(−2kt))/2. */
export function meanEnergy({ curvature, temperature, position }: HarmonicWell, t: number): number {
  const decay = Math.exp(-2 * curvature * t);
  return 0.5 * (curvature * position ** 2 * decay + temperature * (1 - decay));
}

/** Mean energy at late times, T/2. */
export const equilibriumEnergy = ({ temperature }: HarmonicWell): number => temperature / 2;
