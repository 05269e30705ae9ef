import { between, floats, integerAtLeast, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { InvalidParameterError } from "../../core/errors";
import type { Options } from "../../core/options";
import type { Modes } from "../../models/random-features/modes";
import type { MomentumSpec, MomentumSteps } from "../../models/random-features/momentum";
import { checkMomentumSteps } from "../../volterra/random-features/momentum";
import { identify } from "./kept";
import { descend } from "./kept-descent";
import { checkMemory } from "./learning-rate";
import { momentumGradient } from "./momentum-adjoint";

/** How to look for the best momentum. */
export interface MomentumSearch {
  /** What may vary: of heavy-ball and nesterov η and β, of dana g2, g3 and Δ, all with the time. */
  readonly kind: MomentumSpec["kind"];
  /** Where to start, e.g. the best learning rates without momentum as g2. */
  readonly start: MomentumSteps;
  /** Largest g2 and g3; null, the default, for none. */
  readonly cap?: number | null;
  /** Number of knots in ln((t + 1)/(T − t)), default 24. */
  readonly knots?: number;
  /** Relative gain of ten steps together at which the search ends; default 1e-8. */
  readonly tolerance?: number;
  /** Most evaluations, default 600. */
  readonly evaluations?: number;
}

/** The best momentum found: a local minimum, and so an upper bound of the loss. */
export interface MomentumOptimum extends MomentumSteps {
  readonly excess: number;
  readonly evaluations: number;
  readonly settled: boolean;
}

const KINDS: readonly string[] = ["heavy-ball", "nesterov", "dana"];
/** Smallest coefficient a knot can start from, for its logarithm. */
const SMALLEST = 1e-12;
/** Share of the cap that a start may have, from where it can still move. */
const NEAR_CAP = 0.95;

/**
 * The coefficients of momentum with the least loss found by L-BFGS: ln g2, ln g3 and ln Δ/(1 − Δ) piecewise linear between
 * knots in ln((t + 1)/(T − t)), with exact gradients (RF.26).
 * @throws InvalidParameterError; InterruptedError after an abort
 */
export async function momentumOptimum(
  modes: Modes,
  batch: Float64Array,
  search: MomentumSearch,
  options: Options = {},
): Promise<MomentumOptimum> {
  checkCall({ modes, search }, options);
  floats("batch", batch);
  const { kind, start } = search;
  if (!KINDS.includes(kind)) throw new InvalidParameterError("momentum.kind", kind, KINDS.join(", "));
  checkMomentumSteps(start, batch);
  const knots = integerAtLeast("knots", search.knots ?? 24, 2);
  const tolerance = between("tolerance", search.tolerance ?? 1e-8, 1e-14, 0.1);
  const most = integerAtLeast("evaluations", search.evaluations ?? 600, 1);
  const cap = search.cap ?? null;
  if (cap !== null) positive("cap", cap);
  checkMemory(modes, batch.length, 3);
  const map = knotMap(kind, knots, batch.length, cap);
  const slopeAt = (x: Float64Array) => {
    const steps = map.decode(x);
    const slope = momentumGradient(modes, steps, batch);
    const gradient = map.gradient(steps, slope).map((g) => g / slope.excess);
    const value = gradient.every(Number.isFinite) ? Math.log(slope.excess) : Infinity;
    return { value, gradient };
  };
  const label = "optimal momentum";
  const identity = identify(label, { modes, batch, kind, start, cap, knots });
  const how = { tolerance, patience: 10, evaluations: most, firstStep: 0.1 };
  const work = { label, identity, start: map.encode(start), how, slopeAt };
  const { x, value, evaluations, settled } = await descend(work, options);
  return { ...map.decode(x), excess: Math.exp(value), evaluations, settled };
}

/** Between knots and coefficients. */
function knotMap(kind: MomentumSpec["kind"], knots: number, horizon: number, cap: number | null) {
  const position = (t: number) => Math.log((t + 1) / (horizon - t));
  const [low, high] = [position(0), position(horizon - 1)];
  const width = (high - low) / (knots - 1) || 1;
  /** Knot left of t, and how far t is beyond it. */
  const place = (t: number): readonly [number, number] => {
    const at = (position(t) - low) / width;
    const knot = Math.min(knots - 2, Math.max(0, Math.floor(at)));
    return [knot, at - knot];
  };
  const places = Array.from({ length: horizon }, (_, t) => place(t));
  const curve = (x: Float64Array, part: number, f: (value: number) => number) =>
    Float64Array.from(places, ([knot, share]) => {
      const at = part * knots + knot;
      return f(x[at] + share * (x[at + 1] - x[at]));
    });
  const rates = kind === "dana" ? 2 : 1;
  const logistic = (value: number) => 1 / (1 + Math.exp(-value));
  const atKnots = (values: Float64Array, f: (value: number) => number) =>
    Array.from({ length: knots }, (_, knot) => {
      const odds = Math.exp(low + knot * width);
      const t = Math.round((odds * horizon - 1) / (1 + odds));
      return f(values[Math.min(horizon - 1, Math.max(0, t))]);
    });
  const logit = (value: number) => {
    const inside = Math.min(1 - 1e-6, Math.max(1e-9, value));
    return Math.log(inside / (1 - inside));
  };
  // Rates are positive, or between 0 and the cap.
  const toRate = cap === null ? Math.exp : (value: number) => cap * logistic(value);
  const fromRate = (rate: number) =>
    cap === null ? Math.log(Math.max(SMALLEST, rate)) : logit(Math.min(NEAR_CAP, rate / cap));
  /** dη/dx. */
  const slope = (rate: number) => (cap === null ? rate : rate * (1 - rate / cap));

  return {
    encode({ direct, accumulated, damping }: MomentumSteps): Float64Array {
      const first = kind === "heavy-ball" ? accumulated : direct;
      const second = kind === "dana" ? atKnots(accumulated, fromRate) : [];
      return Float64Array.from([...atKnots(first, fromRate), ...second, ...atKnots(damping, logit)]);
    },
    decode(x: Float64Array): MomentumSteps {
      const rate = curve(x, 0, toRate);
      const damping = curve(x, rates, logistic);
      if (kind === "heavy-ball") return { direct: new Float64Array(horizon), accumulated: rate, damping };
      if (kind === "dana") return { direct: rate, accumulated: curve(x, 1, toRate), damping };
      return { direct: rate, accumulated: rate.map((eta, t) => eta * (1 - damping[t])), damping };
    },
    /** From the derivatives by the coefficients to those by the knots. */
    gradient(steps: MomentumSteps, by: MomentumSteps): Float64Array {
      const out = new Float64Array((rates + 1) * knots);
      for (let t = 0; t < horizon; t++) {
        const [knot, share] = places[t];
        const add = (part: number, value: number) => {
          out[part * knots + knot] += (1 - share) * value;
          out[part * knots + knot + 1] += share * value;
        };
        const d = steps.damping[t];
        const toLogit = d * (1 - d);
        if (kind === "nesterov") {
          // g3 = η(1 − Δ).
          add(0, (by.direct[t] + by.accumulated[t] * (1 - d)) * slope(steps.direct[t]));
          add(1, (by.damping[t] - by.accumulated[t] * steps.direct[t]) * toLogit);
          continue;
        }
        if (kind === "dana") add(0, by.direct[t] * slope(steps.direct[t]));
        add(rates - 1, by.accumulated[t] * slope(steps.accumulated[t]));
        add(rates, by.damping[t] * toLogit);
      }
      return out;
    },
  };
}
