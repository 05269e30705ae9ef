import type { Complex, Prediction, Predictions } from "../../core/results";
import type { Report } from "../system";
import { plain, type Row } from "./row";

/**
 * A row for a number or a word, two for a complex number (statistics "real" and "imaginary"), and those of every
 * component of a vector or matrix, with its index. A report that names predictions gets those; one that names quantities
 * of a run is meant for another verb, and gets all, though a name of both be among them.
 * @param ofRun the names of the quantities of a run
 */
export function predictionRows(
  predictions: Predictions,
  { quantities: asked = [] }: Pick<Report, "quantities"> = {},
  ofRun: readonly string[] = [],
): Row[] {
  const named = asked.filter((name) => name in predictions);
  const otherVerb = named.length < asked.length && named.every((name) => ofRun.includes(name));
  return Object.entries(predictions)
    .filter(([quantity]) => otherVerb || named.length === 0 || named.includes(quantity))
    .flatMap(([quantity, prediction]) => valueRows(quantity, prediction, []));
}

function valueRows(quantity: string, prediction: Prediction, index: readonly number[]): Row[] {
  // Of a list of roots that is empty, too, something is said.
  if (isList(prediction) && prediction.length === 0) return [{ quantity, value: "undefined" }];
  if (isList(prediction)) return prediction.flatMap((part, k) => valueRows(quantity, part, [...index, k]));
  const where = { quantity, ...(index.length > 0 && { index }) };
  if (typeof prediction !== "object") return [{ ...where, value: plain(prediction) }];
  const { real, imaginary } = prediction;
  return [
    { ...where, statistic: "real", value: plain(real) },
    { ...where, statistic: "imaginary", value: plain(imaginary) },
  ];
}

const isList = (
  prediction: Prediction,
): prediction is readonly (number | string | Complex | readonly Prediction[])[] => Array.isArray(prediction);
