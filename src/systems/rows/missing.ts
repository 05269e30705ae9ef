import type { Report } from "../system";
import type { Row } from "./row";

/** What was asked for and has no row, in words: nothing is left out in silence. */
export function missingNotes(
  rows: readonly Pick<Row, "quantity" | "timePrime">[],
  { quantities = [], pairs }: Report,
): string[] {
  const given = new Set(rows.map(({ quantity }) => quantity));
  const without = quantities.filter((name) => !given.has(name));
  return [
    ...(without.length > 0 ? [`not given by this run: ${without.join(", ")}`] : []),
    ...(pairs.length > 0 && without.length === 0 && rows.every(({ timePrime }) => timePrime === undefined)
      ? ["nothing is given at the pairs: this run has no quantities of two times"]
      : []),
  ];
}
