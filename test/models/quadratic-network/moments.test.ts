import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDrift } from "../../../src/models/quadratic-network/drift";
import { createLayout, excessRisk, packState } from "../../../src/models/quadratic-network/layout";
import { createMoments } from "../../../src/models/quadratic-network/moments";
import { quadraticNetwork } from "../../../src/models/quadratic-network/network";
import { stateOfFrame } from "../../../src/models/quadratic-network/start";
import { relativeDistance } from "./helpers";

/** Nodes and weights of the 7-point Gauss-Hermite rule for a standard normal: exact to degree 13. */
const NODES = [0, 1.1544053947399682, 2.366759410734541, 3.750439717725742];
const WEIGHTS = [0.4571428571428571, 0.2401231786050126, 0.030757123967586498, 0.0005482688559722178];

/** E[F(X)] over X = A h for a frame of `rows` vectors and the target, by the product rule. */
function gaussHermite(
  frame: Float64Array,
  p: number,
  f: (lambda: number[], target: number) => number,
): number {
  const n = p + 1;
  const points = [...NODES.slice(1).map((x) => -x), ...NODES];
  const weights = [...WEIGHTS.slice(1), ...WEIGHTS];
  let sum = 0;
  const h = new Array<number>(n);
  const visit = (axis: number, weight: number) => {
    if (axis === n) {
      const lambda = Array.from({ length: p }, (_, j) => {
        let x = 0;
        for (let k = 0; k < n; k++) x += frame[j * n + k] * h[k];
        return x;
      });
      sum += weight * f(lambda, h[0]);
      return;
    }
    for (let i = 0; i < points.length; i++) {
      h[axis] = points[i];
      visit(axis + 1, weight * weights[i]);
    }
  };
  visit(0, 1);
  return sum;
}

const cases = (p: number) =>
  fc.record({
    frame: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: p * (p + 1),
      maxLength: p * (p + 1),
    }),
    second: fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: p, maxLength: p }),
    labelNoise: fc.double({ min: 0, max: 2, noNaN: true }),
  });

/** Only the columns a frame may have: row j ends at column j + 1. */
function frameOf(numbers: readonly number[], p: number): Float64Array {
  return Float64Array.from(numbers, (x, i) => (i % (p + 1) <= Math.floor(i / (p + 1)) + 1 ? x : 0));
}

describe.each([1, 2, 3])("moments at width %i", (p) => {
  it("agree with Gauss-Hermite quadrature", () => {
    fc.assert(
      fc.property(cases(p), ({ frame: numbers, second, labelNoise }) => {
        const frame = frameOf(numbers, p);
        const network = quadraticNetwork({ width: p, learningRate: 0.1, labelNoise });
        const y = packState({ ...stateOfFrame(frame, p), secondLayer: Float64Array.from(second) });
        const moments = createMoments(network);
        moments.load(y, 4);
        const displacement = (lambda: number[], target: number) =>
          target ** 2 - lambda.reduce((sum, x, j) => sum + (second[j] * x * x) / p, 0);
        // The label noise enters through its even moments.
        const power = (e: number, k: number) =>
          [
            1,
            e,
            e * e + labelNoise,
            e ** 3 + 3 * labelNoise * e,
            e ** 4 + 6 * labelNoise * e * e + 3 * labelNoise ** 2,
          ][k];
        const expectation = (k: number, indices: number[]) =>
          gaussHermite(frame, p, (lambda, target) =>
            indices.reduce(
              (product, i) => product * (i === p ? target : lambda[i]),
              power(displacement(lambda, target), k),
            ),
          );
        for (const k of [0, 1, 2] as const) {
          expect(relativeDistance(moments.pair(k, 0, p), expectation(k, [0, p]))).toBeLessThan(1e-12);
          expect(relativeDistance(moments.pair(k, p - 1, 0), expectation(k, [p - 1, 0]))).toBeLessThan(1e-12);
        }
        for (const k of [2, 3, 4] as const) {
          const last = p - 1;
          expect(
            relativeDistance(moments.quadruple(k, 0, p, last, 0), expectation(k, [0, p, last, 0])),
          ).toBeLessThan(1e-12);
          expect(
            relativeDistance(moments.quadruple(k, 0, last, last, p), expectation(k, [0, last, last, p])),
          ).toBeLessThan(1e-12);
        }
        expect(
          relativeDistance(
            2 * excessRisk(y, p),
            gaussHermite(frame, p, (l, t) => displacement(l, t) ** 2),
          ),
        ).toBeLessThan(1e-12);
      }),
      { numRuns: p === 3 ? 6 : 25 },
    );
  });
});

