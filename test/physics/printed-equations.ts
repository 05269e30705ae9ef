/**
 * The two-time equations of the p-spin model in the time t, on a full matrix, straight from the page: slow,
 * second order, and with switches for three misprints of appendix D of the learning-rate schedules paper. With
 * all switches off it is an independent implementation of the corrected equations.
 */
export interface Misprints {
  /** D.13, D.18: a source η(t')δ(t−t') for R (so R starts at η(t')) besides the η(t'') of the integrals. */
  readonly responseSource?: boolean;
  /** D.10, D.18: η(t') where η(t'') belongs in the integrals over t''. */
  readonly rateAtColumn?: boolean;
  /** D.14, D.18: a term 2Tη(t)²R(t,t') in dC/dt for t > t'. */
  readonly noiseTerm?: boolean;
}

export interface PrintedSolution {
  readonly step: number;
  readonly loss: Float64Array;
  readonly correlation: readonly Float64Array[];
  readonly response: readonly Float64Array[];
}

export function solvePrinted(
  p: number,
  temperature: number,
  rate: (t: number) => number,
  until: number,
  steps: number,
  misprints: Misprints = {},
): PrintedSolution {
  const h = until / steps;
  const n = steps + 1;
  const eta = Float64Array.from({ length: n }, (_, i) => rate(i * h));
  const start = (i: number) => (misprints.responseSource ? eta[i] : 1);
  const C = Array.from({ length: n }, () => new Float64Array(n));
  const R = Array.from({ length: n }, () => new Float64Array(n));
  const first = (q: number) => q ** (p - 1);
  const second = (q: number) => (p - 1) * q ** (p - 2);
  const loss = new Float64Array(n);
  const slopeC = [new Float64Array(n), new Float64Array(n)];
  const slopeR = [new Float64Array(n), new Float64Array(n)];
  C[0][0] = 1;
  R[0][0] = start(0);

  const trapezoid = (from: number, to: number, f: (u: number) => number) => {
    if (to <= from) return 0;
    let sum = 0.5 * (f(from) + f(to));
    for (let u = from + 1; u < to; u++) sum += f(u);
    return h * sum;
  };

  /** Right-hand sides of row i into dC, dR; returns the loss. */
  function derive(i: number, dC: Float64Array, dR: Float64Array): number {
    const q1 = C[i].map(first);
    const kernel = C[i].map((q, u) => second(q) * R[i][u]);
    const pull = trapezoid(0, i, (u) => eta[u] * R[i][u] * q1[u]);
    const z = temperature * eta[i] + p * pull;
    for (let j = 0; j <= i; j++) {
      const weight = misprints.rateAtColumn ? () => eta[j] : (u: number) => eta[u];
      const memory = trapezoid(0, i, (u) => weight(u) * kernel[u] * C[Math.max(u, j)][Math.min(u, j)]);
      const forcing = trapezoid(0, j, (u) => weight(u) * q1[u] * R[j][u]);
      const delayed = trapezoid(j, i, (u) => weight(u) * kernel[u] * R[u][j]);
      const noise = misprints.noiseTerm && j < i ? 2 * temperature * eta[i] ** 2 * R[i][j] : 0;
      dC[j] = eta[i] * (-z * C[i][j] + memory + forcing) + noise;
      dR[j] = eta[i] * (-z * R[i][j] + delayed);
    }
    return -pull;
  }

  loss[0] = derive(0, slopeC[0], slopeR[0]);
  for (let i = 1; i < n; i++) {
    const [fC, fR] = [slopeC[(i - 1) % 2], slopeR[(i - 1) % 2]];
    const [gC, gR] = [slopeC[i % 2], slopeR[i % 2]];
    C[i][i] = 1;
    R[i][i] = start(i);
    for (let pass = 0; pass < 3; pass++) {
      for (let j = 0; j < i; j++) {
        C[i][j] = C[i - 1][j] + (pass === 0 ? h * fC[j] : 0.5 * h * (fC[j] + gC[j]));
        R[i][j] = R[i - 1][j] + (pass === 0 ? h * fR[j] : 0.5 * h * (fR[j] + gR[j]));
      }
      loss[i] = derive(i, gC, gR);
    }
  }
  return { step: h, loss, correlation: C, response: R };
}
