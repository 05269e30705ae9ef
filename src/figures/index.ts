import type { Figure } from "./kit/figure";
import { pSpinAging } from "./p-spin/aging";
import { pSpinAgreement } from "./p-spin/agreement";
import { pSpinExponents } from "./p-spin/exponents";
import { pSpinLoss } from "./p-spin/loss";
import { phaseAlgorithms } from "./phase-retrieval/algorithms";
import { phaseKernels } from "./phase-retrieval/kernels";
import { phaseMeanField } from "./phase-retrieval/mean-field";
import { phaseNoise } from "./phase-retrieval/noise";
import { phaseRandomStart } from "./phase-retrieval/random-start";
import { phaseRidge } from "./phase-retrieval/ridge";
import { phaseStep } from "./phase-retrieval/step";
import { phaseTrapping } from "./phase-retrieval/trapping";
import { quadraticExitDimension } from "./quadratic-network/exit-dimension";
import { quadraticExitWidth } from "./quadratic-network/exit-width";
import { quadraticLandscape } from "./quadratic-network/landscape";
import { quadraticPair } from "./quadratic-network/pair";
import { quadraticRisk } from "./quadratic-network/risk";
import { quadraticSecondLayer } from "./quadratic-network/second-layer";
import { spikedAgreement } from "./spiked-matrix-tensor/agreement";
import { spikedDecay } from "./spiked-matrix-tensor/decay";
import { spikedPhases } from "./spiked-matrix-tensor/phases";
import { spikedSwitch } from "./spiked-matrix-tensor/switch";

export { comparisonFigure } from "./kit/comparison-figure";
export type { Figure, FigureResult, FigureTable, FigureTools, Panel, Preset, Recipe } from "./kit/figure";
export { type ReportFacts, renderReport } from "./kit/report";

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
