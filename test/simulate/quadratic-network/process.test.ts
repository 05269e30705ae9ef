import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDrift } from "../../../src/models/quadratic-network/drift";
import { createLayout } from "../../../src/models/quadratic-network/layout";
import { type QuadraticNetwork, quadraticNetwork } from "../../../src/models/quadratic-network/network";
import {
  type Frame,
  frameOfState,
  randomFrame,
  stateOfFrame,
} from "../../../src/models/quadratic-network/start";
import { createDraws, type Draws } from "../../../src/numerics/draws";
import { createStreams } from "../../../src/numerics/streams";
import { createReducedProcess } from "../../../src/simulate/quadratic-network/reduced";
import { createVectorProcess, vectorsOfFrame } from "../../../src/simulate/quadratic-network/vectors";

const SEED = 20261122;
const streams = createStreams(SEED);
const draws = (sample: number) =>
  createDraws(streams.stream("data", sample, 0), streams.stream("data", sample, 1));

/** Draws that also tell what they gave. */
function recording(inner: Draws): {
  readonly draws: Draws;
  readonly normals: number[];
  readonly squares: number[];
} {
  const normals: number[] = [];
  const squares: number[] = [];
  const keep = (list: number[], x: number) => list[list.push(x) - 1];
  return {
    normals,
    squares,
    draws: {
      ...inner,
      normal: () => keep(normals, inner.normal()),
      chiSquare: (k) => keep(squares, inner.chiSquare(k)),
    },
  };
}

/** One update of explicit vectors w_j/√d in p + 2 dimensions: w_* along the first axis, x = (h, √c)/√d. */
function explicitStep(
  network: QuadraticNetwork,
  frame: Frame,
  second: number[],
  h: number[],
  c: number,
  z: number,
) {
  const { width: p, dimension: d, learningRate, labelNoise } = network;
  const x = [...h, Math.sqrt(c)];
  const w = Array.from({ length: p }, (_, j) => x.map((_, k) => (k <= p ? frame[j * (p + 1) + k] : 0)));
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, k) => sum + value * b[k], 0);
  const fields = w.map((row) => dot(row, x));
  const displacement =
    x[0] ** 2 + Math.sqrt(labelNoise) * z - fields.reduce((sum, f, j) => sum + (second[j] * f * f) / p, 0);
  const after = w.map((row, j) => {
    const u = ((2 * learningRate) / p) * second[j] * displacement * fields[j];
    const moved = row.map((value, k) => value + (u / d) * x[k]);
    const norm = network.constraint === "sphere" ? Math.sqrt(dot(moved, moved)) : 1;
    return moved.map((value) => value / norm);
  });
  const a = second.map((value, j) =>
    network.trainSecondLayer ? value + (learningRate / (p * d)) * displacement * fields[j] ** 2 : value,
  );
  const products: number[] = [];
  for (let j = 0; j < p; j++) for (let l = j; l < p; l++) products.push(dot(after[j], after[l]));
  return [...after.map((row) => row[0]), ...products, ...a];
}

