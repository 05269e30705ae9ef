import * as Plot from "@observablehq/plot";
import { type Axis, placeOn } from "./axis";

/** A level or a moment that does not depend on the other axis. */
export interface Level {
  readonly value: number;
  readonly label: string;
  /** Of a moment: its name to the left of it; default only where there is no room to the right. Of a level: its name at the left end. */
  readonly left?: boolean;
}

/** Pixels from one name to the next below each other. */
const ROW = 16;
const reference = { stroke: "currentColor", strokeOpacity: 0.6, strokeDasharray: "2 4" };
const after = { textAnchor: "start", dx: 6, fillOpacity: 0.75 } as const;
const before = { ...after, textAnchor: "end", dx: -6 } as const;

/**
 * Horizontals with their names above them, on both sides in turn, as two may be close. Those that are so close that a name would stand in the
 * line above it have one name in common, above the highest.
 * @param gap height of a name, as a share of the axis
 */
export function levelMarks(levels: readonly Level[], y: Axis, gap: number): Plot.Markish[] {
  return withSharedNames(levels, y, gap).flatMap(({ value, label, left }, k) => [
    Plot.ruleY([value], reference),
    Plot.text([label], {
      y: [value],
      // Below where there is no room above.
      dy: placeOn(y, value) > 1 - gap ? 10 : -8,
      ...((left ?? k % 2 === 0) ? { frameAnchor: "left", ...after } : { frameAnchor: "right", ...before }),
    }),
  ]);
}

/** The same levels, in their order; names that have no room join that of the level above. */
function withSharedNames(levels: readonly Level[], y: Axis, gap: number): Level[] {
  const named = levels.map((level) => ({ ...level }));
  const upwards = named
    .filter(({ label }) => label !== "")
    .sort((a, b) => placeOn(y, a.value) - placeOn(y, b.value));
  for (const [k, level] of upwards.entries()) {
    const next = upwards[k + 1];
    if (!next || placeOn(y, next.value) - placeOn(y, level.value) >= gap) continue;
    if (level.label !== next.label) next.label = `${next.label}, ${level.label}`;
    level.label = "";
  }
  return named;
}

/**
 * Verticals with their names at the bottom, or at the top where those of levels stand at the bottom; names that would stand on each other
 * stand in rows.
 * @param letter width of a letter, @param gap height of a name, both as shares of their axes
 */
export function momentMarks(
  moments: readonly Level[],
  { x, letter }: { readonly x: Axis; readonly letter: number },
  { levels, y, gap }: { readonly levels: readonly Level[]; readonly y: Axis; readonly gap: number },
): Plot.Markish[] {
  const isTaken = levels.some(({ value }) => placeOn(y, value) < gap);
  const [frameAnchor, first, step] = isTaken ? (["top", 12, ROW] as const) : (["bottom", -10, -ROW] as const);
  const rows: (readonly [from: number, to: number])[][] = [];
  return moments.flatMap(({ value, label, left = placeOn(x, value) > 0.5 }) => {
    const at = placeOn(x, value);
    const length = letter * (label.length + 1);
    const own = left ? ([at - length, at] as const) : ([at, at + length] as const);
    const isFree = (row: (typeof rows)[number]) => row.every(([from, to]) => own[1] < from || own[0] > to);
    const free = rows.findIndex(isFree);
    const row = free >= 0 ? free : rows.push([]) - 1;
    if (label !== "") rows[row].push(own);
    return [
      Plot.ruleX([value], reference),
      Plot.text([label], { x: [value], frameAnchor, dy: first + step * row, ...(left ? before : after) }),
    ];
  });
}
