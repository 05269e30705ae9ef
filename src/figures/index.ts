export { type ComparedCurve, comparisonFigure } from "./kit/comparison-figure";
export { durationText } from "./kit/cost";
export { type Figure, type FigureResult, type FigureTools, type Preset, presets } from "./kit/figure";
export type { Solvers } from "./kit/lab";
export { type PredictedNumber, predictionsFigure } from "./kit/predictions-figure";
export { type ReportFacts, renderReport } from "./kit/report";
export { type RunCurve, type RunDrawing, runFigure } from "./kit/run-figure";
export { type Searched, searchFigure } from "./kit/search-figure";
export { type SweepCell, type SweepCurve, sweepLines, sweepMap } from "./kit/sweep-figure";
