import type { Prediction, PredictionInfo, QuantityInfo } from "twotime";
import type { SystemDescription } from "../compute/messages";
import { element } from "../form/element";
import { inWords } from "../form/field";
import { symbolElement } from "../form/symbol";
import type { Shown } from "./marks";
import { errorText, numberText } from "./number-text";

/** Closed forms, and times that a run has once, of the first setting. */
export function numbersOf(system: SystemDescription, { theory, finite }: Shown): HTMLElement[] {
  const events = system.quantities.flatMap((info) => {
    const said = [
      ...eventText("theory", theory?.events?.[info.name]),
      ...eventText("finite system", finite?.events?.[info.name]),
    ];
    return said.length > 0 ? [entry(info, said.join("; "))] : [];
  });
  const given = system.predictions.filter(({ name }) => theory?.predictions?.[name] !== undefined);
  const isDefined = ({ name }: PredictionInfo) => theory!.predictions![name] !== "undefined";
  const predictions = given
    .filter(isDefined)
    .map((info) => entry(info, textOf(theory!.predictions![info.name])));
  const without = given.filter((info) => !isDefined(info)).map(({ name }) => inWords(name));
  return [
    ...(events.length > 0 ? [element("h2", {}, ["Events"]), element("dl", {}, events)] : []),
    ...(predictions.length > 0 ? [element("h2", {}, ["Closed forms"]), element("dl", {}, predictions)] : []),
    ...(without.length > 0
      ? [element("p", { class: "meaning" }, [`Not defined here: ${without.join(", ")}.`])]
      : []),
  ];
}

function entry(info: PredictionInfo | QuantityInfo, text: string): HTMLElement {
  const name = info.symbol ? symbolElement(info.symbol) : inWords(info.name);
  return element("div", {}, [
    element("dt", {}, [name, element("span", { class: "value" }, [text])]),
    element("dd", { class: "meaning" }, [info.meaning]),
  ]);
}

const MOST_VALUES = 6;

function textOf(value: Prediction): string {
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    const shown = value.slice(0, MOST_VALUES).map(textOf);
    return value.length === 0 ? "none" : `${shown.join(", ")}${value.length > MOST_VALUES ? ", …" : ""}`;
  }
  const { real, imaginary } = value as { real: number; imaginary: number };
  return imaginary === 0
    ? numberText(real)
    : `${numberText(real)} ${imaginary < 0 ? "−" : "+"} ${numberText(Math.abs(imaginary))}i`;
}

/** One time, or the mean over the samples where the event came. */
function eventText(whose: string, times: Float64Array | undefined): string[] {
  if (!times || times.length === 0) return [];
  const came = times.filter((t) => t < Infinity);
  if (came.length === 0) return [`never (${whose})`];
  if (times.length === 1) return [`${numberText(times[0])} (${whose})`];
  const mean = came.reduce((sum, t) => sum + t, 0) / came.length;
  const variance = came.reduce((sum, t) => sum + (t - mean) ** 2, 0) / Math.max(1, came.length - 1);
  const share = came.length < times.length ? `, ${came.length} of ${times.length} runs` : "";
  return [`${numberText(mean, 4)} ${errorText(Math.sqrt(variance / came.length))} (${whose}${share})`];
}
