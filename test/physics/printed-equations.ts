import type { TwoTimeProblem } from "../../src/chsck";
import { channels } from "../../src/models/covariance";
import { plantingOf } from "../../src/models/planted-start";

/**
 * The two-time equations in the time t, on a full matrix, straight from the page: slow, second order, and with
 * switches for three misprints of appendix D of the learning-rate schedules paper. With all switches off it is
 * an independent implementation of the corrected equations.
 */
export interface Misprints {
  /** D.13, D.18: a source η(t')δ(t−t') for R (so R starts at η(t')) besides the η(t'') of the integrals. */
  readonly responseSource?: boolean;
  /** D.10, D.18: η(t') where η(t'') belongs in the integrals over t''. */
  readonly rateAtColumn?: boolean;
  /** D.14, D.18: a term 2Tη(t)²R(t,t') in dC/dt for t > t'. */
  readonly noiseTerm?: boolean;
  /** No print: the start in equilibrium, or the random field, left out of dC/dt. */
  readonly startForgotten?: boolean;
  readonly fieldForgotten?: boolean;
}

export interface PrintedSolution {
  readonly step: number;
  readonly overlap: Float64Array;
  /** Loss of every channel, and their sum. */
  readonly losses: readonly Float64Array[];
  readonly loss: Float64Array;
  readonly correlation: readonly Float64Array[];
  readonly response: readonly Float64Array[];
}

export function solvePrinted(
  problem: TwoTimeProblem,
  until: number,
  steps: number,
  misprints: Misprints = {},
): PrintedSolution {
  const { covariance, temperature, schedule } = problem;
  const { strength, overlap } = plantingOf(problem) ?? { strength: 0, overlap: 0 };
  const h = until / steps;
  const n = steps + 1;
  const eta = Float64Array.from({ length: n }, (_, i) => schedule.rate(i * h));
  const start = (i: number) => (misprints.responseSource ? eta[i] : 1);
  const matrix = () => Array.from({ length: n }, () => new Float64Array(n));
  const [C, R] = [matrix(), matrix()];
  const m = new Float64Array(n);
  const parts = channels(covariance);
  const losses = parts.map(() => new Float64Array(n));
  const slopes = Array.from({ length: 2 }, () => ({ C: new Float64Array(n), R: new Float64Array(n), m: 0 }));
  C[0][0] = 1;
  R[0][0] = start(0);
  m[0] = overlap;

  const trapezoid = (from: number, to: number, f: (u: number) => number) => {
    if (to <= from) return 0;
    let sum = 0.5 * (f(from) + f(to));
    for (let u = from + 1; u < to; u++) sum += f(u);
    return h * sum;
  };

  function derive(i: number, slope: (typeof slopes)[0]): void {
    const q1 = C[i].map(covariance.first);
    const kernel = C[i].map((q, u) => covariance.second(q) * R[i][u]);
    const field = strength * covariance.first(m[i]);
    const pull = misprints.startForgotten ? 0 : field;
    const random = misprints.fieldForgotten ? covariance.first(0) : 0;
    const z =
      temperature * eta[i] +
      field * m[i] +
      trapezoid(0, i, (u) => eta[u] * (R[i][u] * q1[u] + kernel[u] * C[i][u]));
    for (let j = 0; j <= i; j++) {
      const weight = misprints.rateAtColumn ? () => eta[j] : (u: number) => eta[u];
      const memory = trapezoid(0, i, (u) => weight(u) * kernel[u] * C[Math.max(u, j)][Math.min(u, j)]);
      const forcing = trapezoid(0, j, (u) => weight(u) * (q1[u] - random) * R[j][u]);
      const delayed = trapezoid(j, i, (u) => weight(u) * kernel[u] * R[u][j]);
      const noise = misprints.noiseTerm && j < i ? 2 * temperature * eta[i] ** 2 * R[i][j] : 0;
      slope.C[j] = eta[i] * (-z * C[i][j] + pull * m[j] + memory + forcing) + noise;
      slope.R[j] = eta[i] * (-z * R[i][j] + delayed);
    }
    slope.m = eta[i] * (-z * m[i] + field + trapezoid(0, i, (u) => eta[u] * kernel[u] * m[u]));
    for (const [k, part] of parts.entries()) {
      losses[k][i] =
        -strength * part.value(m[i]) - trapezoid(0, i, (u) => eta[u] * R[i][u] * part.first(C[i][u]));
    }
  }

  derive(0, slopes[0]);
  for (let i = 1; i < n; i++) {
    const [before, now] = [slopes[(i - 1) % 2], slopes[i % 2]];
    C[i][i] = 1;
    R[i][i] = start(i);
    for (let pass = 0; pass < 3; pass++) {
      const advance = (f: number, g: number) => (pass === 0 ? h * f : 0.5 * h * (f + g));
      for (let j = 0; j < i; j++) {
        C[i][j] = C[i - 1][j] + advance(before.C[j], now.C[j]);
        R[i][j] = R[i - 1][j] + advance(before.R[j], now.R[j]);
      }
      m[i] = m[i - 1] + advance(before.m, now.m);
      derive(i, now);
    }
  }
  const loss = m.map((_, i) => losses.reduce((sum, part) => sum + part[i], 0));
  return { step: h, overlap: m, losses, loss, correlation: C, response: R };
}
