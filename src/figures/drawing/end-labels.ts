import { type Axis, placeOn, valueAt } from "./axis";

/** The name of a line, at the height where the line ends or near it. */
export interface EndLabel {
  readonly label: string;
  readonly colour: string;
  /** On the y axis. */
  readonly height: number;
}

interface LabelledLine {
  readonly y: ArrayLike<number>;
  readonly colour: string;
  readonly label?: string;
}

/** Lines whose ends are apart by less than this part of a gap end together. */
const TOGETHER = 0.06;

/**
 * Labels at the ends of their lines, pushed apart where they would overlap; those of lines that end together in the order of
 * the lines, from above.
 * @param gap least distance of two labels, as a share of the axis
 */
export function endLabels(lines: readonly LabelledLine[], axis: Axis, gap: number): EndLabel[] {
  const placed = lines
    .filter(({ label, y }) => label !== undefined && y.length > 0)
    .map(({ label, colour, y }, order) => ({
      label: label!,
      colour,
      order,
      place: placeOn(axis, y[y.length - 1]),
    }))
    .sort((a, b) => a.place - b.place);
  for (let first = 0, k = 1; k <= placed.length; k++) {
    if (k < placed.length && placed[k].place - placed[first].place < TOGETHER * gap) continue;
    const together = placed.slice(first, k).sort((a, b) => b.order - a.order);
    placed.splice(first, together.length, ...together);
    first = k;
  }
  for (let k = 0; k < placed.length; k++) {
    placed[k].place = Math.max(placed[k].place, k === 0 ? 0 : placed[k - 1].place + gap);
  }
  for (let k = placed.length - 1; k >= 0; k--) {
    placed[k].place = Math.min(placed[k].place, k === placed.length - 1 ? 1 : placed[k + 1].place - gap);
  }
  return placed.map(({ label, colour, place }) => ({ label, colour, height: valueAt(axis, place) }));
}
