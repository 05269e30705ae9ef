import { describe, expect, it } from "vitest";
import { createDrift, projectOnSphere } from "../../../src/models/quadratic-network/drift";
import { createLayout, packState } from "../../../src/models/quadratic-network/layout";
import { type NetworkState, quadraticNetwork } from "../../../src/models/quadratic-network/network";
import { frameOfState } from "../../../src/models/quadratic-network/start";
import { createDraws } from "../../../src/numerics/draws";
import { createStreams } from "../../../src/numerics/streams";
import { createNoiseCovariance } from "../../../src/sde/quadratic-network";
import { addItoDrift } from "../../../src/sde/quadratic-network/covariance";
import { networkEquation, sampledScheme } from "../../../src/sde/quadratic-network/equation";
import { createReducedProcess } from "../../../src/simulate/quadratic-network/reduced";
import { casesOf } from "../../reference/quadratic-cases";

function state(m: number[], q: number[][], a = m.map(() => 1)): NetworkState {
  return {
    overlap: Float64Array.from(m),
    correlation: Float64Array.from(q.flat()),
    secondLayer: Float64Array.from(a),
  };
}

interface Parameters {
  readonly p: number;
  readonly m: number[];
  readonly Q: number[][];
  readonly gamma: number;
  readonly Delta: number;
}