describe.each([1, 2, 5, 20])("reduced process, p = %i", (p) => {
  it.each([
    ["sphere", false],
    ["sphere", true],
    ["none", true],
  ] as const)(
    "one step is that of explicit vectors, to 1e-12 (%s, second layer %s)",
    (constraint, trainSecondLayer) => {
      fc.assert(
        fc.property(fc.nat(1e6), fc.integer({ min: p + 1, max: 500 }), (sample, dimension) => {
          const network = quadraticNetwork({
            width: p,
            dimension,
            learningRate: 0.3,
            labelNoise: 0.7,
            constraint,
            trainSecondLayer,
          });
          const frame = randomFrame(network, streams, sample);
          const second = Array.from({ length: p }, (_, j) => 1 + 0.1 * j);
          const { draws: own, normals, squares } = recording(draws(sample));
          const process = createReducedProcess(network, own, () => ({ frame, secondLayer: second }), 1);
          process.start(sample);
          process.step();
          const [h, z] = [normals.slice(-(p + 2), -1), normals.at(-1)!];
          const wanted = explicitStep(network, frame, second, h, squares[0], z);
          wanted.forEach((x, i) => {
            expect(Math.abs(process.order[i] - x)).toBeLessThan(1e-12 * Math.max(1, Math.abs(x)));
          });
        }),
        { numRuns: 20 },
      );
    },
  );

  it("rows and recursion agree step by step, to 1e-12", () => {
    const network = quadraticNetwork({ width: p, dimension: 200, learningRate: 0.2 * p, labelNoise: 0.2 });
    const frame = randomFrame(network, streams, 3);
    const start = () => ({ frame, secondLayer: new Float64Array(p).fill(1) });
    const rows = createReducedProcess(network, draws(3), start, 1);
    const recursion = createReducedProcess(network, draws(3), start, Infinity);
    rows.start(3);
    recursion.start(3);
    for (let step = 0; step < 400; step++) {
      rows.step();
      recursion.step();
      for (let i = 0; i < rows.order.length; i++)
        expect(Math.abs(rows.order[i] - recursion.order[i])).toBeLessThan(1e-12);
    }
  });
});

describe("vector process", () => {
  const state = {
    overlap: Float64Array.of(0.2, -0.1, 0.4),
    correlation: Float64Array.of(1, 0.1, 0.2, 0.1, 1, 0, 0.2, 0, 1),
    secondLayer: Float64Array.of(1, 0.9, 1.1),
  };

  it.each(["sphere", "none"] as const)(
    "vectors and recursion agree step by step, to 1e-12 (%s)",
    (constraint) => {
      const network = quadraticNetwork({
        width: 3,
        dimension: 40,
        learningRate: 0.3,
        labelNoise: 0.5,
        constraint,
        trainSecondLayer: true,
      });
      const create = (refreshEvery: number) => {
        const start = () => ({
          weights: vectorsOfFrame(network, frameOfState(state), streams.stream("start", 5, 2)),
          secondLayer: state.secondLayer,
          inputs: streams.stream("data", 5, 2),
        });
        const process = createVectorProcess(network, draws(5), start, refreshEvery);
        process.start(5);
        return process;
      };
      const vectors = create(1);
      const recursion = create(Infinity);
      expect([...vectors.order.subarray(0, 3)].map((m) => Math.round(m * 1e13) / 1e13)).toEqual([
        ...state.overlap,
      ]);
      expect(vectors.order[createLayout(3).correlation(0, 2)]).toBeCloseTo(0.2, 13);
      for (let step = 0; step < 400; step++) {
        vectors.step();
        recursion.step();
        for (let i = 0; i < vectors.order.length; i++)
          expect(Math.abs(vectors.order[i] - recursion.order[i])).toBeLessThan(1e-12);
      }
    },
  );
});

