/** Drawings as plain data: what figures, the report and the page draw with. */
export { type AxisPlan, linear, log } from "./axis";
export { type Drawing, drawElement } from "./drawing";
export { bandOf, type Mark, measured, theory } from "./marks";
export { colourOf, rampColour } from "./palette";
