/** Equilibrium, phases and growth rate of the spiked matrix-tensor model. */
export { type BoundaryInput, type PhaseBoundaries, phaseBoundaries } from "./boundaries";
export { equilibria, type ReplicaSymmetricState } from "./branches";
export { type EasyLineInput, langevinEasyMatrixNoise } from "./easy";
export { type EquilibriumState, equilibrium, signalState } from "./equilibrium";
export { plateauGain, plateauGrowthRate } from "./growth";
export { type SpikedModel, spikedCovariance } from "./model";
export { type LangevinPhase, langevinPhase } from "./phase";
