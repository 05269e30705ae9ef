import type { PredictionInfo, Predictions } from "twotime";

/** A prediction that lies on the axis of a quantity. */
export interface PredictedLevel {
  readonly value: number;
  readonly label: string;
}

/** Predictions that are values of a quantity, or with "time" moments of the run, as the records say. */
export function levelsOf(
  quantity: string,
  infos: readonly PredictionInfo[],
  predictions: Predictions | undefined,
): PredictedLevel[] {
  return infos.flatMap(({ name, symbol, levelOf }) => {
    const value = predictions?.[name];
    const isLevel = levelOf === quantity && typeof value === "number" && Number.isFinite(value);
    return isLevel ? [{ value, label: symbol ?? name }] : [];
  });
}

/**
 * Levels whose labels would lie on each other share one, at the last of them, beyond which there is room.
 * @param place of a value on its axis, from 0 to 1
 */
export function withSharedLabels(
  levels: readonly PredictedLevel[],
  place: (value: number) => number,
  gap: number,
): PredictedLevel[] {
  const sorted = levels.toSorted((a, b) => a.value - b.value);
  const isLast = (k: number) =>
    k === sorted.length - 1 || place(sorted[k + 1].value) - place(sorted[k].value) > gap;
  let names: string[] = [];
  return sorted.map((level, k) => {
    if (!names.includes(level.label)) names.push(level.label);
    if (!isLast(k)) return { ...level, label: "" };
    const label = names.join(", ");
    names = [];
    return { ...level, label };
  });
}
