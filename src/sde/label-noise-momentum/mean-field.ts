import { requireBudget } from "../../core/budget";
import { nonNegative, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError, InvalidParameterError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { reducedLengths } from "../../models/label-noise-momentum/descent";
import { checkHeavyBall, type HeavyBall } from "../../models/label-noise-momentum/heavy-ball";
import type { UvModel } from "../../models/label-noise-momentum/problem";
import type { ClosureMethod } from "./closure";

/** Vector UV by its mean field. */
export interface MeanFieldPath {
  /** Times in steps, ascending, at equal distances but for the last of a path that is cut. */
  readonly time: Float64Array;
  /** ⟨|u|² + |v|²⟩ = 2 e^S ⟨cosh D⟩. */
  readonly radius: Float64Array;
  /** 2|p||q| = 2 e^S, which is the radius without the fluctuations of |p|/|q|. */
  readonly product: Float64Array;
  /** First step with a radius below the level, 0 for a start below it; Infinity for none. */
  readonly passage: number;
  /** Whether the path ends before `until`, where ⟨D²⟩ comes to 2: for g > 1/2 the radius would soon be 0. */
  readonly isCut: boolean;
  /** The same with steps twice as long: what both differ by covers the error of the integration. */
  readonly coarse?: Pick<MeanFieldPath, "time" | "radius">;
}

const MOST_NODES = 5000;
/** Seconds of a step, with those that judge it. */
const SECONDS = 6e-6;
const SHORTEST = 1 / 64;
/** Change of the radius, relative to its start, at which steps are short enough. */
const ACCURACY = 1e-7;
/** ⟨D²⟩ at which the path ends: |p| and |q| then fluctuate by more than a factor e apart, and S is no number any more. */
const WIDEST = 2;

/**
 * Mean field of vector UV without activation, equation (LN37): S = ln|p||q| as a number, D = ln|p|/|q| as a Gaussian with
 * A = ⟨D²⟩, B = ⟨DD′⟩, V = ⟨D′²⟩, in continuous time at small 1 − β,
 *
 *     S″ = −hS′ − S′²/2 − V/2 ,  A′ = 2B ,  B′ = V − (h + S′)B − ω²A ,  V′ = −2(h + S′)V − 2ω²B + 4η²κ² ,  ω² = 2ημ2 e^S/n
 *
 * Five numbers at any n and P, where the Gaussian closure (LN33) has a covariance of all weights. Runge-Kutta of order 4, with
 * steps halved from 1 until the radius changes by less than 1e-7 of its start.
 *
 * @param start u, then v, on the zero-loss manifold; at rest.
 * @throws InvalidParameterError for a start off the manifold; ConvergenceError; InterruptedError after an abort.
 */
export async function solveMeanField(
  model: Pick<UvModel, "n" | "samples" | "inputVariance">,
  start: Float64Array,
  dynamics: HeavyBall & { readonly noise: number },
  method: ClosureMethod,
  options: Options = {},
): Promise<MeanFieldPath> {
  checkCall({ model, dynamics, method }, options);
  const { n, samples, inputVariance } = model;
  const { noise, ...heavyBall } = dynamics;
  const { until, level = 0 } = method;
  checkHeavyBall(heavyBall);
  nonNegative("noise", noise);
  positive("method.until", until);
  requireBudget([{ parameter: "method.until", value: until, seconds: SECONDS * until }], options);
  const { p, q } = reducedLengths(n, start);
  if (!(p > 0 && Math.abs(p - q) <= 1e-8 * p)) {
    throw new InvalidParameterError("start", Array.from(start), "weights with u·v = 0 that are not all 0");
  }
  const { learningRate: eta, momentum: beta } = heavyBall;
  const h = 1 - beta;
  const source = (4 * eta ** 2 * noise ** 2 * inputVariance) / (samples * n); // 4η²κ²
  const stiffness = (2 * eta * inputVariance) / n;
  const first = Math.log(p * q);

  const slope = ([S, T, A, B, V]: Float64Array): Float64Array => {
    const square = stiffness * Math.exp(S);
    return Float64Array.of(
      T,
      -h * T - (T * T) / 2 - V / 2,
      2 * B,
      V - (h + T) * B - square * A,
      -2 * (h + T) * V - 2 * square * B + source,
    ); // (LN37)
  };

  const stride = Math.max(1, Math.ceil(until / MOST_NODES));
  const nodes = Math.ceil(until / stride);
  const pacer = createPacer("mean field", 2 * nodes * stride * (1 / SHORTEST), options);
  let before: MeanFieldPath | undefined;
  let done = 0;
  for (let step = 1; step >= SHORTEST; step /= 2) {
    const path = await integrate(step);
    if (before && apart(before, path) <= ACCURACY) return { ...path, coarse: before };
    before = path;
  }
  throw new ConvergenceError("The mean field does not settle as steps get shorter.", {
    reached: 0,
    advice: "Take a smaller learning rate.",
    partial: before,
  });

  async function integrate(dt: number): Promise<MeanFieldPath> {
    let y: Float64Array = Float64Array.of(first, 0, 0, 0, 0);
    const [time, radii, products] = [[0], [radiusOf(y)], [2 * Math.exp(first)]];
    const keep = (step: number, at: Float64Array) => {
      if (time[time.length - 1] === step) return;
      time.push(step);
      radii.push(radiusOf(at));
      products.push(2 * Math.exp(at[0]));
    };
    let passage = radiusOf(y) < level ? 0 : Infinity;
    let isCut = false;
    for (let step = 1; step <= nodes * stride; step++) {
      const before = y;
      for (let k = 0; k < 1 / dt; k++) y = advance(y, dt);
      isCut = !(y[2] <= WIDEST);
      if (isCut) {
        keep(step - 1, before);
        break;
      }
      if (passage === Infinity && radiusOf(y) < level) passage = step;
      if (step % stride === 0) keep(step, y);
      done += 1 / dt;
      if (pacer.due()) await pacer.pause(done);
    }
    return {
      time: Float64Array.from(time),
      radius: Float64Array.from(radii),
      product: Float64Array.from(products),
      passage,
      isCut,
    };
  }

  function advance(y: Float64Array, dt: number): Float64Array {
    const k1 = slope(y);
    const k2 = slope(moved(y, dt / 2, k1));
    const k3 = slope(moved(y, dt / 2, k2));
    const k4 = slope(moved(y, dt, k3));
    return y.map((x, i) => x + (dt / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]));
  }
}

const moved = (y: Float64Array, dt: number, slope: Float64Array) => y.map((x, i) => x + dt * slope[i]);

/** 2 e^S ⟨cosh D⟩ of a Gaussian D. */
const radiusOf = ([S, , A]: Float64Array): number => 2 * Math.exp(S + A / 2);

/** The largest difference of two paths, relative to the start. */
function apart(one: MeanFieldPath, other: MeanFieldPath): number {
  const common = Math.min(one.radius.length, other.radius.length);
  let worst = 0;
  for (let k = 0; k < common; k++) {
    // Where they are cut the last of their times may differ.
    if (one.time[k] === other.time[k]) worst = Math.max(worst, Math.abs(one.radius[k] - other.radius[k]));
  }
  return worst / one.radius[0];
}
