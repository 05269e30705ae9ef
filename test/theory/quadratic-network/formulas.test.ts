import { describe, expect, it } from "vitest";
import { InvalidParameterError } from "../../../src/core/errors";
import { quadraticNetwork } from "../../../src/models/quadratic-network/network";
import { mean, standardError } from "../../../src/numerics/statistics";
import { createStreams } from "../../../src/numerics/streams";
import { asymptoticExcessRisk } from "../../../src/theory/quadratic-network/asymptotic";
import {
  annealedExitTime,
  quenchedExitTime,
  shiftedExitTime,
} from "../../../src/theory/quadratic-network/exit";
import {
  correlationRate,
  escapeRate,
  noiseShare,
  optimalLearningRate,
  overparametrisationGain,
} from "../../../src/theory/quadratic-network/rates";
import { singleNeuronExitTime, singleNeuronOverlap } from "../../../src/theory/quadratic-network/single";
import { casesOf } from "../../reference/quadratic-cases";

function setting(params: Readonly<Record<string, number>>) {
  return {
    width: params.p,
    learningRate: params.gamma,
    labelNoise: params.Delta,
    dimension: params.d,
    threshold: params.T,
  };
}

describe("closed forms of escape", () => {
  it.each(casesOf("anl-"))("annealed $id", ({ params, value, tolerance }) => {
    expect(Math.abs(annealedExitTime(setting(params))! - (value as number))).toBeLessThan(tolerance);
  });

  it.each(casesOf("qnc-"))("quenched $id", ({ params, value, tolerance }) => {
    expect(Math.abs(quenchedExitTime(setting(params))! - (value as number))).toBeLessThan(tolerance);
  });

  it.each(casesOf("qncnoise-"))("with noise $id", ({ params, value, tolerance }) => {
    expect(Math.abs(shiftedExitTime(setting(params))! - (value as number))).toBeLessThan(tolerance);
    expect(noiseShare(setting(params))).toBeCloseTo((params as Record<string, number>).s, 13);
  });

  it.each(casesOf("wm-"))("rates $id", ({ params, value }) => {
    const [growth, decay] = value as number[];
    expect(Math.abs(escapeRate(setting(params)) - growth)).toBeLessThan(1e-12);
    expect(Math.abs(correlationRate(setting(params)) - decay)).toBeLessThan(1e-12);
  });

  it("best rate and gain", () => {
    for (const { params, value } of casesOf("gopt-")) {
      const { width, labelNoise } = setting(params);
      expect(Math.abs(optimalLearningRate(width, labelNoise) - (value as number))).toBeLessThan(1e-13);
      const rate = (learningRate: number) => escapeRate({ width, learningRate, labelNoise }) * learningRate;
      const best = optimalLearningRate(width, labelNoise);
      expect(rate(best)).toBeGreaterThan(Math.max(rate(0.99 * best), rate(1.01 * best)));
    }
    expect(overparametrisationGain(0)).toBe(6);
    // Steps are t p d/γ and ω_m = 2 at the best rate, so that the gain is the ratio of γ_opt/p.
    const wide = 1e7;
    const ratio = optimalLearningRate(wide, 0.5) / wide / optimalLearningRate(1, 0.5);
    expect(ratio).toBeCloseTo(overparametrisationGain(0.5), 5);
    for (const noise of [0, 0.3, 2]) {
      const share = noiseShare({ width: 1, learningRate: optimalLearningRate(1, noise), labelNoise: noise });
      expect(share).toBeCloseTo(1, 13);
    }
  });

  it("is infinite beyond the learnable bound, and undefined where the linearisation is none", () => {
    const base = { width: 1, learningRate: 0.2, labelNoise: 0, dimension: 1000, threshold: 0.1 };
    for (const time of [annealedExitTime, quenchedExitTime, shiftedExitTime]) {
      expect(time(base)).toBe(Infinity);
      expect(time({ ...base, learningRate: 0.1, dimension: Infinity })).toBe(Infinity);
      expect(time({ ...base, width: 2, learningRate: 0.6 })).toBeUndefined();
    }
    // Overlapping starts that the linearisation takes for below the threshold.
    expect(
      quenchedExitTime({ ...base, width: 20, learningRate: 1, dimension: 21, threshold: 1e-4 }),
    ).toBeUndefined();
  });

  it("quenched leaves out starts that never come, and is the mean over starts that are drawn", () => {
    const base = { width: 2, learningRate: 0.1, labelNoise: 0, dimension: 300, threshold: 0.1 };
    const rate = escapeRate(base);
    // Starts drawn by the law at large d; 5 in 10²⁴ are beyond.
    const random = createStreams(20261122).stream("start", 0);
    const normals = new Float64Array(3 * 40_000);
    random.fillNormal(normals, 0, normals.length);
    const times = Array.from({ length: 40_000 }, (_, k) => {
      const [a, b, c] = normals.subarray(3 * k, 3 * k + 3);
      const mu = a * a + b * b;
      return Math.log((0.1 * 6 * 300 + (4 * mu - 2 * c * c) * 0.9) / (4 * mu)) / (2 * rate);
    });
    expect(Math.abs(quenchedExitTime(base)! - mean(times))).toBeLessThan(3.5 * standardError(times));
    expect(standardError(times)).toBeLessThan(0.002);
    // At d = 50 14 starts in 10⁶ are beyond, at d = 100 3 in 10⁹.
    expect(quenchedExitTime({ ...base, dimension: 50 })).toBeUndefined();
    expect(quenchedExitTime({ ...base, dimension: 100 })).toBeCloseTo(0.38172, 5);
    expect(shiftedExitTime({ ...base, dimension: 100 })).toBeGreaterThan(0);
  });

  it("beyond what saturation lets be reached, holds in the linearisation and is infinite with saturation", () => {
    // The noise lets m² reach μ/A = 7/8 only.
    const setting = { width: 1, learningRate: 0.1, labelNoise: 1, dimension: 700, threshold: 0.9 };
    const rate = escapeRate(setting);
    expect(annealedExitTime(setting)).toBeCloseTo(Math.log(630.1) / (2 * rate), 13);
    expect(annealedExitTime(setting)).toBeCloseTo(2.3021, 5);
    expect(quenchedExitTime(setting)).toBeCloseTo(2.7558, 5);
    expect(shiftedExitTime(setting)).toBe(Infinity);
    expect(shiftedExitTime({ ...setting, threshold: 0.87 })).toBeLessThan(Infinity);
  });

  it("refuses wrong values by name", () => {
    const base = { width: 1, learningRate: 0.1, labelNoise: 0, dimension: 100, threshold: 0.1 };
    for (const [change, parameter] of [
      [{ width: 0 }, "width"],
      [{ learningRate: 0 }, "learningRate"],
      [{ labelNoise: -1 }, "labelNoise"],
      [{ dimension: 1 }, "dimension"],
      [{ threshold: 0 }, "threshold"],
      [{ threshold: 1.1 }, "threshold"],
    ] as const) {
      expect(() => quenchedExitTime({ ...base, ...change })).toThrow(expect.objectContaining({ parameter }));
    }
    expect(() => optimalLearningRate(1.5, 0)).toThrow(InvalidParameterError);
  });
});

