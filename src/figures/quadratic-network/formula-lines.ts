import { type Line, theory } from "../drawing/marks";
import { colourOf } from "../drawing/palette";
import { type ExitFormulas, FORMULAS } from "./setting";

/** A line for each formula of the exit time, in units of `factor`; gaps where a formula has no value are joined. */
export function formulaLines<P>(
  points: readonly P[],
  x: (point: P) => number,
  formulas: (point: P) => ExitFormulas,
  factor: (point: P) => number = () => 1,
): Line[] {
  return FORMULAS.map((name, k) => {
    const known = points.filter((point) => formulas(point)[name] !== null);
    const y = known.map((point) => formulas(point)[name]! * factor(point));
    return theory(known.map(x), y, { colour: colourOf(k), label: name, dashed: name !== "shifted" });
  });
}
