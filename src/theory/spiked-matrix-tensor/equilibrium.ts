import type { Covariance } from "../../models/covariance";
import { equilibria, type ReplicaSymmetricState } from "./branches";
import { brokenSignalStates } from "./broken";
import { glassState } from "./glass";
import type { OneStepState } from "./one-step";

/** An equilibrium state, replica symmetric or with one step. */
export type EquilibriumState = ReplicaSymmetricState | OneStepState;

/**
 * Equilibrium of the landscape with its planted signal: the state of lowest free energy, with a signal
 * ({@link signalState}) or without (`glassState`). A signal state that exists but lies higher is metastable and not the
 * equilibrium. T = 0: the ground state. Exact for p = 3, and for every p where the state is replica symmetric and
 * stable, as always at T = 1; elsewhere to the accuracy of one step of replica-symmetry breaking.
 *
 * @throws InvalidParameterError if the temperature is negative.
 */
export function equilibrium(covariance: Covariance, temperature: number): EquilibriumState {
  const glass = glassState(covariance, temperature);
  const signal = signalState(covariance, temperature, glass.freeEnergy);
  return signal && signal.freeEnergy < glass.freeEnergy ? signal : glass;
}

/**
 * The best state with a signal, be it the equilibrium or metastable: the minimum with m > 0 of lowest free energy,
 * replica symmetric (`equilibria`) where that is stable, else with one step (`brokenSignalStates`).
 * `undefined` if there is none.
 *
 * @param good a free energy below which a replica-symmetric state is taken without looking for one with a step.
 * @throws InvalidParameterError if the temperature is negative.
 */
export function signalState(
  covariance: Covariance,
  temperature: number,
  good = Number.NEGATIVE_INFINITY,
): EquilibriumState | undefined {
  const symmetric = lowest(
    equilibria(covariance, temperature).filter((s) => s.overlap > 0 && s.isMinimum && s.replicon >= 0),
  );
  if (symmetric && symmetric.freeEnergy < good) return symmetric;
  return lowest([...(symmetric ? [symmetric] : []), ...brokenSignalStates(covariance, temperature)]);
}

function lowest(states: readonly EquilibriumState[]): EquilibriumState | undefined {
  if (states.length === 0) return undefined;
  return states.reduce((best, state) => (state.freeEnergy < best.freeEnergy ? state : best));
}
