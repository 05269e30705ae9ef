import { between, floats, nonNegative, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import type { Modes } from "../../models/random-features/modes";
import { checkSteps } from "../../models/random-features/steps";
import { minimumSearch } from "../../numerics/minimum";
import { finalExcess } from "../../volterra/random-features/recursion";
import { FAMILIES, type Family } from "./family-names";
import { identify, keepValues } from "./kept";

/** How to look for the best member of a family. */
export interface FamilySearch {
  readonly family: Family;
  /** δ of polynomial and warmup-stable-decay; the β of a power law, which is searched where it is null. */
  readonly exponent: number | null;
  readonly cap: number | null;
  /** Share of the horizon after which warmup-stable-decay decays; searched for null, the default. */
  readonly decayStart?: number | null;
  /** Share of the horizon that its warm-up takes; default 0. */
  readonly warmup?: number;
  /** Of the logarithm of the amplitude and of the other numbers; default 1e-7. */
  readonly tolerance?: number;
}

/** The best member of a family. */
export interface BestOfFamily {
  readonly rate: Float64Array;
  readonly excess: number;
  readonly amplitude: number;
  /** δ, or the β of a power law; 0 of a constant. Undefined for the cosine. */
  readonly exponent?: number;
  /** Share of the horizon at which the decay starts. */
  readonly decayStart?: number;
}

/** Points of the scan in the logarithm of the amplitude, before the search. */
const SCAN = 28;
const SHAPE_SCAN = 7;

/**
 * The member of a family with the least loss after T = batch.length steps (RF.19), by the exact recursion: a scan in the
 * logarithm of the amplitude, then golden sections and parabolas; so for a second number where the family has one.
 * @throws InvalidParameterError; InterruptedError after an abort
 */
export async function bestOfFamily(
  modes: Modes,
  batch: Float64Array,
  search: FamilySearch,
  options: Options = {},
): Promise<BestOfFamily> {
  checkCall({ modes, search }, options);
  floats("batch", batch);
  const { family, cap, exponent, decayStart = null, warmup = 0 } = search;
  if (!FAMILIES.includes(family)) throw new InvalidParameterError("over", family, FAMILIES.join(", "));
  const tolerance = between("tolerance", search.tolerance ?? 1e-7, 1e-12, 0.1);
  if (cap !== null) positive("cap", cap);
  if (exponent !== null) nonNegative("exponent", exponent);
  if (decayStart !== null) between("decayStart", decayStart, warmup, 1);
  between("warmup", warmup, 0, 1);
  const horizon = batch.length;
  checkSteps({ rate: new Float64Array(horizon), batch });
  const label = `best ${family} schedule`;
  const kept = await keepValues(
    identify(label, { modes, batch, cap, exponent, decayStart, warmup }),
    2,
    options,
  );
  const pacer = createPacer(label, 1000, options);
  let evaluations = 0;
  const work: Work = {
    modes,
    batch,
    cap,
    tolerance,
    async excessAt(place, rate) {
      if (pacer.due()) await pacer.pause(Math.min(999, evaluations));
      evaluations++;
      return kept.valueAt(place, () => finalExcess(modes, { rate: rate(), batch }));
    },
  };
  try {
    return await bestMember(work, { family, exponent, decayStart, warmup });
  } finally {
    await kept.save();
  }
}

async function bestMember(work: Work, { family, exponent, decayStart, warmup }: Kind): Promise<BestOfFamily> {
  const { tolerance } = work;
  const horizon = work.batch.length;
  const shaped = (number: number): Shape => ({
    number,
    values: shapeOf(family, horizon, { exponent, warmup, number }),
  });
  const second = secondNumber(family, exponent, decayStart, warmup);
  if (second === undefined) return member(family, exponent, decayStart, await bestAmplitude(work, shaped(0)));

  const nodes = Array.from(
    { length: SHAPE_SCAN },
    (_, i) => second.low + (i * (second.high - second.low)) / (SHAPE_SCAN - 1),
  );
  let near: number | undefined;
  const value = async (number: number) => {
    const best = await bestAmplitude(work, shaped(number), near);
    near = best.amplitude;
    return best.excess;
  };
  let number = await minimise(nodes, value, tolerance);
  if (family === "warmup-stable-decay") number = await bestCell(number, second, horizon, value, tolerance);
  const best = await bestAmplitude(work, shaped(number));
  return family === "power-law" ? member(family, number, null, best) : member(family, exponent, number, best);
}

/**
 * The loss has a kink where the decay starts on a step, and so minima in neighbouring cells between steps: the best one
 * around, from the cell of a number.
 */
async function bestCell(
  number: number,
  { low, high }: { readonly low: number; readonly high: number },
  horizon: number,
  value: (x: number) => Promise<number>,
  tolerance: number,
): Promise<number> {
  let [best, least] = [number, await value(number)];
  for (const side of [-1, 1]) {
    for (let cell = Math.floor(number * horizon) + side; ; cell += side) {
      const [left, right] = [Math.max(low, cell / horizon), Math.min(high, (cell + 1) / horizon)];
      if (!(left < right)) break;
      const found = await minimise(
        [left, (left + right) / 2, right],
        value,
        Math.max(tolerance, 1e-4 / horizon),
      );
      const loss = await value(found);
      if (!(loss < least)) break;
      [best, least] = [found, loss];
    }
  }
  return best;
}

/** The second number of a family that is to be found, and where. */
function secondNumber(family: Family, exponent: number | null, decayStart: number | null, warmup: number) {
  if (family === "power-law") return exponent === null ? { low: 0, high: 1.5 } : undefined;
  return family === "warmup-stable-decay" && decayStart === null ? { low: warmup, high: 0.999 } : undefined;
}

interface ShapeNumbers {
  readonly exponent: number | null;
  readonly warmup: number;
  /** The number that is being searched. */
  readonly number: number;
}

/** η_t/amplitude of a family (RF.19). */
function shapeOf(family: Family, horizon: number, { exponent, warmup, number }: ShapeNumbers): Float64Array {
  const of = (f: (share: number, t: number) => number) =>
    Float64Array.from({ length: horizon }, (_, t) => f(t / horizon, t));
  const decay = exponent ?? 1;
  switch (family) {
    case "constant":
      return of(() => 1);
    case "power-law":
      return of((_, t) => (1 + t) ** -(exponent ?? number));
    case "polynomial":
      return of((share) => (1 - share) ** decay);
    case "cosine":
      return of((share) => (1 + Math.cos(Math.PI * share)) / 2);
    case "linear":
      return of((share) => 1 - share);
    case "warmup-stable-decay":
      return of((share) =>
        share < warmup ? share / warmup : share <= number ? 1 : ((1 - share) / (1 - number)) ** decay,
      );
  }
}

/** What is searched in. */
interface Kind extends Pick<FamilySearch, "family" | "exponent"> {
  readonly decayStart: number | null;
  readonly warmup: number;
}

/** η_t/amplitude for the number that is searched besides the amplitude. */
interface Shape {
  readonly number: number;
  readonly values: Float64Array;
}

interface Work {
  readonly modes: Modes;
  readonly batch: Float64Array;
  readonly cap: number | null;
  readonly tolerance: number;
  /** L(T) − s2 of the rates at a place: the second number, and the logarithm of the amplitude. */
  excessAt(place: readonly number[], rate: () => Float64Array): Promise<number>;
}

interface Amplitude {
  readonly amplitude: number;
  readonly excess: number;
  readonly rate: Float64Array;
}

/** @param near an amplitude close to the best one, which saves the scan */
async function bestAmplitude(
  { modes, batch, cap, tolerance, excessAt }: Work,
  { number, values: shape }: Shape,
  near?: number,
): Promise<Amplitude> {
  const peak = shape.reduce((x, y) => Math.max(x, y), 0);
  const largest = modes.eigenvalue.reduce((x, y) => Math.max(x, y), 0);
  // No mode learns at a rate beyond 2/λ_1, except for a few steps.
  const high = Math.log(Math.min(cap ?? Infinity, 8 / largest) / peak);
  const low = high - Math.log(1e4 * batch.length);
  const most = cap ?? Infinity;
  const amplitudeOf = (logarithm: number) => Math.min(most / peak, Math.exp(logarithm));
  const at = (logarithm: number) => shape.map((value) => Math.min(most, value * amplitudeOf(logarithm)));
  const value = (logAmplitude: number) => excessAt([number, logAmplitude], () => at(logAmplitude));
  const step = (high - low) / (SCAN - 1);
  const all = Array.from({ length: SCAN }, (_, i) => low + i * step);
  const known = near === undefined ? undefined : Math.log(near);
  const nodes =
    known === undefined ? all : [-3, -2, -1, 0, 1, 2, 3].map((i) => Math.min(high, known + (i * step) / 2));
  let best = await minimise(nodes, value, tolerance);
  const isAtEnd = known !== undefined && Math.abs(best - known) > 1.4 * step && best < high;
  if (isAtEnd) best = await minimise(all, value, tolerance);
  const rate = at(best);
  return { amplitude: amplitudeOf(best), rate, excess: finalExcess(modes, { rate, batch }) };
}

/** The least of a function near the best of some ascending nodes; the last node itself counts too. */
async function minimise(
  nodes: readonly number[],
  value: (x: number) => Promise<number>,
  tolerance: number,
): Promise<number> {
  const values: number[] = [];
  for (const node of nodes) values.push(await value(node));
  const least = values.indexOf(Math.min(...values));
  const low = nodes[Math.max(0, least - 1)];
  const high = nodes[Math.min(nodes.length - 1, least + 1)];
  if (!(low < high)) return nodes[least];
  const search = minimumSearch(low, high, { tolerance });
  let step = search.next();
  while (!step.done) {
    const found = await value(step.value);
    // Beyond all numbers, the search only has to turn back.
    step = search.next(Number.isFinite(found) ? found : Number.MAX_VALUE);
  }
  return values[least] <= step.value.value ? nodes[least] : step.value.x;
}

function member(
  family: Family,
  exponent: number | null,
  decayStart: number | null,
  { amplitude, excess, rate }: Amplitude,
): BestOfFamily {
  const known = family === "constant" ? 0 : family === "linear" ? 1 : (exponent ?? 1);
  return {
    rate,
    excess,
    amplitude,
    ...(family !== "cosine" && { exponent: known }),
    ...(family === "warmup-stable-decay" && decayStart !== null && { decayStart }),
  };
}