describe("noise covariance", () => {
  it.each(casesOf("cov-"))("reference $id", ({ params, value, tolerance }) => {
    const { p, m, Q, gamma, Delta } = params as unknown as Parameters;
    const covariance = createNoiseCovariance(
      quadraticNetwork({ width: p, learningRate: gamma, labelNoise: Delta }),
    );
    covariance.load(packState(state(m, Q)));
    const upper: number[] = [];
    for (let i = 0; i < covariance.size; i++)
      for (let k = i; k < covariance.size; k++) upper.push(covariance.entry(i, k));
    expect(upper.length).toBe((value as number[]).length);
    for (const [i, x] of upper.entries())
      expect(Math.abs(x - (value as number[])[i])).toBeLessThan(tolerance);
  });

  it.each([...casesOf("drift-1"), ...casesOf("drift-2")])(
    "drift reference $id",
    ({ params, value, tolerance }) => {
      const { p, m, Q, gamma, Delta } = params as unknown as Parameters;
      const network = quadraticNetwork({
        width: p,
        learningRate: gamma,
        labelNoise: Delta,
        constraint: "none",
      });
      const rate = new Float64Array(createLayout(p).length);
      createDrift(network)(packState(state(m, Q)), rate);
      for (const [i, x] of (value as number[]).entries())
        expect(Math.abs(rate[i] - x)).toBeLessThan(tolerance);
    },
  );

  it("drift reference at d = 50", () => {
    const [{ value, tolerance }] = casesOf("drift-d50");
    const network = quadraticNetwork({
      learningRate: 0.1,
      labelNoise: 0.5,
      constraint: "none",
      dimension: 50,
    });
    const rate = new Float64Array(3);
    createDrift(network, true)(packState(state([0.3], [[0.9]])), rate);
    for (const i of [0, 1]) expect(Math.abs(rate[i] - (value as number[])[i])).toBeLessThan(tolerance);
  });

  it("is the polynomial of a single neuron on the sphere, with γ twice that of the print", () => {
    const [m, g, D] = [0.42, 0.07, 0.8];
    const covariance = createNoiseCovariance(quadraticNetwork({ learningRate: g, labelNoise: D }));
    covariance.load(packState(state([m], [[1]])));
    const s = 1 - m * m;
    expect(covariance.entry(0, 0)).toBeCloseTo(48 + 4 * D + (144 + 8 * D) * m ** 2 - 192 * m ** 4, 10);
    expect(covariance.entry(0, 1)).toBeCloseTo(m * (480 * s + 24 * D - g * (2880 * s * s + 144 * D * s)), 10);
    const square =
      124416 -
      294912 * m ** 2 +
      216576 * m ** 4 -
      46080 * m ** 6 +
      D * (7680 - 9984 * m ** 2 + 2304 * m ** 4);
    expect(covariance.entry(1, 1)).toBeCloseTo(
      1280 -
        1600 * m ** 2 +
        320 * m ** 4 +
        48 * D -
        g * (22272 * s * s + 1088 * D * s) +
        g * g * (square + 128 * D * D),
      9,
    );
  });

  it.each(["sphere", "none"] as const)(
    "is what updates of SGD show, second layer included (%s)",
    (constraint) => {
      const d = 4000;
      const network = quadraticNetwork({
        width: 2,
        learningRate: 0.2,
        labelNoise: 0.4,
        trainSecondLayer: true,
        dimension: d,
        constraint,
      });
      const start = state(
        [0.3, -0.2],
        [
          [1, 0.15],
          [0.15, 1],
        ],
        [1, 0.8],
      );
      const streams = createStreams(20261122);
      const draws = createDraws(streams.stream("data", 0, 0), streams.stream("data", 0, 1));
      const process = createReducedProcess(network, draws, () => ({
        frame: frameOfState(start),
        secondLayer: start.secondLayer,
      }));
      const y = packState(start);
      const samples = 200000;
      // The noise of one update, Σ bᵢbₖ of the equation, in rates: increments times p d/γ.
      const equation = networkEquation(network);
      const factor = new Float64Array(49);
      equation.diffusion(y, factor);
      const rate = new Float64Array(7);
      const sums = new Float64Array(49);
      const fourth = new Float64Array(49);
      const drift = new Float64Array(7);
      equation.drift(y, drift);
      for (let k = 0; k < samples; k++) {
        process.start(0);
        process.step();
        for (let i = 0; i < 7; i++) rate[i] = ((process.order[i] - y[i]) * 2 * d) / 0.2 - drift[i];
        for (let i = 0; i < 7; i++) {
          for (let l = 0; l < 7; l++) {
            sums[i * 7 + l] += rate[i] * rate[l];
            fourth[i * 7 + l] += (rate[i] * rate[l]) ** 2;
          }
        }
      }
      for (let i = 0; i < 7; i++) {
        for (let l = 0; l <= i; l++) {
          let wanted = 0;
          for (let k = 0; k < 7; k++) wanted += (factor[i * 7 + k] * factor[l * 7 + k] * 2 * d) / 0.2;
          const mean = sums[i * 7 + l] / samples;
          const error = Math.sqrt((fourth[i * 7 + l] / samples - mean * mean) / samples);
          // Besides, terms of 1/d: |x|² fluctuates, and the normalisation is not linear.
          expect(Math.abs(mean - wanted)).toBeLessThan(4 * error + 0.01 * Math.abs(wanted) + 0.5);
        }
      }
    },
  );
});

