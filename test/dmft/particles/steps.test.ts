import { describe, expect, it } from "vitest";
import { createBatches } from "../../../src/dmft/particles/batches";
import { createSetup } from "../../../src/dmft/particles/method";
import { followParticles } from "../../../src/dmft/particles/run";
import { createSystem } from "../../../src/dmft/particles/system";
import { phaseRetrievalCost } from "../../../src/models/cost";
import { type PhaseRetrieval, phaseRetrieval } from "../../../src/models/phase-retrieval/problem";
import { createStreams } from "../../../src/numerics/streams";

const SEED = 20261122;

function follow(problem: PhaseRetrieval, method: object) {
  const setup = createSetup(problem, { until: 1, seed: SEED, ...method });
  const run = followParticles(setup, 0);
  let step = run.next();
  while (!step.done) step = run.next();
  return step.value;
}

describe("a run", () => {
  /** Gradient descent on the data matrix [h0, y0, R √σ] of M × N numbers, as the finite system makes it. */
  function dense(problem: PhaseRetrieval, particles: number, steps: number) {
    const setup = createSetup(problem, { until: steps * problem.learningRate, particles, seed: SEED });
    const { signal, start, root, signs } = createSystem(setup, createStreams(SEED), 0, 4 * particles);
    const odd = (bits: number): number => (bits === 0 ? 0 : 1 ^ odd(bits & (bits - 1)));
    const hadamard = (i: number, j: number) => (odd(i & j) ? -1 : 1);
    const columns = [Array.from(signal), Array.from(start)];
    for (let j = 0; j < particles; j++) {
      columns.push(
        Array.from({ length: particles }, (_, i) => {
          let sum = 0;
          for (let k = 0; k < particles; k++) sum += hadamard(i, k) * signs[k] * hadamard(k, j);
          return (root[j] * sum) / particles;
        }),
      );
    }
    const { initialOverlap: m0, learningRate: eta, constraint } = problem;
    const onSphere = constraint === "sphere";
    const w = columns.map((_, j) => [m0, onSphere ? Math.sqrt(1 - m0 * m0) : 1][j] ?? 0);
    const dimension = particles / problem.sampleRatio;
    const found: { overlap: number; loss: number; norm: number }[] = [];
    for (let step = 0; step <= steps; step++) {
      const fields = Array.from({ length: particles }, (_, i) =>
        columns.reduce((sum, column, j) => sum + column[i] * w[j], 0),
      );
      const loss = fields.reduce((sum, h, i) => sum + (h * h - signal[i] ** 2) ** 2 / 4, 0) / particles;
      // The rotated weights are w̃ of N numbers, m and c are so per √N already.
      const norm = w.reduce((sum, x, j) => sum + (j < 2 ? x * x : (x * x) / dimension), 0);
      found.push({ overlap: w[0], loss, norm });
      for (const [j, column] of columns.entries()) {
        const g = fields.reduce((sum, h, i) => sum + column[i] * h * (h * h - signal[i] ** 2), 0);
        w[j] = (1 - eta * (onSphere ? 0 : constraint.ridge)) * w[j] - (eta * g) / (j < 2 ? dimension : 1);
      }
      if (!onSphere) continue;
      const size = Math.sqrt(w.reduce((sum, x, j) => sum + (j < 2 ? x * x : (x * x) / dimension), 0));
      for (const [j, x] of w.entries()) w[j] = x / size;
    }
    return found;
  }

  it.each([
    { sampleRatio: 2, initialOverlap: 0.5, learningRate: 0.02 },
    { sampleRatio: 0.5, initialOverlap: 0.3, learningRate: 0.02 },
    { sampleRatio: 2, initialOverlap: 0.3, learningRate: 0.02, constraint: { ridge: 0.5 } },
  ])("is descent on its matrix: %j", (parameters) => {
    const problem = phaseRetrieval(parameters);
    const { curves } = follow(problem, { particles: 64, until: 0.2 });
    const expected = dense(problem, 64, 10);
    for (const [k, { overlap, loss, norm }] of expected.entries()) {
      expect(Math.abs(curves.overlap[k] - overlap)).toBeLessThan(1e-6);
      expect(Math.abs(curves.trainingLoss[k] - loss)).toBeLessThan(1e-5);
      expect(Math.abs(curves.norm[k] - norm)).toBeLessThan(1e-5);
    }
  });

  it("has the same steps with a cost of the user's own", () => {
    const problem = phaseRetrieval({
      sampleRatio: 3,
      algorithm: "persistent-sgd",
      batchFraction: 0.5,
      persistence: 0.1,
    });
    const method = { particles: 1024, until: 0.2, pairs: [[0.2, 0.1]] };
    const known = follow(problem, method);
    const own = follow(problem, { ...method, cost: { ...phaseRetrievalCost } });
    for (const name of ["overlap", "trainingLoss", "multiplier", "curvature", "drive"] as const) {
      for (const [k, x] of own.curves[name].entries()) {
        expect(Math.abs(x - known.curves[name][k]), name).toBeLessThan(1e-4);
      }
    }
    for (const [at, x] of own.pairs.responseKernel.entries()) {
      if (Number.isFinite(x)) expect(x).toBeCloseTo(known.pairs.responseKernel[at], 2);
    }
  });

  it("keeps what the infinite system keeps, exactly", () => {
    const random = follow(phaseRetrieval({ sampleRatio: 3, initialOverlap: 0 }), { particles: 256 });
    for (const name of ["overlap", "drive"] as const)
      expect(random.curves[name].every((x) => x === 0)).toBe(true);
    expect(random.curves.norm.every((x) => x === 1)).toBe(true);
    // A cost that tells the signal from its opposite leaves the balance.
    const uneven = {
      value: (h: number, h0: number) => (h - h0) ** 2 / 2,
      first: (h: number, h0: number) => h - h0,
      second: () => 1,
    };
    const drawn = follow(phaseRetrieval({ sampleRatio: 3, initialOverlap: 0 }), {
      particles: 256,
      cost: uneven,
    });
    expect(drawn.curves.overlap[100]).toBeGreaterThan(0.5);
    const found = follow(phaseRetrieval({ sampleRatio: 3, initialOverlap: 1 }), { particles: 256 });
    expect(found.curves.overlap.every((x) => x === 1)).toBe(true);
    expect(found.recoveryTime).toBe(0);
  });

  it.each([0.5, 1, 3])("has a data matrix whose rows have norm 1 in the mean at α = %d", (sampleRatio) => {
    const problem = phaseRetrieval({ sampleRatio, initialOverlap: 0.5, learningRate: 0.01 });
    const setup = createSetup(problem, { until: 1, particles: 4096, seed: SEED });
    const { root, signs } = createSystem(setup, createStreams(SEED), 0, 4 * 4096);
    const trace = root.reduce((sum, x) => sum + x * x, 0);
    expect(Math.abs(trace / 4096 - 1)).toBeLessThan(1e-3);
    expect(root.filter((x) => x > 0)).toHaveLength(Math.min(4096, Math.round(4096 / sampleRatio)));
    // The signs between the two transforms, without which the matrix would not mix at all.
    expect(Math.abs(signs.reduce((sum, x) => sum + x, 0))).toBeLessThan(4 * 64);
    expect(signs.every((x) => x === 1 || x === -1)).toBe(true);
  });

  it("does not depend on its end", () => {
    const problem = phaseRetrieval({
      sampleRatio: 3,
      algorithm: "langevin",
      temperature: 1,
      temperatureOffAt: 0.1,
    });
    const pairs = [[0.1, 0.05]] as const;
    const [short, long] = [0.1, 0.3].map((until) => follow(problem, { particles: 256, until, pairs }));
    expect(Array.from(long.curves.overlap.subarray(0, 11))).toEqual(Array.from(short.curves.overlap));
    expect(long.pairs).toEqual(short.pairs);
  });

  it("ends where the steps are unstable", () => {
    const problem = phaseRetrieval({ sampleRatio: 3, learningRate: 0.3 });
    expect(() => follow(problem, { particles: 1024, until: 30 })).toThrow(
      /fly off at t = .*smaller learning rate/,
    );
  });
});

