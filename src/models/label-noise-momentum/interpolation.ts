import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { floats, record } from "../../core/check";
import { ConvergenceError } from "../../core/errors";
import type { ResidualModel } from "./residuals";

const MOST_STEPS = 200;
/** Residuals that are 0 but for rounding, relative to those of weights 0. */
const ARRIVED = 1e-13;
const CLOSE = 1e-9;
/** Directions of the residuals below this share of the largest do not take part in a step. */
const CUT = 1e-13;

/**
 * Weights near `start` with all residuals 0, by Gauss-Newton steps of least length, w ← w − Jᵀ(JJᵀ)⁻¹r, halved while they do not
 * help. They depend on no learning rate, and take tens of steps where a descent takes 1/ηλ for the least curvature λ.
 * @throws ConvergenceError where the steps end at other residuals.
 */
export function interpolatingWeights(model: ResidualModel, start: Float64Array): Float64Array {
  const { size: D, count } = record("model", model, ["residuals", "jacobian"]);
  floats("start", start);
  const jacobian = new Float64Array(count * D);
  const residualsAt = (w: Float64Array) => {
    const r = new Float64Array(count);
    model.residuals(w, r);
    return r;
  };
  const unit = 1 + lengthOf(residualsAt(new Float64Array(D)));
  let w = start.slice();
  let r = residualsAt(w);
  for (let step = 0; step < MOST_STEPS && lengthOf(r) > ARRIVED * unit; step++) {
    model.jacobian(w, jacobian);
    const change = leastStep(jacobian, r, D);
    let moved = false;
    for (let share = 1; share > 1e-6 && !moved; share /= 2) {
      const next = w.map((x, i) => x - share * change[i]);
      const left = residualsAt(next);
      if (!(lengthOf(left) < lengthOf(r))) continue;
      [w, r, moved] = [next, left, true];
    }
    if (!moved) break;
  }
  if (lengthOf(r) <= CLOSE * unit) return w;
  throw new ConvergenceError("No weights with zero loss were found near the start.", {
    reached: 0,
    advice: "Take fewer samples, or more weights: there may be no manifold of zero loss.",
  });
}

/** Jᵀ(JJᵀ)⁻¹r, without the directions in which JJᵀ is 0 but for rounding. */
function leastStep(J: Float64Array, r: Float64Array, D: number): Float64Array {
  const count = r.length;
  const gram = new Matrix(count, count);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < D; i++) sum += J[a * D + i] * J[b * D + i];
      gram.set(a, b, sum);
      gram.set(b, a, sum);
    }
  }
  const { realEigenvalues: values, eigenvectorMatrix: Q } = new EigenvalueDecomposition(gram, {
    assumeSymmetric: true,
  });
  const out = new Float64Array(D);
  for (let m = 0; m < count; m++) {
    if (!(values[m] > CUT * values[count - 1])) continue;
    let along = 0;
    for (let a = 0; a < count; a++) along += Q.get(a, m) * r[a];
    for (let a = 0; a < count; a++) {
      const factor = (along / values[m]) * Q.get(a, m);
      for (let i = 0; i < D; i++) out[i] += factor * J[a * D + i];
    }
  }
  return out;
}

const lengthOf = (x: Float64Array) => Math.sqrt(x.reduce((sum, y) => sum + y * y, 0));
