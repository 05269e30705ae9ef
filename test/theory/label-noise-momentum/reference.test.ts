import { Matrix, solve } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  curvatureOf,
  pseudoInverse,
  tangentProjector,
} from "../../../src/models/label-noise-momentum/curvature";
import { stabilityLimit } from "../../../src/models/label-noise-momentum/heavy-ball";
import {
  applyOperator,
  diagonalBracket,
  invertOperator,
  lyapunovBracket,
  operatorBracket,
} from "../../../src/models/label-noise-momentum/operators";
import {
  stationaryCovariance,
  stationaryModeCovariance,
} from "../../../src/theory/label-noise-momentum/covariance";
import { noiseCoefficient } from "../../../src/theory/label-noise-momentum/limit-map";
import { transientModeCovariance } from "../../../src/theory/label-noise-momentum/linear";
import {
  originDecayRate,
  originStabilityLimit,
  stationaryDecayRate,
} from "../../../src/theory/label-noise-momentum/origin";
import { heavyBallModes, relaxationSpectrum } from "../../../src/theory/label-noise-momentum/spectrum";
import {
  sensingPrefactor,
  timescaleExponent,
  uvControl,
  uvDriftTime,
  uvPrefactor,
} from "../../../src/theory/label-noise-momentum/time-scales";
import { caseOf, cases, type LabelNoiseCase, numbersOf } from "../../reference/label-noise-cases";

const params = ({ params }: LabelNoiseCase) => params as Record<string, number>;
const ballOf = (one: LabelNoiseCase) => ({ learningRate: params(one).eta, momentum: params(one).beta });
const startingWith = (prefix: string) => cases.filter(({ id }) => id.startsWith(prefix));

function expectClose(id: string, found: ArrayLike<number>): void {
  const { values, tolerance } = numbersOf(id);
  expect(found.length, id).toBe(values.length);
  for (const [i, value] of values.entries()) {
    expect(Math.abs(found[i] - value), `${id}[${i}]`).toBeLessThanOrEqual(tolerance);
  }
}

describe("reference cases of the linearised descent", () => {
  it.each(startingWith("kappa_"))("$id", (one) => {
    const [plus, minus] = heavyBallModes(ballOf(one), params(one).lambda_);
    const { eigenvalue } = one.quantity.endsWith("plus") ? plus : minus;
    const { re, im } = one.value as { re: number; im: number };
    expect(Math.hypot(eigenvalue.real - re, eigenvalue.imaginary - im)).toBeLessThanOrEqual(
      one.tolerance as number,
    );
  });
  it.each(startingWith("mu_"))("$id", (one) => {
    const [plus, minus] = heavyBallModes(ballOf(one), params(one).lambda_);
    const momentum = (one.quantity.endsWith("plus") ? plus : minus).momentum!;
    const { re, im } = one.value as { re: number; im: number };
    expect(Math.hypot(momentum.real - re, momentum.imaginary - im)).toBeLessThanOrEqual(
      one.tolerance as number,
    );
  });
  it.each([...startingWith("tau1_"), ...startingWith("rho2_")])("$id", (one) => {
    const { lambdas } = one.params as unknown as { lambdas: number[] };
    const { relaxationTime, fastestModulus } = relaxationSpectrum(ballOf(one), lambdas);
    expectClose(one.id, [one.id.startsWith("tau1") ? relaxationTime : fastestModulus]);
  });
  it.each(startingWith("stab_"))("$id", (one) => {
    expectClose(one.id, [stabilityLimit(params(one).beta)]);
  });
});

describe("reference cases of the covariance", () => {
  it.each(startingWith("ou_").filter(({ id }) => !id.includes("transient")))("$id", (one) => {
    const { lambda_, epsilon, Lambda } = params(one);
    const { ww, wp, pp } = stationaryModeCovariance(ballOf(one), lambda_, epsilon ** 2 * Lambda);
    expectClose(one.id, [{ C11: ww, C12: wp, C22: pp }[one.quantity]!]);
  });
  it.each(startingWith("ou_transient_"))("$id", (one) => {
    const { lambda_, epsilon, Lambda, k } = params(one);
    const { ww, wp, pp } = transientModeCovariance(ballOf(one), lambda_, epsilon ** 2 * Lambda, k);
    expectClose(one.id, [ww, wp, pp]);
  });
  it.each(startingWith("matrix_ou_"))("$id", (one) => {
    const { H, Sigma } = one.params as unknown as { H: number[][]; Sigma: number[][] };
    expectClose(one.id, stationaryCovariance(ballOf(one), H.flat(), Sigma.flat(), 3));
  });
});