describe("without a cost", () => {
  const nothing = { value: () => 0, first: () => 0, second: () => 0 };

  // w' = (1 − ηλ) w + √(2Tη) ζ: known exactly, whatever the particles see of it.
  it.each([0.5, 2])("correlation and response are those of free weights at α = %d", (sampleRatio) => {
    const [eta, ridge, temperature] = [0.1, 0.5, 0.7];
    const problem = phaseRetrieval({
      sampleRatio,
      algorithm: "langevin",
      temperature,
      learningRate: eta,
      constraint: { ridge },
    });
    const { curves, pairs } = follow(problem, { particles: 4096, cost: nothing, pairs: [[1, 0.5]] });
    const shrink = 1 - eta * ridge;
    let q = 1 + 0.2 ** 2;
    for (let k = 0; k <= 10; k++) {
      // Σ of random signs fluctuates by √(2/M).
      expect(Math.abs(curves.norm[k] - q)).toBeLessThan(0.05 * q);
      if (k === 5) {
        expect(Math.abs(pairs.correlation[2] - shrink ** 5 * q)).toBeLessThan(0.05);
      }
      q = shrink * shrink * q + 2 * temperature * eta;
    }
    expect(curves.norm[1]).toBeCloseTo(shrink ** 2 * 1.04 + 2 * temperature * eta, 5);
    expect(pairs.response[2]).toBeCloseTo(shrink ** 4, 4);
  });
});

