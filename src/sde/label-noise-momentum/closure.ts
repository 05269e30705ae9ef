import { requireBudget } from "../../core/budget";
import { nonNegative, positive } from "../../core/check";
import { checkCall } from "../../core/check-options";
import { ConvergenceError } from "../../core/errors";
import { createPacer, type Options } from "../../core/options";
import { checkHeavyBall, type HeavyBall } from "../../models/label-noise-momentum/heavy-ball";
import type { NoisyDescent } from "../../models/label-noise-momentum/loss";

/** Means along a moment closure, kept at some of its steps. */
export interface ClosurePath {
  /** Step indices, ascending. */
  readonly time: Float64Array;
  /** |w|² + Tr C_ww: the mean squared length of the weights. */
  readonly radius: Float64Array;
  /** Mean trace of the Hessian; not there without label noise. */
  readonly hessianTrace?: Float64Array;
  /** Mean weights, of up to `MOST_POSITIONS` weights. */
  readonly weights?: readonly Float64Array[];
  /** First step with a radius below the level, 0 for a start below it; Infinity when there is none while the closure holds, or no level. */
  readonly passage: number;
  /**
   * Whether the path ends before `until`: with label noise a Gaussian is no closure any more once the weights fluctuate by
   * more than their mean, |w̄|² < Tr C_ww. The radius would then grow without bound.
   */
  readonly isCut: boolean;
}

export interface ClosureMethod {
  /** Last step. */
  readonly until: number;
  /** Radius whose first passage is looked for. */
  readonly level?: number;
}

/** Mean weights are kept of up to so many. */
const MOST_POSITIONS = 8;
const MOST_NODES = 20_000;
/** Seconds of a step, and by the cube of the number of weights what products of matrices add. */
const SECONDS = { step: 2e-6, product: 3e-9 };
/** Matrices that are held: the covariance, what its step needs, and the derivatives of the loss. */
const MATRICES = 12;

/**
 * Deterministic closure of the moments of heavy-ball descent by a Gaussian, with weights of any size, equation (LN33):
 * π̄′ = β π̄ − g(w̄) − ½ D²g(w̄)[C_ww], w̄′ = w̄ + η π̄′ and C′ = J(w̄) C J(w̄)ᵀ + ε² ⟨Σ⟩ ⊗ (1, η)(1, η)ᵀ in the order (π, w). It
 * knows no separation of time scales; good to 1 % for g < 0.1 in (LN30), about −12 % in the time at g = 0.6.
 *
 * @param start any weights; π = 0 and C = 0.
 * @throws InvalidParameterError; ConvergenceError where the moments diverge; InterruptedError after an abort.
 */
export async function solveMomentClosure(
  descent: NoisyDescent,
  start: Float64Array,
  dynamics: HeavyBall & { readonly noise: number },
  method: ClosureMethod,
  options: Options = {},
): Promise<ClosurePath> {
  checkCall({ descent, dynamics, method }, options);
  const { loss, noise: gradientNoise, labelNoise } = descent;
  const { noise, ...heavyBall } = dynamics;
  const { until, level = 0 } = method;
  checkHeavyBall(heavyBall);
  nonNegative("noise", noise);
  positive("method.until", until);
  const D = loss.size;
  const steps = Math.ceil(until);
  const cost = { bytes: 8 * MATRICES * D * D, seconds: steps * (SECONDS.step + SECONDS.product * D ** 3) };
  requireBudget([{ parameter: "method.until", value: until, ...cost }], options);
  const stride = Math.max(1, Math.ceil(steps / MOST_NODES));
  const w = start.slice();
  const pi = new Float64Array(D);
  const moments = createCovariance(D, heavyBall);
  const [gradient, bend] = [new Float64Array(D), new Float64Array(D)];
  const [hessian, sigma] = [new Float64Array(D * D), new Float64Array(D * D)];
  const time: number[] = [];
  const radii: number[] = [];
  const traces: number[] = [];
  const weights: Float64Array[] = [];
  let passage = squareOf(start) < level ? 0 : Infinity;
  let isCut = false;

  /** What is kept of a step, with ⟨Σ⟩ evaluated: of label noise it is c² ⟨JᵀJ⟩ up to the scale, its trace over c that of the Hessian. */
  const look = () => ({
    radius: squareOf(w) + trace(moments.ww, D),
    hessianTrace: trace(sigma, D) / (labelNoise ?? 1),
    weights: D <= MOST_POSITIONS ? w.slice() : w,
  });
  const keep = (step: number, seen: ReturnType<typeof look>) => {
    if (time[time.length - 1] === step) return;
    time.push(step);
    radii.push(seen.radius);
    traces.push(seen.hessianTrace);
    weights.push(seen.weights);
  };

  const pacer = createPacer("moment closure", steps, options);
  for (let step = 1; step <= steps; step++) {
    loss.gradient(w, gradient);
    loss.hessian(w, hessian);
    loss.third(w, moments.ww, bend);
    gradientNoise.meanCovariance(w, moments.ww, sigma);
    const before = look();
    if ((step - 1) % stride === 0) keep(step - 1, before);
    moments.step(hessian, sigma, noise * noise);
    for (let i = 0; i < D; i++) {
      pi[i] = heavyBall.momentum * pi[i] - gradient[i] - 0.5 * bend[i]; // (LN33)
      w[i] += heavyBall.learningRate * pi[i];
    }
    const [mean, spread] = [squareOf(w), trace(moments.ww, D)];
    const value = mean + spread;
    if (!Number.isFinite(value)) throw diverged(step);
    isCut = labelNoise !== undefined && spread > mean;
    if (isCut) {
      keep(step - 1, before);
      break;
    }
    if (passage === Infinity && value < level) passage = step;
    if (pacer.due()) await pacer.pause(step);
  }
  if (!isCut) {
    gradientNoise.meanCovariance(w, moments.ww, sigma);
    keep(steps, look());
  }
  return {
    time: Float64Array.from(time),
    radius: Float64Array.from(radii),
    ...(labelNoise !== undefined && { hessianTrace: Float64Array.from(traces) }),
    ...(D <= MOST_POSITIONS && { weights }),
    passage,
    isCut,
  };
}