describe("reference cases of the operator", () => {
  const { H, M } = caseOf("Lyap_inv").params as unknown as { H: number[][]; M: number[][] };
  const curvature = curvatureOf(H.flat(), 3);
  it.each(startingWith("Ltilde_inv_"))("$id", (one) => {
    const { C, gamma, eta } = params(one);
    const bracket = operatorBracket("leading", { learningRate: eta, momentum: 1 - C * eta ** gamma });
    const inverse = invertOperator(curvature, bracket, M.flat());
    expectClose(one.id, inverse);
    expectClose("Lyap_inv", invertOperator(curvature, lyapunovBracket, M.flat()));
    const back = applyOperator(curvature, bracket, inverse);
    for (const [i, x] of M.flat().entries()) expect(back[i]).toBeCloseTo(x, 12);
  });
  it("diag_limit", () => {
    expectClose("diag_limit", invertOperator(curvature, diagonalBracket, M.flat()));
  });
});

describe("reference cases of the time scales", () => {
  it.each(startingWith("uv_"))("$id", (one) => {
    const { n, P, mu2, epsilon } = params(one);
    const scales = { n, samples: P, inputVariance: mu2, noise: epsilon };
    expectClose(one.id, [
      one.id.startsWith("uv_C_") ? uvPrefactor(scales) : uvDriftTime(ballOf(one), scales),
    ]);
  });
  it("ms_C_print is rejected: the prefactor of matrix sensing is 2^(1/3) times the printed one", () => {
    const found = sensingPrefactor({ d: 100, samples: 1, noise: Math.sqrt(0.1) });
    const { values, tolerance } = numbersOf("ms_C_print");
    expect(Math.abs(found / Math.cbrt(2) - values[0])).toBeLessThan(tolerance);
    expect(found).toBeCloseTo(0.159, 3);
  });
  it.each(startingWith("lyap_rate_"))("$id", (one) => {
    expectClose(one.id, [originDecayRate(params(one).g)]);
  });
  it("lyap_gc", () => {
    expectClose("lyap_gc", [originStabilityLimit()]);
    expect(originDecayRate(originStabilityLimit())).toBeCloseTo(0, 10);
  });
  it.each(startingWith("closure_rate_"))("$id", (one) => {
    expectClose(one.id, [stationaryDecayRate(params(one).g)]);
  });
  it("noise_coeff", () => {
    expectClose("noise_coeff", [noiseCoefficient(ballOf(caseOf("noise_coeff")))]);
  });
  it("the exponents of the paper's figure 1a", () => {
    expect([0.3, 0.5, 0.6, 2 / 3, 0.75, 0.9].map((x) => Number(timescaleExponent(x).toFixed(3)))).toEqual([
      1.4, 1, 0.8, 0.667, 0.75, 0.9,
    ]);
  });
  it("near g = 0 the origin attracts at the rate of the drift, g", () => {
    for (const g of [1e-6, 1e-4]) {
      expect(originDecayRate(g) / g).toBeCloseTo(1, 3);
      expect(stationaryDecayRate(g) / g).toBeCloseTo(1, 3);
    }
    // The series for small g meets the integrals.
    const [below, above] = [0.005 - 1e-12, 0.005 + 1e-12];
    expect(Math.abs(originDecayRate(below) / below - originDecayRate(above) / above)).toBeLessThan(1e-11);
    const scales = { n: 10, samples: 5, inputVariance: 1, noise: 0.5 };
    const ball = { learningRate: 0.01, momentum: 1 - uvPrefactor(scales) * 0.01 ** (2 / 3) };
    expect(uvControl(ball, scales)).toBeCloseTo(1, 12);
  });
});

