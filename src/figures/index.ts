import type { Figure } from "./figure";
import { pSpinAging } from "./p-spin-aging";
import { pSpinAgreement } from "./p-spin-agreement";
import { pSpinExponents } from "./p-spin-exponents";
import { pSpinLoss } from "./p-spin-loss";
import { phaseAlgorithms } from "./phase-algorithms";
import { phaseKernels } from "./phase-kernels";
import { phaseMeanField } from "./phase-mean-field";
import { phaseNoise } from "./phase-noise";
import { phaseRandomStart } from "./phase-random-start";
import { phaseRidge } from "./phase-ridge";
import { phaseStep } from "./phase-step";
import { phaseTrapping } from "./phase-trapping";
import { quadraticExitDimension } from "./quadratic-exit-dimension";
import { quadraticExitWidth } from "./quadratic-exit-width";
import { quadraticLandscape } from "./quadratic-landscape";
import { quadraticPair } from "./quadratic-pair";
import { quadraticRisk } from "./quadratic-risk";
import { quadraticSecondLayer } from "./quadratic-second-layer";
import { spikedAgreement } from "./spiked-agreement";
import { spikedDecay } from "./spiked-decay";
import { spikedPhases } from "./spiked-phases";
import { spikedSwitch } from "./spiked-switch";

export { comparisonFigure } from "./comparison-figure";
export type { Figure, FigureResult, FigureTable, FigureTools, Panel, Preset, Recipe } from "./figure";
export { type ReportFacts, renderReport } from "./report";

/** Every figure of the atlas, in the order of the report. */
export const figures: readonly Figure[] = [
  pSpinLoss,
  pSpinAging,
  pSpinExponents,
  pSpinAgreement,
  spikedSwitch,
  spikedDecay,
  spikedPhases,
  spikedAgreement,
  quadraticExitDimension,
  quadraticExitWidth,
  quadraticRisk,
  quadraticPair,
  quadraticSecondLayer,
  quadraticLandscape,
  phaseTrapping,
  phaseAlgorithms,
  phaseNoise,
  phaseRandomStart,
  phaseRidge,
  phaseStep,
  phaseMeanField,
  phaseKernels,
];
