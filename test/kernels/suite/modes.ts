import { float64Bytes, type Kernels } from "../../../src/kernels";
import { type Check, demand, type Make, numbers } from "./check";

/** Rounding of a sum, relative to the sum of the magnitudes of its terms. */
const TOLERANCE = 1e-14;
const COUNTS = [0, 1, 2, 3, 4, 5, 8, 17, 101];
/** Modes beyond the last one, which must stay as they are. */
const BEYOND = 3;
const [RATE, SPREAD, KICK] = [0.7, 1.25, 0.3];

type Name = "stepMoments" | "stepAdjoints";
const NAMES: readonly Name[] = ["stepMoments", "stepAdjoints"];

/** A step of `count` modes in a workspace of its own. */
function load(make: Make, count: number, change: (vectors: Float64Array[]) => void = () => {}) {
  const length = count + BEYOND;
  const workspace = make(float64Bytes(length, length, length, length, 4));
  const all = Array.from({ length: 4 }, (_, k) => {
    const view = workspace.float64(length);
    view.set(numbers(length, k));
    return view;
  });
  change(all);
  const [eigenvalue, noiseWeight, before, row] = all;
  const sums = workspace.float64(4).fill(-5);
  const run = (kernels: Kernels, name: Name) =>
    kernels[name](count, RATE, SPREAD, KICK, { eigenvalue, noiseWeight, before, row }, sums);
  return { run: (name: Name) => run(workspace.kernels, name), all, row, sums };
}

function demandStep(make: Make, name: Name, count: number): void {
  const { run, all, row, sums } = load(make, count);
  const [lambda, weight, before, old] = all.map((view) => Array.from(view));
  run(name);
  const expected = [0, 0, 0, 0];
  const scale = [0, 0, 0, 0];
  for (let k = 0; k < count; k++) {
    const s = RATE * lambda[k];
    const terms = [1, -2 * s, s * s * SPREAD].map((term) => term * before[k]);
    terms.push(name === "stepMoments" ? KICK * weight[k] : KICK);
    const x = terms.reduce((sum, term) => sum + term, 0);
    const size = terms.reduce((sum, term) => sum + Math.abs(term), 0);
    demand(Math.abs(row[k] - x) <= TOLERANCE * size, () => `${name}: mode ${k} is ${row[k]}, not ${x}`);
    const adjoint = name === "stepMoments" ? [old[k], Math.abs(old[k])] : [x, size];
    const added = [lambda[k] * old[k] * x, lambda[k] ** 2 * old[k] * x, weight[k] * adjoint[0], x];
    const sizes = [lambda[k] * old[k] * size, lambda[k] ** 2 * old[k] * size, weight[k] * adjoint[1], size];
    for (let i = 0; i < 4; i++) {
      expected[i] += added[i];
      scale[i] += Math.abs(sizes[i]);
    }
  }
  for (let i = 0; i < 4; i++) {
    const close = Math.abs(sums[i] - expected[i]) <= 10 * TOLERANCE * scale[i];
    demand(close, () => `${name} of ${count}: sum ${i} is ${sums[i]}, not ${expected[i]}`);
  }
  for (const [k, view] of all.entries()) {
    const from = view === row ? count : 0;
    const given = numbers(view.length, k);
    const untouched = view.every((x, i) => i < from || x === given[i]);
    demand(untouched, () => `${name} of ${count} has written where it should only read`);
  }
}

export const checks: readonly Check[] = NAMES.flatMap((name) => [
  {
    name: `${name} is its formula in every mode, and adds up`,
    run(make: Make) {
      for (const count of COUNTS) demandStep(make, name, count);
    },
  },
  {
    name: `${name} passes a NaN on, to its mode and the sums alone`,
    run(make: Make) {
      const { run, row, sums } = load(make, 9, ([, , before]) => {
        before[4] = Number.NaN;
      });
      run(name);
      demand(
        row.every((x, k) => Number.isNaN(x) === (k === 4)),
        () => `${name} lost or spread the NaN`,
      );
      // The moments' noise is made of the adjoints alone.
      const clean = name === "stepMoments" ? [2] : [];
      demand(
        sums.every((x, i) => Number.isNaN(x) !== clean.includes(i)),
        () => `${name} has the sums ${sums.join(", ")}`,
      );
    },
  },
]);