describe("reference cases of the manifold", () => {
  // L = ½[(xy − 1)² + (yz − 2)²] at (1, 1, 2): H = JᵀJ.
  const J = new Matrix([
    [1, 1, 0],
    [0, 2, 1],
  ]);
  const curvature = curvatureOf(J.transpose().mmul(J).to1DArray(), 3);
  it("projector_PL", () => {
    expect(curvature.rank).toBe(2);
    expectClose("projector_PL", tangentProjector(curvature));
  });
  it("hess_pinv", () => {
    const columns = [0, 1, 2].map((k) =>
      pseudoInverse(
        curvature,
        Float64Array.from([0, 1, 2], (i) => +(i === k)),
      ),
    );
    expectClose(
      "hess_pinv",
      columns.flatMap((column) => [...column]),
    );
  });
});

describe("covariances against a Lyapunov solve", () => {
  /** C = J C Jᵀ + Q as a linear system. */
  function lyapunov(J: Matrix, Q: Matrix): Matrix {
    const n = J.rows;
    const system = Matrix.eye(n * n).sub(J.kroneckerProduct(J));
    return Matrix.from1DArray(n, n, solve(system, Matrix.columnVector(Q.to1DArray())).to1DArray());
  }
  const H = new Matrix([
    [2, 0.5, 0],
    [0.5, 1, 0.3],
    [0, 0.3, 0.6],
  ]);
  const Sigma = new Matrix([
    [1, 0.4, -0.2],
    [0.4, 0.8, 0.1],
    [-0.2, 0.1, 0.5],
  ]);
  function phaseSpace(H: Matrix, Sigma: Matrix, eta: number, beta: number): Matrix {
    const n = H.rows;
    const eye = Matrix.eye(n);
    const J = Matrix.zeros(2 * n, 2 * n);
    J.setSubMatrix(Matrix.mul(eye, beta), 0, 0);
    J.setSubMatrix(Matrix.mul(H, -1), 0, n);
    J.setSubMatrix(Matrix.mul(eye, eta * beta), n, 0);
    J.setSubMatrix(Matrix.sub(eye, Matrix.mul(H, eta)), n, n);
    const factor = new Matrix([
      [1, eta],
      [eta, eta * eta],
    ]);
    return lyapunov(J, factor.kroneckerProduct(Sigma));
  }

  it.each([
    [0.3, 0.5],
    [0.05, 0.9],
    [0.7, 0.2],
    [0.01, 0.97],
  ])("three modes, noise that does not commute with H: η = %f, β = %f, to 1e-12", (eta, beta) => {
    const all = phaseSpace(H, Sigma, eta, beta);
    const found = stationaryCovariance(
      { learningRate: eta, momentum: beta },
      H.to1DArray(),
      Sigma.to1DArray(),
      3,
    );
    const leading = stationaryCovariance(
      { learningRate: eta, momentum: beta },
      H.to1DArray(),
      Sigma.to1DArray(),
      3,
      {
        operator: "leading",
      },
    );
    let worst = 0;
    for (let i = 0; i < 9; i++) {
      const exact = all.get(3 + Math.floor(i / 3), 3 + (i % 3));
      expect(Math.abs(found[i] - exact)).toBeLessThan(1e-12);
      worst = Math.max(worst, Math.abs(leading[i] - exact));
    }
    expect(worst).toBeGreaterThan(1e-5);
  });

  it.each([
    [0.1, 0.9, 0.5],
    [0.5, 0.5, 1],
    [0.3, 0, 1],
    [0.9, 0.3, 2.8],
  ])("one mode, η = %f, β = %f, λ = %f, to 1e-12; the print fails", (eta, beta, lambda) => {
    const all = phaseSpace(new Matrix([[lambda]]), new Matrix([[0.18]]), eta, beta);
    const ball = { learningRate: eta, momentum: beta };
    const { ww, wp, pp } = stationaryModeCovariance(ball, lambda, 0.18);
    expect(Math.abs(pp - all.get(0, 0))).toBeLessThan(1e-12);
    expect(Math.abs(wp - all.get(0, 1))).toBeLessThan(1e-12);
    expect(Math.abs(ww - all.get(1, 1))).toBeLessThan(1e-12);
    const printed = ww / (1 + beta);
    if (beta > 0) expect(Math.abs(printed - all.get(1, 1))).toBeGreaterThan(0.01 * ww);
    const late = transientModeCovariance(ball, lambda, 0.18, 2000);
    expect(Math.abs(late.ww - ww)).toBeLessThan(1e-12);
  });
});
