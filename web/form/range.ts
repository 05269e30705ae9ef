import type { JsonSchema } from "../compute/messages";

/** What a slider goes over: its place runs from 0 to 1000. */
export interface Range {
  valueAt(place: number): number;
  placeOf(value: number): number;
}

export const PLACES = 1000;

/** The place of the next value to one side, e.g. of the next integer; undefined at the end. */
export function nextPlace({ valueAt, placeOf }: Range, from: number, step: number): number | undefined {
  let place = from;
  while (valueAt(place) === valueAt(from)) {
    place += step;
    if (place < 0 || place > PLACES) return undefined;
  }
  return placeOf(valueAt(place));
}

/** Widest range of a linear slider between given bounds. */
const WIDE = 200;
const FEW = 12;

/** The range of a slider: the bounds of the schema where they are near, else around the value that the field opens with. */
export function rangeOf(schema: JsonSchema, opened: number): Range {
  const { type, minimum: least, maximum: most, exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  const isInteger = type === "integer";
  const low = sensible(above ?? least);
  const high = sensible(below ?? most);
  const size = Math.abs(opened) || 1;
  // Small integers one by one: each has a place of its own.
  if (isInteger && size <= FEW)
    return linear(low ?? -FEW, Math.min(high ?? FEW, Math.max(FEW, 2 * size)), true);
  if (low !== undefined && high !== undefined && high - low <= WIDE)
    return linear(low, high, isInteger, above !== undefined, below !== undefined);
  if (low !== undefined && (low > 0 || above === 0 || isInteger)) {
    const from = Math.max(low, opened / 30, isInteger ? 1 : 0);
    return logarithmic(from || size / 30, Math.min(high ?? Infinity, opened * 30), isInteger);
  }
  if (low === 0) return linear(0, Math.min(high ?? Infinity, Math.max(2, roundUp(2.5 * size))), isInteger);
  return linear(low ?? -roundUp(3 * size), high ?? roundUp(3 * size), isInteger);
}

/** Bounds as large as numbers get say nothing. */
const sensible = (bound: number | undefined) =>
  bound !== undefined && Math.abs(bound) < 1e6 ? bound : undefined;

const DIGITS = 3;

function linear(low: number, high: number, isInteger: boolean, openLow = false, openHigh = false): Range {
  const step = isInteger ? 1 : 10 ** Math.floor(Math.log10((high - low) / WIDE));
  const round = (value: number) => Number((Math.round(value / step) * step).toPrecision(12));
  const [first, last] = [openLow ? low + step : low, openHigh ? high - step : high];
  return {
    valueAt: (place) => Math.min(last, Math.max(first, round(low + ((high - low) * place) / PLACES))),
    placeOf: (value) => clamp((PLACES * (value - low)) / (high - low)),
  };
}

function logarithmic(low: number, high: number, isInteger: boolean): Range {
  const decades = Math.log(high / low);
  const round = (value: number) =>
    isInteger ? Math.round(Number(value.toPrecision(2))) : Number(value.toPrecision(DIGITS - 1));
  return {
    valueAt: (place) => Math.min(high, Math.max(low, round(low * Math.exp((decades * place) / PLACES)))),
    placeOf: (value) => (value > 0 ? clamp((PLACES * Math.log(value / low)) / decades) : 0),
  };
}

const clamp = (place: number) => Math.min(PLACES, Math.max(0, place));

/** 1, 2, 5, 10, …: the next one. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((digit) => digit * power).find((round) => round >= value * (1 - 1e-9))!;
}
