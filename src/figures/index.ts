import type { Figure } from "./kit/figure";
import { figures as pSpin } from "./p-spin";
import { figures as phaseRetrieval } from "./phase-retrieval";
import { figures as quadraticNetwork } from "./quadratic-network";
import { figures as spikedMatrixTensor } from "./spiked-matrix-tensor";
import { figures as teacherStudent } from "./teacher-student";

export { type ComparedCurve, comparisonFigure } from "./kit/comparison-figure";
export { durationText } from "./kit/cost";
export { type Figure, type FigureResult, type FigureTools, type Preset, presets } from "./kit/figure";
export type { Solvers } from "./kit/lab";
export { type ReportFacts, renderReport } from "./kit/report";

/** Every figure of the atlas, in the order of the report: that of the systems. */
export const figures: readonly Figure[] = [
  ...pSpin,
  ...spikedMatrixTensor,
  ...phaseRetrieval,
  ...quadraticNetwork,
  ...teacherStudent,
];
