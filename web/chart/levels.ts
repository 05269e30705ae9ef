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
 * Levels whose labels would lie on each other share one, at the first of them.
 * @param place of a value on its axis, from 0 to 1
 */
export function withSharedLabels(
  levels: readonly PredictedLevel[],
  place: (value: number) => number,
  gap: number,
): PredictedLevel[] {
  const sorted = levels.toSorted((a, b) => a.value - b.value);
  const shared: PredictedLevel[] = [];
  let first = -1;
  for (const [k, level] of sorted.entries()) {
    if (first < 0 || place(level.value) - place(sorted[first].value) > gap) {
      first = k;
      shared.push(level);
      continue;
    }
    const { label } = shared[first];
    const names = label.split(", ");
    shared[first] = {
      ...shared[first],
      label: names.includes(level.label) ? label : `${label}, ${level.label}`,
    };
    shared.push({ ...level, label: "" });
  }
  return shared;
}
