import { nonNegative, positive } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import { cosinePiece } from "./cosine-piece";
import { ending, endless, type Family } from "./family";
import { constantPiece, linearPiece } from "./piece";
import { decayPiece, powerPiece } from "./power-piece";
import {
  type HoldThenDecaySpec,
  type PowerLawSpec,
  type ScheduleSpec,
  type StepsSpec,
  scheduleKinds,
  type WarmupStableDecaySpec,
} from "./spec";
import { tabulated } from "./table";

/** Times of steps that a label lists. */
const MOST_SHOWN = 6;

/**
 * Checks a spec and cuts it into pieces.
 * @throws InvalidParameterError naming `${name}.rate`, `${name}.exponent`, …
 */
export function familyOf(spec: ScheduleSpec | number, name: string): Family {
  if (typeof spec === "number") return endless([constantPiece(positive(name, spec), 0, Infinity)], `${spec}`);
  if (typeof spec !== "object" || spec === null) {
    throw new InvalidParameterError(name, spec, "a number above 0, or an object with a kind");
  }
  switch (spec.kind) {
    case "constant":
      return endless([constantPiece(positive(`${name}.rate`, spec.rate), 0, Infinity)], `${spec.rate}`);
    case "power-law":
      return powerLaw(spec, name);
    case "clamped-power-law": {
      const { rate, exponent } = spec;
      const label = `${rate} min(1, t^-${exponent})`;
      return { ...holdThenDecay({ kind: "hold-then-decay", rate, exponent, switchTime: 1 }, name), label };
    }
    case "hold-then-decay":
      return holdThenDecay(spec, name);
    case "polynomial-decay": {
      const { rate, horizon, exponent } = spec;
      checkRateAndExponent(rate, exponent, name);
      positive(`${name}.horizon`, horizon);
      return ending([decayPiece(rate, exponent, 0, horizon)], `${rate} (1 - t/${horizon})^${exponent}`);
    }
    case "cosine": {
      const rate = positive(`${name}.rate`, spec.rate);
      const horizon = positive(`${name}.horizon`, spec.horizon);
      return ending([cosinePiece(rate, horizon)], `${rate} (1 + cos(pi t/${horizon}))/2`);
    }
    case "warmup-stable-decay":
      return warmupStableDecay(spec, name);
    case "steps":
      return steps(spec, name);
    case "tabulated":
      return tabulated(spec, name);
    default:
      throw new InvalidParameterError(
        `${name}.kind`,
        (spec as { kind?: unknown }).kind,
        `one of ${scheduleKinds.join(", ")}`,
      );
  }
}

function powerLaw({ rate, exponent, offset = 1 }: PowerLawSpec, name: string): Family {
  checkRateAndExponent(rate, exponent, name);
  nonNegative(`${name}.offset`, offset);
  if (offset === 0) {
    if (exponent >= 1) {
      const allowed = "below 1 when offset is 0, because the clock diverges at t = 0 otherwise";
      throw new InvalidParameterError(`${name}.exponent`, exponent, allowed);
    }
    return { ...endless([powerPiece(rate, exponent, 0)], `${rate} t^-${exponent}`), startExponent: exponent };
  }
  const squaredStart = (rate * offset ** -exponent) ** 2;
  if (!(squaredStart > 0 && Number.isFinite(squaredStart))) {
    const allowed =
      "an offset at which the rate (offset + t)^-exponent neither overflows nor vanishes at t = 0";
    throw new InvalidParameterError(`${name}.offset`, offset, allowed);
  }
  return endless([powerPiece(rate, exponent, offset)], `${rate} (${offset} + t)^-${exponent}`);
}

function holdThenDecay(spec: HoldThenDecaySpec, name: string): Family {
  const { rate, switchTime, exponent, unit = 1 } = spec;
  checkRateAndExponent(rate, exponent, name);
  nonNegative(`${name}.switchTime`, switchTime);
  positive(`${name}.unit`, unit);
  const elapsed = unit === 1 ? `t - ${switchTime}` : `(t - ${switchTime})/${unit}`;
  return endless(
    [constantPiece(rate, 0, switchTime), powerPiece(rate, exponent, 1, switchTime, unit)],
    `${rate} up to t = ${switchTime}, then ${rate} (1 + ${elapsed})^-${exponent}`,
  );
}

function warmupStableDecay(spec: WarmupStableDecaySpec, name: string): Family {
  const { rate, warmup, decayStart, horizon, exponent } = spec;
  checkRateAndExponent(rate, exponent, name);
  nonNegative(`${name}.warmup`, warmup);
  nonNegative(`${name}.decayStart`, decayStart);
  positive(`${name}.horizon`, horizon);
  if (decayStart < warmup) {
    throw new InvalidParameterError(`${name}.decayStart`, decayStart, `at least warmup, ${warmup}`);
  }
  if (horizon < decayStart) {
    throw new InvalidParameterError(`${name}.horizon`, horizon, `at least decayStart, ${decayStart}`);
  }
  return ending(
    [
      linearPiece(0, rate, 0, warmup),
      constantPiece(rate, warmup, decayStart),
      decayPiece(rate, exponent, decayStart, horizon),
    ],
    `${rate} after warm-up to t = ${warmup}, from t = ${decayStart} to 0 at t = ${horizon} with power ${exponent}`,
  );
}

function steps({ rate, factor, times }: StepsSpec, name: string): Family {
  positive(`${name}.rate`, rate);
  positive(`${name}.factor`, factor);
  if (!Array.isArray(times) || times.length === 0) {
    throw new InvalidParameterError(`${name}.times`, times, "a list of at least one time");
  }
  for (const [k, time] of times.entries()) {
    const before = k === 0 ? 0 : times[k - 1];
    if (!(time > before && time < Infinity)) {
      throw new InvalidParameterError(`${name}.times[${k}]`, time, `a finite number above ${before}`);
    }
  }
  const rateAfter = (jumps: number) => rate * factor ** jumps;
  const last = rateAfter(times.length);
  if (!(last * last > 0 && last * last < Infinity)) {
    throw new InvalidParameterError(
      `${name}.factor`,
      factor,
      "a number whose powers leave a rate above 0 and finite",
    );
  }
  const ends = [...times, Infinity];
  const pieces = ends.map((to, k) => constantPiece(rateAfter(k), k === 0 ? 0 : times[k - 1], to));
  const shown =
    times.length <= MOST_SHOWN
      ? times.join(", ")
      : `each of ${times.length} times from ${times[0]} to ${times[times.length - 1]}`;
  return endless(pieces, `${rate}, times ${factor} at t = ${shown}`);
}

function checkRateAndExponent(rate: number, exponent: number, name: string): void {
  positive(`${name}.rate`, rate);
  nonNegative(`${name}.exponent`, exponent);
}