describe("terms of 1/d on the sphere", () => {
  it("the Itô drift is what normalising does beyond first order", () => {
    const d = 3000;
    // A small rate, because the tails of 𝓔⁴λ⁴, of order γ², would need too many samples.
    const rate = 0.02;
    const free = quadraticNetwork({
      width: 2,
      learningRate: rate,
      labelNoise: 0.3,
      dimension: d,
      constraint: "none",
    });
    const sphere = { ...free, constraint: "sphere" } as const;
    const start = state(
      [0.3, -0.2],
      [
        [1, 0.25],
        [0.25, 1],
      ],
    );
    const y = packState(start);
    const streams = createStreams(20261122);
    const processes = [free, sphere].map((network) => {
      const draws = createDraws(streams.stream("data", 1, 0), streams.stream("data", 1, 1));
      const begin = { frame: frameOfState(start), secondLayer: start.secondLayer };
      return createReducedProcess(network, draws, () => begin);
    });
    // The same update with and without normalisation: the first order of their difference is taken out draw by
    // draw, so that the small second order is seen.
    const samples = 200000;
    const [sum, square] = [new Float64Array(7), new Float64Array(7)];
    const linear = new Float64Array(7);
    for (let k = 0; k < samples; k++) {
      for (const process of processes) {
        process.start(0);
        process.step();
      }
      for (let i = 0; i < 7; i++) linear[i] = processes[0].order[i] - y[i];
      projectOnSphere(2, y, linear);
      for (let i = 0; i < 7; i++) {
        const rest = (processes[1].order[i] - y[i] - linear[i]) / (rate / (2 * d)) ** 2;
        sum[i] += rest;
        square[i] += rest * rest;
      }
    }
    // One update has E[increment increment′] = C + mean mean′.
    const covariance = createNoiseCovariance(sphere);
    covariance.load(y);
    const drift = new Float64Array(7);
    createDrift(free, true)(y, drift);
    const moments = {
      ...covariance,
      entry: (i: number, k: number) => covariance.entry(i, k) + drift[i] * drift[k],
    };
    const ito = new Float64Array(7);
    addItoDrift(2, moments, y, 1, ito);
    let seen = 0;
    for (const i of [0, 1, 3]) {
      const mean = sum[i] / samples;
      const error = Math.sqrt((square[i] / samples - mean * mean) / samples);
      expect(Math.abs(mean - ito[i])).toBeLessThan(4 * error);
      seen = Math.max(seen, Math.abs(mean) / error);
    }
    expect(seen).toBeGreaterThan(10);
  });

  it("the Itô drift leaves the norms alone", () => {
    const network = quadraticNetwork({ width: 2, learningRate: 0.3, labelNoise: 0.3 });
    const covariance = createNoiseCovariance(network);
    const y = packState(
      state(
        [0.3, -0.2],
        [
          [1, 0.25],
          [0.25, 1],
        ],
      ),
    );
    covariance.load(y);
    const out = new Float64Array(7);
    addItoDrift(2, covariance, y, 1, out);
    expect(out[2]).toBe(0);
    expect(out[4]).toBe(0);
    expect(out[0]).not.toBe(0);
  });
});

it("the sampled noise has mean 0 and the covariance of the equation, and no third moment", () => {
  const network = quadraticNetwork({ width: 2, learningRate: 0.2, labelNoise: 0.4, dimension: 500 });
  const start = packState(
    state(
      [0.3, -0.2],
      [
        [1, 0.15],
        [0.15, 1],
      ],
    ),
  );
  const streams = createStreams(20261122);
  const draws = createDraws(streams.stream("noise", 0, 0), streams.stream("noise", 0, 1));
  const step = sampledScheme(network);
  const factor = new Float64Array(49);
  const equation = networkEquation(network);
  equation.diffusion(start, factor);
  const drift = new Float64Array(7);
  equation.drift(start, drift);
  const [h, samples] = [1e-4, 200000];
  for (const i of [0, 1, 3]) {
    let variance = 0;
    for (let k = 0; k < 7; k++) variance += factor[i * 7 + k] ** 2;
    let [sum, square, fourth, cube, sixth] = [0, 0, 0, 0, 0];
    for (let k = 0; k < samples; k++) {
      const y = start.slice();
      step(y, h, draws.normal, () => (draws.normal() < 0 ? -1 : 1));
      const x = (y[i] - start[i] - h * drift[i]) / Math.sqrt(h * variance);
      sum += x;
      square += x * x;
      fourth += x ** 4;
      cube += x ** 3;
      sixth += x ** 6;
    }
    expect(Math.abs(sum / samples)).toBeLessThan(4 / Math.sqrt(samples));
    expect(Math.abs(square / samples - 1)).toBeLessThan((4 * Math.sqrt(fourth)) / samples);
    expect(Math.abs(cube / samples)).toBeLessThan((4 * Math.sqrt(sixth)) / samples);
  }
});
