import { nonNegative } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import { endless, type Family } from "./family";
import { constantPiece, linearPiece, restPiece } from "./piece";
import type { TabulatedSpec } from "./spec";

/** A node is a corner where the table bends so many times more than it does two nodes away. */
const SHARP = 4;
/** A table of no more nodes is no sampled curve: each is a corner. */
const FEW = 24;

/** The pieces of a table of rates. @throws InvalidParameterError */
export function tabulated({ times, rates }: TabulatedSpec, name: string): Family {
  checkTable(times, rates, name);
  const last = times.length - 1;
  const pieces = times.slice(1).map((to, k) => linearPiece(rates[k], rates[k + 1], times[k], to));
  pieces.push(rates[last] > 0 ? constantPiece(rates[last], times[last], Infinity) : restPiece(times[last]));
  const label = `piecewise linear through ${times.length} points from t = 0 to ${times[last]}`;
  return { ...endless(pieces, label), end: times[last], corners: cornersOf(times, rates) };
}

function checkTable(times: readonly number[], rates: readonly number[], name: string): void {
  if (!Array.isArray(times) || times.length < 2) {
    throw new InvalidParameterError(`${name}.times`, times, "a list of at least two times");
  }
  if (!Array.isArray(rates) || rates.length !== times.length) {
    throw new InvalidParameterError(
      `${name}.rates`,
      rates,
      `a list of ${times.length} rates, one for each time`,
    );
  }
  if (times[0] !== 0)
    throw new InvalidParameterError(`${name}.times[0]`, times[0], "0, the start of the table");
  for (const [k, time] of times.entries()) {
    if (!Number.isFinite(time) || (k > 0 && !(time > times[k - 1]))) {
      throw new InvalidParameterError(
        `${name}.times[${k}]`,
        time,
        "a finite number above the time before it",
      );
    }
    nonNegative(`${name}.rates[${k}]`, rates[k]);
  }
  if (!rates.some((rate) => rate > 0)) {
    throw new InvalidParameterError(`${name}.rates`, rates, "at least one rate above 0");
  }
}

/**
 * Nodes at which the shape behind the table bends sharply, rather than because it is a curve that was sampled: there the slope's
 * jump over the distance of the nodes, a second derivative, is far larger than at the nodes next but one (a bend between two
 * nodes shows in both).
 */
function cornersOf(times: readonly number[], rates: readonly number[]): number[] {
  const slopes = times.slice(1).map((to, k) => (rates[k + 1] - rates[k]) / (to - times[k]));
  const last = times.length - 1;
  if (last <= FEW) return times.slice(1);
  const bend = times.map((_, k) => {
    if (k === 0) return undefined;
    // Behind the last node the rate is constant.
    if (k === last) return Math.abs(slopes[k - 1]) / (times[k] - times[k - 1]);
    return Math.abs(slopes[k] - slopes[k - 1]) / ((times[k + 1] - times[k - 1]) / 2);
  });
  return times.filter((_, k) => {
    const around = [bend[k - 2], bend[k + 2]].filter((value) => value !== undefined);
    return k > 0 && !(bend[k]! <= SHARP * Math.max(...around));
  });
}
