import type { Figure, FigureResult } from "./kit/figure";
import type { Figure as OldFigure } from "./old/kit/figure";
import { figures as pSpin } from "./p-spin";
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
import { figures as teacherStudent } from "./teacher-student";

export { comparisonFigure } from "./kit/comparison-figure";
export { durationText } from "./kit/cost";
export { type Figure, type FigureResult, type FigureTools, type Preset, presets } from "./kit/figure";
export type { Solvers } from "./kit/lab";
export { type ReportFacts, renderReport } from "./kit/report";

/** Every figure of the atlas, in the order of the report. */
export const figures: readonly Figure[] = [
  ...pSpin,
  ...[
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
  ].map(lifted),
  ...teacherStudent,
];

/** A figure of the old shape, until it has the new one. */
function lifted(figure: OldFigure): Figure {
  const cost = { quick: 0, standard: 0, paper: 0 };
  return {
    ...figure,
    cost,
    make: () => Promise.reject(new Error("has only presets")),
    run: async (preset, tools) =>
      (await figure.run(preset === "paper" ? "paper" : "quick", tools)) as unknown as FigureResult,
  };
}
