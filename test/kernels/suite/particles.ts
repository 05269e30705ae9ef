import { bytesOf } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

/** Rounding of singles, relative to the magnitudes that are summed; a few operations a number. */
const TOLERANCE = 1e-6;
const COUNTS = [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 8192];

const parity = (bits: number) => {
  let odd = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) odd ^= 1;
  return odd === 0 ? 1 : -1;
};

/** Views of singles filled with reproducible numbers, in a workspace of their own. */
function load(make: Make, count: number, views: number) {
  const workspace = make(bytesOf(...Array<number>(views).fill(4 * count), 4 * count, 64));
  const all = Array.from({ length: views }, (_, k) => {
    const view = workspace.float32(count);
    view.set(numbers(count, k));
    return view;
  });
  return { workspace, all };
}

function demandTransform(make: Make, count: number): void {
  const { workspace, all } = load(make, count, 1);
  const [x] = all;
  const before = x.slice();
  workspace.kernels.walshHadamard(count, x);
  // All rows of a small matrix, some of a large one.
  const step = Math.max(1, Math.floor(count / 61));
  for (let i = 0; i < count; i += step) {
    const sum = before.reduce((total, value, j) => total + parity(i & j) * value, 0);
    const close = Math.abs(x[i] - sum) <= TOLERANCE * Math.sqrt(count) * Math.log2(count);
    demand(close, () => `number ${i} of the transform of ${count} is ${x[i]}, not ${sum}`);
  }
  const square = x.reduce((total, value) => total + value * value, 0);
  const expected = count * before.reduce((total, value) => total + value * value, 0);
  demand(Math.abs(square / expected - 1) < TOLERANCE, () => `the transform of ${count} changes the norm`);
}

const [SCALE, OVERLAP, ALONG] = [0.8, 0.3, 0.9];

function demandForces(make: Make, count: number): void {
  const { workspace, all } = load(make, count, 4);
  const [field, signal, start, share] = all;
  for (let i = 0; i < count; i += 3) share[i] = 0;
  const before = field.slice();
  const sums = workspace.float64(6).fill(-5);
  workspace.kernels.particleForces(count, SCALE, OVERLAP, ALONG, { field, signal, start, share }, sums);
  const expected = [0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const h0 = signal[i];
    const h = SCALE * before[i] + OVERLAP * h0 + ALONG * start[i];
    const force = share[i] * h * (h * h - h0 * h0);
    demand(Math.abs(field[i] - force) < 10 * TOLERANCE, () => `force ${i} is ${field[i]}, not ${force}`);
    const curvature = share[i] * (3 * h * h - h0 * h0);
    const terms = [h0 * force, start[i] * force, curvature, h * force, (h * h - h0 * h0) ** 2 / 4];
    for (const [k, term] of terms.entries()) expected[k] += term;
  }
  for (const [k, sum] of expected.entries()) {
    const close = Math.abs(sums[k] - sum) < TOLERANCE * count;
    demand(close, () => `sum ${k} of ${count} particles is ${sums[k]}, not ${sum}`);
  }
  demand(sums[5] === -5, () => "more than the sums is written");
}

const [DECAY, RATE] = [0.95, 0.7];

function demandMove(make: Make, count: number, heat: number): void {
  const { workspace, all } = load(make, count, 3);
  const [weights, root, force] = all;
  for (let i = 0; i < count; i += 5) root[i] = 0;
  const words = workspace.uint32(count / 32);
  words.set(numbers(words.length, 9).map((x) => Math.floor((x + 1) * 2 ** 31)));
  const before = weights.slice();
  const found = workspace.kernels.moveParticles(count, DECAY, RATE, heat, weights, root, force, words);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const sign = (words[Math.floor(i / 32)] / 2 ** (i % 32)) % 2 >= 1 ? 1 : -1;
    const kick = root[i] === 0 ? 0 : heat * sign;
    const w = DECAY * before[i] - RATE * root[i] * force[i] + kick;
    demand(Math.abs(weights[i] - w) < 10 * TOLERANCE, () => `weight ${i} is ${weights[i]}, not ${w}`);
    sum += w * w;
  }
  demand(Math.abs(found - sum) < TOLERANCE * (sum + 1), () => `the square is ${found}, not ${sum}`);
}

export const checks: readonly Check[] = [
  {
    name: "walshHadamard is its definition and keeps the norm",
    run(make) {
      for (const count of COUNTS) demandTransform(make, count);
    },
  },
  {
    name: "walshHadamard of whole numbers, twice, is the same times their count, exactly",
    run(make) {
      for (const count of COUNTS) {
        const { workspace, all } = load(make, count, 1);
        const [x] = all;
        for (let i = 0; i < count; i++) x[i] = Math.round(20 * x[i]);
        const before = x.slice();
        for (let k = 0; k < 2; k++) workspace.kernels.walshHadamard(count, x);
        const isSame = x.every((value, i) => value === count * before[i]);
        demand(isSame, () => `${count} whole numbers do not come back`);
      }
    },
  },
  {
    name: "multiplyElements multiplies, into one of its factors too",
    run(make) {
      for (const count of [0, 1, 3, 4, 7, 64]) {
        const { workspace, all } = load(make, count + 2, 2);
        const [a, b] = all;
        const before = a.slice();
        workspace.kernels.multiplyElements(count, a, b, a);
        const isRight = a.every((x, i) => x === (i < count ? Math.fround(before[i] * b[i]) : before[i]));
        demand(isRight, () => `the product of ${count} numbers`);
      }
    },
  },
  {
    name: "particleForces is its formula for every particle, and adds up",
    run(make) {
      for (const count of [4, 32, 256, 288, 1024]) demandForces(make, count);
    },
  },
  {
    name: "moveParticles is its formula for every weight, with heat and without",
    run(make) {
      for (const count of [32, 64, 256, 288, 1024]) {
        demandMove(make, count, 0);
        demandMove(make, count, 0.3);
      }
    },
  },
];
