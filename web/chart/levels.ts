import type { PredictionInfo, Predictions, QuantityInfo } from "twotime";

/** A prediction that lies on the axis of a quantity. */
export interface PredictedLevel {
  readonly value: number;
  readonly label: string;
}

/** What predictions of a quantity end with besides its name. */
const ENDINGS = ["", "Zero"];

/** Predictions that are values of a quantity: those of its name, e.g. "thresholdLoss" of "loss". */
export function levelsOf(
  quantity: string,
  quantities: readonly QuantityInfo[],
  infos: readonly PredictionInfo[],
  predictions: Predictions | undefined,
): PredictedLevel[] {
  return infos.flatMap(({ name, symbol }) => {
    const value = predictions?.[name];
    if (typeof value !== "number" || !Number.isFinite(value)) return [];
    const info = quantityOf(name, quantities);
    // The self-overlap q is no value of the overlap m.
    const isOther = symbol !== undefined && info !== undefined && symbol[0] !== info.symbol[0];
    return info?.name === quantity && !isOther ? [{ value, label: symbol ?? name }] : [];
  });
}

/** The quantity whose value a prediction is: the longest whose name it ends with. */
function quantityOf(prediction: string, quantities: readonly QuantityInfo[]): QuantityInfo | undefined {
  return quantities
    .filter(({ name }) =>
      ENDINGS.some(
        (ending) =>
          prediction === name + ending || prediction.endsWith(name[0].toUpperCase() + name.slice(1) + ending),
      ),
    )
    .sort((a, b) => b.name.length - a.name.length)[0];
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

/** Predictions that are times of the run, as moments on its axis. */
export function momentsOf(
  infos: readonly PredictionInfo[],
  predictions: Predictions | undefined,
  until: number,
): PredictedLevel[] {
  return infos.flatMap(({ name, symbol }) => {
    const value = predictions?.[name];
    const isTime = /(^|[a-z])[tT]ime([A-Z]|$)/.test(name) && typeof value === "number";
    return isTime && value > 0 && value <= until ? [{ value, label: symbol ?? name }] : [];
  });
}