/** Eq. (26) of the paper with k = 1: the drift for a = 1 in matrix form, an independent expression. */
function matrixDrift(m: number[], q: number[][], gamma: number, delta: number) {
  const p = m.length;
  const product = (a: number[][], b: number[][]) =>
    a.map((row) => b[0].map((_, j) => row.reduce((s, x, k) => s + x * b[k][j], 0)));
  const trace = (a: number[][]) => a.reduce((s, row, i) => s + row[i], 0);
  const mm = m.map((x) => m.map((y) => x * y));
  const q2 = product(q, q);
  const q3 = product(q2, q);
  const mq = product(mm, q);
  const qm = product(q, mm);
  const [t, t2, tm] = [trace(q), trace(q2), trace(mm)];
  const dm = m.map((x, j) => 2 * (1 - t / p) * x + 4 * (x - q[j].reduce((s, y, k) => s + y * m[k], 0) / p));
  const dq = q.map((row, j) =>
    row.map(
      (x, l) =>
        4 * (1 - t / p) * x +
        8 * (mm[j][l] - q2[j][l] / p) +
        ((4 * gamma) / p) *
          (3 * x +
            12 * mm[j][l] +
            ((t * t + 2 * t2) * x + 4 * t * q2[j][l] + 8 * q3[j][l]) / p ** 2 -
            (2 / p) * ((t + 2 * tm) * x + 2 * t * mm[j][l] + 2 * q2[j][l] + 4 * (mq[j][l] + qm[j][l])) +
            delta * x),
    ),
  );
  return { dm, dq };
}

describe("drift", () => {
  it.each([1, 2, 5, 20])("is the matrix form of the paper for a = 1, p = %i", (p) => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
          minLength: p * (p + 1),
          maxLength: p * (p + 1),
        }),
        (numbers) => {
          const [gamma, delta] = [0.3 * p, 0.7];
          const state = stateOfFrame(frameOf(numbers, p), p);
          const q = Array.from({ length: p }, (_, j) => [...state.correlation.subarray(j * p, (j + 1) * p)]);
          const { dm, dq } = matrixDrift([...state.overlap], q, gamma, delta);
          const network = quadraticNetwork({
            width: p,
            learningRate: gamma,
            labelNoise: delta,
            constraint: "none",
          });
          const layout = createLayout(p);
          const rate = new Float64Array(layout.length);
          createDrift(network)(packState(state), rate);
          const scale = Math.max(1, ...dq.flat().map(Math.abs));
          for (let j = 0; j < p; j++) {
            expect(Math.abs(rate[j] - dm[j]) / scale).toBeLessThan(1e-12);
            for (let l = j; l < p; l++)
              expect(Math.abs(rate[layout.correlation(j, l)] - dq[j][l]) / scale).toBeLessThan(1e-12);
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it("keeps the sphere and trains the second layer by E[𝓔 λ²]", () => {
    const frame = frameOf([0.6, 0.8, 0, -0.2, 0.4, Math.sqrt(1 - 0.2)], 2);
    const second = [0.7, 1.3];
    const network = quadraticNetwork({
      width: 2,
      learningRate: 0.2,
      labelNoise: 0.4,
      trainSecondLayer: true,
    });
    const rate = new Float64Array(7);
    createDrift(network)(
      packState({ ...stateOfFrame(frame, 2), secondLayer: Float64Array.from(second) }),
      rate,
    );
    expect(Math.abs(rate[2])).toBeLessThan(1e-14);
    expect(Math.abs(rate[4])).toBeLessThan(1e-14);
    for (const j of [0, 1]) {
      const direct = gaussHermite(
        frame,
        2,
        (l, t) => (t * t - (second[0] * l[0] ** 2 + second[1] * l[1] ** 2) / 2) * l[j] ** 2,
      );
      expect(rate[5 + j]).toBeCloseTo(direct, 12);
    }
    // d times faster when it learns with the rate of the first layer.
    const fast = new Float64Array(7);
    createDrift({ ...network, secondLayerRate: "first-layer", dimension: 50 })(
      packState({ ...stateOfFrame(frame, 2), secondLayer: Float64Array.from(second) }),
      fast,
    );
    expect(fast[5] / rate[5]).toBeCloseTo(50, 10);
  });
});