describe("single neuron", () => {
  const neuron = { learningRate: 0.05, labelNoise: 1 };

  it("the overlap solves dm/dt = m (μ − A m²)", () => {
    const [growth, saturation] = [4 * 0.7 - 0.1, 4 * 0.7];
    for (const [start, t] of [
      [0.05, 0.5],
      [-0.3, 1],
      [0.9, 0.1],
    ]) {
      const h = 1e-4;
      const at = (s: number) => singleNeuronOverlap(neuron, start, s);
      const slope = (8 * (at(t + h) - at(t - h)) - at(t + 2 * h) + at(t - 2 * h)) / (12 * h);
      expect(slope).toBeCloseTo(at(t) * (growth - saturation * at(t) ** 2), 10);
      expect(at(0)).toBe(start);
    }
    expect(singleNeuronOverlap(neuron, 0.01, 1e4)).toBeCloseTo(Math.sqrt(growth / saturation), 14);
    // μ = 0 at γ = 1/(6 + Δ/2).
    const critical = { learningRate: 0.125, labelNoise: 4 };
    expect(singleNeuronOverlap(critical, 0.5, 3)).toBeCloseTo(0.5 / Math.sqrt(1 + 2 * 1 * 0.25 * 3), 14);
    expect(singleNeuronOverlap(neuron, 0, 5)).toBe(0);
  });

  it("the exit time inverts it", () => {
    const [{ value, params }] = casesOf("exit1-");
    const { m0, gamma, T } = params as Record<string, number>;
    expect(singleNeuronExitTime({ learningRate: gamma, labelNoise: 0 }, m0, T)).toBeCloseTo(
      value as number,
      12,
    );
    const t = singleNeuronExitTime(neuron, 0.1, 0.4);
    expect(singleNeuronOverlap(neuron, 0.1, t) ** 2).toBeCloseTo(0.4 + 0.6 * 0.01, 13);
    expect(singleNeuronExitTime(neuron, 0, 0.4)).toBe(Infinity);
    expect(singleNeuronExitTime(neuron, 0.1, 0.99)).toBe(Infinity);
    expect(singleNeuronExitTime({ learningRate: 0.3, labelNoise: 0 }, 0.1, 0.1)).toBe(Infinity);
  });

  it("its late risk is γΔ/(1 − 6γ), and the plateau beyond the bound", () => {
    const late = (learningRate: number, labelNoise: number, constraint: "sphere" | "none") =>
      asymptoticExcessRisk(quadraticNetwork({ learningRate, labelNoise, constraint }));
    expect(late(0.05, 1, "sphere")).toBeCloseTo(0.05 / 0.7, 14);
    expect(late(0.05, 1, "sphere")).toBeCloseTo(2 * (1 - singleNeuronOverlap(neuron, 0.5, 1e3) ** 2), 13);
    expect(late(0.05, 1, "none")).toBeCloseTo(0.05 / 0.7, 14);
    expect(late(0.2, 1, "sphere")).toBe(2);
    expect(late(0.2, 1, "none")).toBeUndefined();
  });
});