describe("starts", () => {
  it("a frame gives back its order parameters", () => {
    const state = {
      overlap: Float64Array.of(0.6, -0.2),
      correlation: Float64Array.of(1, -0.5, -0.5, 1),
      secondLayer: Float64Array.of(1, 1),
    };
    const back = stateOfFrame(frameOfState(state), 2);
    for (const [i, q] of back.correlation.entries()) expect(q).toBeCloseTo(state.correlation[i], 15);
    for (const [i, m] of back.overlap.entries()) expect(m).toBe(state.overlap[i]);
    // Singular: both neurons on the target.
    const aligned = {
      overlap: Float64Array.of(1, 1),
      correlation: Float64Array.of(1, 1, 1, 1),
      secondLayer: state.secondLayer,
    };
    expect([...stateOfFrame(frameOfState(aligned), 2).correlation]).toEqual([1, 1, 1, 1]);
  });

  it("random starts have E m² = E Q₁₂² = 1/d and, off the sphere, E Q₁₁ = 1 with variance 2/d", () => {
    const d = 12;
    const samples = 20000;
    for (const constraint of ["sphere", "none"] as const) {
      const network = quadraticNetwork({ width: 2, learningRate: 1, dimension: d, constraint });
      const sums = [0, 0, 0, 0];
      for (let k = 0; k < samples; k++) {
        const { overlap, correlation } = stateOfFrame(randomFrame(network, streams, k), 2);
        sums[0] += overlap[1] ** 2;
        sums[1] += correlation[1] ** 2;
        sums[2] += correlation[3];
        sums[3] += (correlation[3] - 1) ** 2;
      }
      // Relative standard error of a mean square: √2/√20000 = 1 %.
      expect(Math.abs((sums[0] / samples) * d - 1)).toBeLessThan(0.04);
      expect(Math.abs((sums[1] / samples) * d - 1)).toBeLessThan(0.05);
      expect(Math.abs(sums[2] / samples - 1)).toBeLessThan(0.01);
      if (constraint === "none") expect(Math.abs(((sums[3] / samples) * d) / 2 - 1)).toBeLessThan(0.06);
    }
  });
});

it("the mean increment is the drift with the exact factors of a finite dimension", () => {
  const d = 12;
  const network = quadraticNetwork({
    width: 2,
    learningRate: 0.4,
    labelNoise: 0.5,
    constraint: "none",
    dimension: d,
    trainSecondLayer: true,
  });
  const state = {
    overlap: Float64Array.of(0.3, -0.2),
    correlation: Float64Array.of(0.9, 0.15, 0.15, 1.1),
    secondLayer: Float64Array.of(1, 0.8),
  };
  const frame = frameOfState(state);
  const process = createReducedProcess(network, draws(7), () => ({ frame, secondLayer: state.secondLayer }));
  process.start(0);
  const from = process.order.slice();
  const samples = 200000;
  const sum = new Float64Array(7);
  const square = new Float64Array(7);
  for (let k = 0; k < samples; k++) {
    process.start(0);
    process.step();
    for (let i = 0; i < 7; i++) {
      const rate = ((process.order[i] - from[i]) * 2 * d) / 0.4;
      sum[i] += rate;
      square[i] += rate * rate;
    }
  }
  const drift = new Float64Array(7);
  const limit = new Float64Array(7);
  createDrift(network, true)(from, drift);
  createDrift(network)(from, limit);
  let seen = 0;
  for (let i = 0; i < 7; i++) {
    const mean = sum[i] / samples;
    const error = Math.sqrt((square[i] / samples - mean * mean) / samples);
    expect(Math.abs(mean - drift[i]) / error).toBeLessThan(4);
    seen = Math.max(seen, Math.abs(mean - limit[i]) / error);
  }
  // The same data tell the finite drift from its limit.
  expect(seen).toBeGreaterThan(10);
});

it("χ² variates have the moments of χ², for one and many degrees of freedom", () => {
  const source = draws(11);
  for (const k of [0, 1, 2, 3, 50]) {
    const n = 100000;
    let [sum, square, cube] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const x = source.chiSquare(k);
      sum += x;
      square += (x - k) ** 2;
      cube += (x - k) ** 3;
    }
    const errorOfMean = Math.sqrt((2 * k) / n);
    expect(Math.abs(sum / n - k)).toBeLessThanOrEqual(4 * errorOfMean);
    // Fourth central moment 12k² + 48k; the third is 8k, its error from the sixth.
    expect(Math.abs(square / n - 2 * k)).toBeLessThanOrEqual(4 * Math.sqrt((8 * k * k + 48 * k) / n));
    const sixth = 120 * k ** 3 + 2080 * k ** 2 + 3840 * k;
    expect(Math.abs(cube / n - 8 * k)).toBeLessThanOrEqual(4 * Math.sqrt(sixth / n));
  }
});
