import { list, nonNegative, positive, record } from "../../core/check";
import { ConvergenceError } from "../../core/errors";
import type { Covariance } from "../../models/covariance";
import { findRoot } from "../../numerics/roots";
import { signalState } from "./equilibrium";
import { glassState } from "./glass";
import { plateauGain } from "./growth";
import { checkTensorOrder, spikedCovariance } from "./model";

/** A cut through the phase diagram: tensor order, temperature, and the matrix noises to look at. */
export interface BoundaryInput {
  readonly p: number;
  readonly temperature: number;
  readonly matrixNoise: ArrayLike<number>;
}

/** Lines of the phase diagram in (matrixNoise, tensorNoise); one entry for each matrix noise asked for. */
export interface PhaseBoundaries {
  readonly matrixNoise: Float64Array;
  /** Tensor noise above which a point is easy; Infinity where none is. */
  readonly easyAbove: Float64Array;
  /** Tensor noise from which on a point is impossible; Infinity where none is. Between the two it is hard. */
  readonly impossibleAbove: Float64Array;
}

/**
 * Boundaries of the phases of `langevinPhase` at temperature T. The tensor helps the equilibrium but makes the landscape
 * rough: at given matrix noise points get easier for the dynamics with growing tensor noise, and lose their signal. Below
 * Δ2 = min(1, 1/T), where the matrix alone reveals the signal, there is an easy line and nothing is impossible; above
 * it is the other way round. (For p ≥ 4 and T < 1 one-step accuracy may call a point close to Δ2 = 1 impossible in `langevinPhase`
 * all the same; such windows are not drawn.) The easy line follows `langevinEasyMatrixNoise` where its plateau is the one reached,
 * and else the jump of the plateau. Relative accuracy 1e-10; 1e-3 where the signal vanishes continuously, at Δ2 = 1/T.
 *
 * @throws InvalidParameterError unless p is an integer from 3 to 1000, the temperature at least 0 and every matrix
 *   noise above 0.
 * @throws ConvergenceError if a boundary lies outside tensor noises from 1e-30 to 1e30.
 */
export function phaseBoundaries(input: BoundaryInput): PhaseBoundaries {
  const { p, temperature } = record("input", input);
  checkTensorOrder(p);
  nonNegative("temperature", temperature);
  const matrixNoise = Float64Array.from(list("matrixNoise", input.matrixNoise));
  matrixNoise.forEach((noise, k) => void positive(`matrixNoise[${k}]`, noise));
  const revealing = Math.min(1, 1 / temperature);
  const covariance = (noise: number, log: number) =>
    spikedCovariance({ p, matrixNoise: noise, tensorNoise: Math.exp(log) });
  return {
    matrixNoise,
    easyAbove: matrixNoise.map((noise) =>
      noise >= revealing
        ? Number.POSITIVE_INFINITY
        : boundary((log) => plateauGain(covariance(noise, log), temperature) - 1),
    ),
    impossibleAbove: matrixNoise.map((noise) =>
      noise < revealing
        ? Number.POSITIVE_INFINITY
        : boundary((log) => signalCost(covariance(noise, log), temperature)),
    ),
  };
}

/** Free energy of the best state with a signal above the state without; Infinity if there is none. */
function signalCost(covariance: Covariance, temperature: number): number {
  const glass = glassState(covariance, temperature);
  const signal = signalState(covariance, temperature, glass.freeEnergy);
  return signal ? signal.freeEnergy - glass.freeEnergy : Number.POSITIVE_INFINITY;
}

/** Tensor noise at which a function of its logarithm gets positive. */
function boundary(f: (logTensorNoise: number) => number): number {
  const start = f(0);
  const direction = start > 0 ? -1 : 1;
  let near = 0;
  for (let far = direction; Math.abs(far) < 69; far += direction) {
    if (f(far) > 0 !== start > 0) {
      return Math.exp(findRoot(f, Math.min(near, far), Math.max(near, far), { tolerance: 1e-11 }));
    }
    near = far;
  }
  throw new ConvergenceError("no boundary at tensor noises from 1e-30 to 1e30.", {
    reached: Math.exp(near),
    advice: "Choose matrix noises further from min(1, 1/temperature).",
  });
}
