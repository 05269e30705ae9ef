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
    return quantityOf(name, quantities) === quantity ? [{ value, label: symbol ?? name }] : [];
  });
}

/** The quantity whose value a prediction is: the longest whose name it ends with. */
function quantityOf(prediction: string, quantities: readonly QuantityInfo[]): string | undefined {
  return quantities
    .map(({ name }) => name)
    .filter((name) =>
      ENDINGS.some(
        (ending) =>
          prediction === name + ending || prediction.endsWith(name[0].toUpperCase() + name.slice(1) + ending),
      ),
    )
    .sort((a, b) => b.length - a.length)[0];
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