/** The covariance of (π, w) by its blocks, each row-major D × D: pp, pw = ⟨π wᵀ⟩ and ww. */
function createCovariance(D: number, { learningRate: eta, momentum: beta }: HeavyBall) {
  const block = () => new Float64Array(D * D);
  const [pp, pw, ww] = [block(), block(), block()];
  const [half, other, crossed] = [block(), block(), block()];
  return {
    ww,
    /** C → J C Jᵀ + ε²Σ ⊗ (1, η)(1, η)ᵀ: first π′ = βπ − Hw, with its blocks, then w′ = w + ηπ′. */
    step(hessian: Float64Array, sigma: Float64Array, variance: number): void {
      // ⟨π′ wᵀ⟩ = β pw − H ww, and ⟨π′ πᵀ⟩ = β pp − H pwᵀ.
      product(hessian, ww, D, half);
      for (let k = 0; k < D * D; k++) crossed[k] = beta * pw[k] - half[k];
      transposed(pw, D, other);
      product(hessian, other, D, half);
      for (let k = 0; k < D * D; k++) pp[k] = beta * pp[k] - half[k];
      // ⟨π′ π′ᵀ⟩ = β ⟨π′ πᵀ⟩ − ⟨π′ wᵀ⟩ H + ε²Σ.
      product(crossed, hessian, D, half);
      for (let k = 0; k < D * D; k++) pp[k] = beta * pp[k] - half[k] + variance * sigma[k];
      // ⟨π′ w′ᵀ⟩ = ⟨π′ wᵀ⟩ + η ⟨π′ π′ᵀ⟩, and ⟨w′ w′ᵀ⟩ from w′ = w + ηπ′.
      for (let i = 0; i < D; i++) {
        for (let j = 0; j < D; j++) {
          const k = i * D + j;
          pw[k] = crossed[k] + eta * pp[k];
          ww[k] += eta * (crossed[k] + crossed[j * D + i]) + eta * eta * pp[k];
        }
      }
      // These lines hold for symmetric blocks only: on an antisymmetric rest of rounding they act as another map, which grows.
      symmetrise(pp, D);
      symmetrise(ww, D);
    },
  };
}

function product(A: Float64Array, B: Float64Array, D: number, out: Float64Array): void {
  out.fill(0);
  for (let i = 0; i < D; i++) {
    for (let k = 0; k < D; k++) {
      const a = A[i * D + k];
      if (a !== 0) for (let j = 0; j < D; j++) out[i * D + j] += a * B[k * D + j];
    }
  }
}

function transposed(A: Float64Array, D: number, out: Float64Array): void {
  for (let i = 0; i < D; i++) for (let j = 0; j < D; j++) out[j * D + i] = A[i * D + j];
}

function symmetrise(A: Float64Array, D: number): void {
  for (let i = 0; i < D; i++) {
    for (let j = 0; j < i; j++) A[i * D + j] = A[j * D + i] = 0.5 * (A[i * D + j] + A[j * D + i]);
  }
}

const squareOf = (x: Float64Array) => x.reduce((sum, y) => sum + y * y, 0);

function trace(A: Float64Array, D: number): number {
  let sum = 0;
  for (let i = 0; i < D; i++) sum += A[i * D + i];
  return sum;
}

function diverged(step: number): ConvergenceError {
  return new ConvergenceError(`The moments of the closure diverge at step ${step}.`, {
    reached: step - 1,
    advice: "Take a smaller learning rate.",
  });
}