describe("without a cost, on the sphere", () => {
  const nothing = { value: () => 0, first: () => 0, second: () => 0 };

  // w′ = a (w + √(2Tη) ζ) with a = 1/√(1 + 2Tη).
  it.each([0.5, 2])("overlap, correlation and response shrink by a step, α = %d", (sampleRatio) => {
    const [eta, temperature] = [0.1, 0.7];
    const problem = phaseRetrieval({
      sampleRatio,
      algorithm: "langevin",
      temperature,
      learningRate: eta,
      initialOverlap: 0.6,
    });
    const { curves, pairs } = follow(problem, { particles: 8192, cost: nothing, pairs: [[1, 0.5]] });
    const a = (1 + 2 * temperature * eta) ** -0.5;
    // Random signs are normal to what is there up to √(1/M).
    for (let k = 0; k <= 10; k++) expect(Math.abs(curves.overlap[k] / (0.6 * a ** k) - 1)).toBeLessThan(0.03);
    expect(Math.abs(pairs.correlation[2] - a ** 5)).toBeLessThan(0.02);
    expect(Math.abs(pairs.response[2] - a ** 5)).toBeLessThan(0.02);
  });
});

describe("with forces that are linear in the fields", () => {
  // v = (h − h0)²/2: what a kick does is known exactly, mode by mode of the data matrix.
  const quadratic = {
    value: (h: number, h0: number) => (h - h0) ** 2 / 2,
    first: (h: number, h0: number) => h - h0,
    second: () => 1,
  };
  const [eta, ridge, particles] = [0.1, 0.5, 8192];

  it.each([0.5, 2])("both responses have their scale and their decay at α = %d", (sampleRatio) => {
    const constraint = { ridge };
    const problem = phaseRetrieval({ sampleRatio, learningRate: eta, constraint, initialOverlap: 0.5 });
    for (const steps of [1, 2, 6]) {
      const t = 0.2 + steps * eta;
      const pairs = [[t, 0.2]] as const;
      const method = { particles, until: t, cost: quadratic, pairs };
      const { pairs: found } = follow(problem, method);
      const { root } = createSystem(
        createSetup(problem, { seed: SEED, ...method }),
        createStreams(SEED),
        0,
        0,
      );
      const modes = Array.from(
        root.filter((x) => x > 0),
        (x) => x * x,
      );
      const decay = (sigma: number) => (1 - eta * ridge - eta * sigma) ** (steps - 1);
      const sum = (of: (sigma: number) => number) => modes.reduce((total, sigma) => total + of(sigma), 0);
      // (P.35): α⟨σ dec⟩ over the particles, and ⟨dec⟩ over the dimensions, of which those that no particle sees only shrink.
      const memory = (sampleRatio / particles) * sum((sigma) => sigma * decay(sigma));
      const spread = (sampleRatio / particles) * Math.sqrt(2 * sum((sigma) => (sigma * decay(sigma)) ** 2));
      expect(Math.abs(found.responseKernel[2] - memory), `${steps}`).toBeLessThan(4 * spread);
      expect(4 * spread).toBeLessThan(0.12 * memory);
      const dimension = particles / sampleRatio;
      const unseen = Math.max(0, dimension - modes.length) * (1 - eta * ridge) ** (steps - 1);
      expect(found.response[2] / ((sum(decay) + unseen) / dimension)).toBeCloseTo(1, 1);
    }
  });

  it("the memory is that of the forces of a batch, α c² ℓ at the next step", () => {
    const change = { persistence: 1e6, batchFraction: 0.5, learningRate: 0.02 };
    const problem = phaseRetrieval({ sampleRatio: 3, algorithm: "persistent-sgd", ...change });
    const { pairs } = follow(problem, {
      particles,
      until: 0.02,
      cost: quadratic,
      pairs: [
        [0, 0],
        [0.02, 0],
      ],
    });
    expect(pairs.responseKernel[0]).toBeCloseTo(3 / 0.5, 1);
    expect(Math.abs(pairs.responseKernel[2] - 3 / 0.5)).toBeLessThan(0.5);
  });
});

