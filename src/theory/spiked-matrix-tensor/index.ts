/**
 * Equilibrium, phases and growth rate of the spiked matrix-tensor model. Where each equation of docs/equations.md stands:
 *
 *   (S.11) to (S.13)  replica-symmetric states        equilibria
 *   (S.14) to (S.16)  one step, with or without       equilibrium, signalState (brokenSignalStates, glassState)
 *   (S.17)            Langevin-easy line              langevinEasyMatrixNoise
 *   (S.18)            gain of the plateau             plateauGain
 *   (S.19), (S.20)    growth rate, fast relaxation    plateauGrowthRate
 *   (S.21)            phase and its boundaries        langevinPhase, phaseBoundaries
 */
export { type BoundaryInput, type PhaseBoundaries, phaseBoundaries } from "./boundaries";
export { equilibria, type ReplicaSymmetricState } from "./branches";
export { type EasyLineInput, langevinEasyMatrixNoise } from "./easy";
export { type EquilibriumState, equilibrium, signalState } from "./equilibrium";
export { plateauGain, plateauGrowthRate } from "./growth";
export { type SpikedModel, spikedCovariance } from "./model";
export { type LangevinPhase, langevinPhase } from "./phase";
