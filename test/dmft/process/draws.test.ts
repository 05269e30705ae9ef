import { describe, expect, it } from "vitest";
import { createDraws } from "../../../src/dmft/process/draws";
import type { StartDraws } from "../../../src/dmft/process/method";
import { createSetup } from "../../../src/dmft/process/setup";
import { type PhaseRetrieval, phaseRetrieval } from "../../../src/models/phase-retrieval/problem";

const SEED = 20261122;
const TRAJECTORIES = 64_000;

function drawAll(problem: PhaseRetrieval, start: StartDraws, steps = 1) {
  const method = { until: steps * problem.learningRate, seed: SEED, start };
  const setup = createSetup(problem, method, TRAJECTORIES);
  const { lanes, nodes } = setup;
  const { batches, openBatch } = createDraws(setup, 0);
  const signal = new Float64Array(batches * lanes);
  const field = signal.slice();
  const weight = signal.slice();
  const members: Uint8Array[] = [];
  for (let b = 0; b < batches; b++) {
    const draws = openBatch(0, b);
    const part = (all: Float64Array) => all.subarray(b * lanes, (b + 1) * lanes);
    draws.fillStart(part(signal), part(field), part(weight));
    members.push(new Uint8Array(nodes * lanes));
    draws.fillMembers(members[b]);
  }
  const total = weight.reduce((x, y) => x + y, 0);
  /** Weighted mean over all trajectories. */
  const mean = (value: (h0: number, h: number) => number) =>
    signal.reduce((sum, h0, i) => sum + weight[i] * value(h0, field[i]), 0) / total;
  return { mean, total, members, lanes };
}

const descent = phaseRetrieval({ sampleRatio: 2, initialOverlap: 0.6 });

describe("draws of the start", () => {
  it.each([
    { sampling: "random", width: 1, error: 0.02 },
    { sampling: "random", width: 1.2, error: 0.02 },
    { sampling: "quasi-random", width: 1, error: 0.002 },
    { sampling: "quasi-random", width: 1.2, error: 0.002 },
  ] as const)("have the moments of the fields: $sampling, width $width", ({ error, ...start }) => {
    const { mean, total } = drawAll(descent, start);
    // 0.64 is the variance of h(0) on the sphere; the few beyond the reach are left out.
    expect(Math.abs(total / TRAJECTORIES - 1)).toBeLessThan(error);
    expect(Math.abs(mean((h0) => h0 * h0) - 1)).toBeLessThan(error);
    expect(Math.abs(mean((_, h) => h * h) - 0.64)).toBeLessThan(error);
    expect(Math.abs(mean((h0, h) => h0 * h))).toBeLessThan(error);
    expect(Math.abs(mean((h0) => h0 ** 4) - 3)).toBeLessThan(6 * error);
    expect(Math.abs(mean((_, h) => h ** 4) - 3 * 0.64 ** 2)).toBeLessThan(6 * error);
  });

  it("leave out fields that the step could not bear", () => {
    const steep = { ...descent, learningRate: 0.04 };
    const { mean } = drawAll(steep, { width: 1 });
    expect(mean((h0) => (Math.abs(h0) > 4.26 ? 1 : 0))).toBe(0);
    expect(mean((h0) => (Math.abs(h0) > 3.9 ? 1 : 0))).toBeGreaterThan(0);
  });
});

describe("draws of the batches", () => {
  it("are all members in gradient descent", () => {
    const { members } = drawAll(descent, {}, 3);
    expect(members.every((batch) => batch.every((member) => member === 1))).toBe(true);
  });

  it.each([
    { algorithm: "sgd", persistence: null, batchFraction: 0.3 },
    { algorithm: "persistent-sgd", persistence: 0.1, batchFraction: 0.3 },
  ] as const)("have the stationary share and memory of $algorithm", (settings) => {
    const problem = { ...descent, ...settings };
    const { members, lanes } = drawAll(problem, {}, 6);
    const l = 0.3;
    // 1 − join − leave of a step
    const memory = settings.persistence === null ? 0 : 1 - 0.1 - (0.1 * (1 - l)) / l;
    for (const k of [0, 3, 6]) {
      let [share, product] = [0, 0];
      for (const batch of members) {
        for (let lane = 0; lane < lanes; lane++) {
          share += batch[k * lanes + lane];
          product += batch[k * lanes + lane] * batch[lane];
        }
      }
      const count = members.length * lanes;
      expect(Math.abs(share / count - l)).toBeLessThan(0.01);
      expect(Math.abs(product / count - l * l - l * (1 - l) * memory ** k)).toBeLessThan(0.01);
    }
  });
});