describe("batches", () => {
  it.each([
    { persistence: 1, batchFraction: 0.5, learningRate: 0.02 },
    { persistence: 0.3, batchFraction: 0.3, learningRate: 0.05 },
    { persistence: 0.05, batchFraction: 0.5, learningRate: 0.04 },
  ])("change by the rates of persistent SGD, at every |h0|: %j", (change) => {
    const particles = 1024;
    const problem = phaseRetrieval({ sampleRatio: 2, algorithm: "persistent-sgd", ...change });
    const setup = createSetup(problem, { until: 1, particles, seed: SEED });
    const streams = createStreams(SEED);
    const { share, byField, signal } = createSystem(setup, streams, 0, 0);
    expect(new Set(byField).size).toBe(particles);
    for (let i = 2; i < particles; i++) {
      expect(Math.abs(signal[byField[i]])).toBeGreaterThanOrEqual(Math.abs(signal[byField[i - 2]]));
    }
    const next = createBatches(setup, streams.stream("batch", 0), share, byField);
    const l = problem.batchFraction;
    const rates = [problem.learningRate / problem.persistence!, 0];
    rates[1] = (rates[0] * (1 - l)) / l;
    // By particles in the batch or out of it, in the lower and upper half of |h0|.
    const trials = [0, 0, 0, 0];
    const changes = [0, 0, 0, 0];
    for (let step = 0; step < 400; step++) {
      const before = share.slice();
      next();
      for (const [rank, at] of byField.entries()) {
        const kind = (before[at] === 0 ? 0 : 1) + (rank < particles / 2 ? 0 : 2);
        trials[kind]++;
        if (share[at] !== before[at]) changes[kind]++;
      }
    }
    for (const [kind, count] of trials.entries()) {
      const rate = rates[kind % 2];
      expect(Math.abs(changes[kind] / count - rate)).toBeLessThan(4.5 * Math.sqrt(rate / count));
    }
  });

  // A force of 1 for members: M_C(t, t′) = α c² ⟨s s′⟩, c = 1/ℓ.
  it.each([
    { algorithm: "sgd", batchFraction: 0.25, learningRate: 0.02, left: 0 },
    // 0.02 join and 0.06 leave a step: the correlation of a membership falls by 1 − 0.02 − 0.06.
    { algorithm: "persistent-sgd", batchFraction: 0.25, persistence: 1, learningRate: 0.02, left: 0.92 },
  ] as const)("stand in the forces of a run as they change: $algorithm", ({ left, ...change }) => {
    const problem = phaseRetrieval({ sampleRatio: 2, ...change });
    const cost = { value: () => 0, first: () => 1, second: () => 0 };
    const pairs = [0, 0.02, 0.06].map((t) => [t, 0] as const);
    const { pairs: found } = follow(problem, { particles: 16_384, until: 0.06, cost, pairs });
    const at = [found.noiseKernel[0], found.noiseKernel[3], found.noiseKernel[6]];
    for (const [k, steps] of [0, 1, 3].entries()) {
      const share = 0.25 ** 2 + 0.25 * 0.75 * (steps === 0 ? 1 : left ** steps);
      expect(Math.abs(at[k] / ((2 * share) / 0.25 ** 2) - 1), `${steps}`).toBeLessThan(0.04);
    }
  });

  it("are new at every step of SGD", () => {
    const problem = phaseRetrieval({ sampleRatio: 2, algorithm: "sgd", batchFraction: 0.3 });
    const setup = createSetup(problem, { until: 1, particles: 1024, seed: SEED });
    const streams = createStreams(SEED);
    const { share, byField } = createSystem(setup, streams, 0, 0);
    const next = createBatches(setup, streams.stream("batch", 0), share, byField);
    const counts = [0, 0];
    const members = [0, 0];
    for (let step = 0; step < 200; step++) {
      const before = share.slice();
      next();
      for (const [i, s] of share.entries()) {
        const was = before[i] === 0 ? 0 : 1;
        counts[was]++;
        if (s !== 0) members[was]++;
      }
    }
    for (const was of [0, 1]) expect(Math.abs(members[was] / counts[was] - 0.3)).toBeLessThan(0.008);
  });
});
