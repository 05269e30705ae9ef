import { describe, expect, it } from "vitest";
import { createStreams } from "../../../src/numerics/streams";
import {
  type Batches,
  createBernoulliBatches,
  createExchangedBatches,
  createRedrawnBatches,
  createReplacedBatches,
} from "../../../src/simulate/phase-retrieval/batches";

const SEED = 20261122;
const SAMPLES = 400;
const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, x) => total + x, 0);

/** The members of `steps` consecutive batches. */
function record(batches: Batches, steps: number, block = 0): Uint8Array[] {
  batches.start(createStreams(SEED).stream("batch", 0, block));
  return Array.from({ length: steps }, (_, k) => {
    if (k > 0) batches.next();
    return batches.members.slice();
  });
}

/** Mean over samples and steps of (s(k) − l)(s(k + lag) − l), and a bound of its standard error. */
function autocovariance(history: readonly Uint8Array[], lag: number, l: number, stepsApart: number) {
  const pairs = history.length - lag;
  let total = 0;
  for (let k = 0; k < pairs; k++) {
    for (let i = 0; i < SAMPLES; i++) total += (history[k][i] - l) * (history[k + lag][i] - l);
  }
  // A product has a standard deviation of at most 1/4 and counts once for each time in which it is forgotten.
  return { value: total / (pairs * SAMPLES), error: 0.25 / Math.sqrt((pairs / stepsApart) * SAMPLES) };
}

/** η/τ and η(1 − ℓ)/(ℓτ). */
const rates = (l: number, share: number) => ({ join: share, leave: (share * (1 - l)) / l });

describe("independent samples", () => {
  // Above and below the probability from which every sample gets its own random number.
  it.each([
    [0.5, 0.02],
    [0.3, 0.05],
    [0.8, 0.04],
    [0.3, 0.2],
    [0.6, 1],
  ])("ℓ = %f, η/τ = %f: stationary mean and autocovariance ℓ(1−ℓ)(1−join−leave)^k", (l, share) => {
    const { join, leave } = rates(l, share);
    const history = record(createBernoulliBatches(SAMPLES, { join, leave }), 2000);
    const forgotten = Math.max(1, 2 / (join + leave));
    for (const lag of [0, 1, 2, 5, 20]) {
      const { value, error } = autocovariance(history, lag, l, forgotten);
      expect(Math.abs(value - l * (1 - l) * (1 - join - leave) ** lag)).toBeLessThan(4 * error);
    }
    for (const k of [0, 1, 1999]) {
      const error = Math.sqrt((l * (1 - l)) / SAMPLES);
      expect(Math.abs(sum(history[k]) / SAMPLES - l)).toBeLessThan(4 * error);
    }
  });

  it("tends to ℓ(1−ℓ) exp(−t/(ℓτ)) for small steps", () => {
    const [l, persistence, step] = [0.4, 1, 0.005];
    const history = record(createBernoulliBatches(SAMPLES, rates(l, step / persistence)), 6000);
    for (const t of [0.1, 0.4, 1]) {
      const { value, error } = autocovariance(history, t / step, l, (2 * l * persistence) / step);
      expect(Math.abs(value - l * (1 - l) * Math.exp(-t / (l * persistence)))).toBeLessThan(4 * error);
    }
  });

  it("is a new batch in every step where the rates are ℓ and 1 − ℓ", () => {
    const history = record(createBernoulliBatches(SAMPLES, { join: 0.25, leave: 0.75 }), 2000);
    const { value, error } = autocovariance(history, 1, 0.25, 1);
    expect(Math.abs(value)).toBeLessThan(4 * error);
  });

  it("changes as many samples as the rates say, whatever is passed over", () => {
    const { join, leave } = rates(0.7, 0.03);
    const history = record(createBernoulliBatches(SAMPLES, { join, leave }), 4000);
    let joined = 0;
    let outside = 0;
    for (let k = 1; k < history.length; k++) {
      for (let i = 0; i < SAMPLES; i++) {
        if (history[k - 1][i] === 1) continue;
        outside++;
        joined += history[k][i];
      }
    }
    expect(Math.abs(joined / outside - join)).toBeLessThan(4 * Math.sqrt((join * (1 - join)) / outside));
  });
});

describe("batches of fixed size", () => {
  it.each([
    ["redrawn", (count: number) => createRedrawnBatches(SAMPLES, count)],
    ["exchanged", (count: number) => createExchangedBatches(SAMPLES, count, rates(count / SAMPLES, 0.1))],
  ] as const)("%s: always as many members", (_, create) => {
    for (const count of [1, 133, 200, 399, 400]) {
      for (const members of record(create(count), 50)) expect(sum(members)).toBe(count);
    }
  });

  it("redrawn: every pair of samples is as likely as it should be, at one step and at two", () => {
    const [samples, count, steps] = [6, 2, 30_000];
    const history = record(createRedrawnBatches(samples, count), steps);
    const together = (count * (count - 1)) / (samples * (samples - 1));
    const at = (i: number, j: number) =>
      history.filter((members) => members[i] === 1 && members[j] === 1).length;
    for (const [i, j] of [
      [0, 1],
      [0, 5],
      [3, 4],
    ]) {
      const error = Math.sqrt((together * (1 - together)) / steps);
      expect(Math.abs(at(i, j) / steps - together)).toBeLessThan(4 * error);
    }
    const share = count / samples;
    const stays = history.slice(1).filter((members, k) => members[2] === 1 && history[k][2] === 1).length;
    expect(Math.abs(stays / (steps - 1) - share ** 2)).toBeLessThan(4 * Math.sqrt(share ** 2 / steps));
  });

  it("with replacement: as many draws in every step, of a sample by the binomial law, and anew", () => {
    const [samples, count, steps] = [8, 4, 30_000];
    const history = record(createReplacedBatches(samples, count), steps);
    for (const members of history.slice(0, 50)) expect(sum(members)).toBe(count);
    const binomial = [0, 1, 2, 3].map((n) => [1, 4, 6, 4][n] * (1 / 8) ** n * (7 / 8) ** (4 - n));
    for (const [n, share] of binomial.entries()) {
      for (const i of [0, 7]) {
        const found = history.filter((members) => members[i] === n).length / steps;
        expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / steps));
      }
    }
    const stays = history.slice(1).filter((members, k) => members[2] === 0 && history[k][2] === 0).length;
    const twice = binomial[0] ** 2;
    expect(Math.abs(stays / (steps - 1) - twice)).toBeLessThan(5 * Math.sqrt(twice / steps));
  });

  it.each([0.3, 0.5, 0.8])("exchanged: persists like independent samples, ℓ = %f", (l) => {
    const { join, leave } = rates(l, 0.03);
    const history = record(createExchangedBatches(SAMPLES, l * SAMPLES, { join, leave }), 4000);
    for (const lag of [0, 1, 5, 20]) {
      const { value, error } = autocovariance(history, lag, l, 2 / (join + leave));
      // Of order 1/M besides, because the size is fixed.
      const bias = 1 / SAMPLES;
      expect(Math.abs(value - l * (1 - l) * (1 - join - leave) ** lag)).toBeLessThan(4 * error + bias);
    }
  });
});
