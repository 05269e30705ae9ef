import { findRoot } from "../../numerics/roots";

/** Steps of the finer of two grids; the rate is extrapolated from both. */
const STEPS = 1024;
/** Stages of doubled length after which the relaxation is not followed further, at times of about 2^80. */
const STAGES = 90;
/** e^(−40) is below rounding: what comes later does not count. */
const NEGLIGIBLE = 40;

/** Equation of the fast relaxation: the memory kernel K(φ) and its slope K′(φ), K(0) = 0. */
export interface RelaxationKernel {
  value(phi: number): number;
  slope(phi: number): number;
}

/**
 * The s at which the normalised response has the Laplace transform r in (0, 1): 1 − s·φ̂(s) = r for the relaxation
 *
 *     φ′(t) + φ(t) + ∫₀ᵗ K(φ(t−u)) φ′(u) du = 0,   φ(0) = 1
 *
 * of a stationary state with the fluctuation-dissipation relation, in units where the response is −φ′. For
 * K(φ) = φ it is (1−r)²/r. Relative accuracy about 1e-6. Times grow by doublings of the step, as in mode-coupling
 * theory (Fuchs, Götze, Hofacker & Latz, J. Phys. Condens. Matter 3, 5047 (1991)), so that slow power laws are
 * followed to the end. A rate too small to be followed, below about 1e-24, is 0.
 */
export function relaxationRate(kernel: RelaxationKernel, r: number): number {
  const fine = rateOnGrid(kernel, r, STEPS);
  return fine + (fine - rateOnGrid(kernel, r, STEPS / 2)) / 3;
}

function rateOnGrid(kernel: RelaxationKernel, r: number, steps: number): number {
  const nodes: Nodes = { time: [0], phi: [1] };
  const history = startHistory(kernel, steps);
  for (let stage = 0; stage < STAGES; stage++) {
    for (let i = steps / 2 + 1; i <= steps; i++) advance(kernel, history, i);
    for (let i = stage === 0 ? 1 : steps / 2 + 1; i <= steps; i++) {
      nodes.time.push(i * history.step);
      nodes.phi.push(history.phi[i]);
    }
    const slowest = NEGLIGIBLE / (steps * history.step);
    // The response is at most 1 and positive: its transform is below 1/s.
    if (slowest < 1 / r && response(nodes, slowest) > r) {
      return findRoot((s) => response(nodes, s) - r, slowest, 1 / r, { tolerance: 1e-12 });
    }
    doubleStep(history, steps);
  }
  return 0;
}

/** φ and K at the nodes i·step, and their means over the cells before them. */
interface History {
  step: number;
  readonly phi: Float64Array;
  readonly memory: Float64Array;
  readonly phiMean: Float64Array;
  readonly memoryMean: Float64Array;
}

function startHistory(kernel: RelaxationKernel, steps: number): History {
  const array = () => new Float64Array(steps + 1);
  const curvature = 1 + kernel.value(1);
  const history = {
    step: 1e-3 / (steps * curvature),
    phi: array(),
    memory: array(),
    phiMean: array(),
    memoryMean: array(),
  };
  for (let i = 0; i <= steps / 2; i++) {
    const t = i * history.step;
    history.phi[i] = 1 - t + (curvature * t * t) / 2;
    history.memory[i] = kernel.value(history.phi[i]);
    if (i > 0) setMeans(history, i);
  }
  return history;
}

/** Means over the cell before node i, from the parabola through three nodes. */
function setMeans({ phi, memory, phiMean, memoryMean }: History, i: number): void {
  for (const [values, means] of [
    [phi, phiMean],
    [memory, memoryMean],
  ]) {
    means[i] =
      i === 1 ? (values[0] + values[1]) / 2 : (5 * values[i] + 8 * values[i - 1] - values[i - 2]) / 12;
  }
}

/** One step: the convolution is split in the middle and integrated by parts where φ is old, so that both halves are smooth. */
function advance(kernel: RelaxationKernel, history: History, i: number): void {
  const { step, phi, memory, phiMean, memoryMean } = history;
  const half = i >> 1;
  let known = memory[i - half] * phi[half] - phiMean[1] * memory[i - 1] - memoryMean[1] * phi[i - 1];
  for (let k = 2; k <= half; k++) known += phiMean[k] * (memory[i - k + 1] - memory[i - k]);
  for (let k = 2; k <= i - half; k++) known += memoryMean[k] * (phi[i - k + 1] - phi[i - k]);
  known += (phi[i - 2] - 4 * phi[i - 1]) / (2 * step);
  const linear = 1.5 / step + 1 + memoryMean[1];
  const feedback = phiMean[1] - 1;
  let value = phi[i - 1];
  for (let iteration = 0; iteration < 20; iteration++) {
    const excess = linear * value + feedback * kernel.value(value) + known; // (S.20)
    const change = excess / (linear + feedback * kernel.slope(value));
    value -= change;
    if (Math.abs(change) <= 1e-15 * Math.abs(value)) break;
  }
  phi[i] = value;
  memory[i] = kernel.value(value);
  setMeans(history, i);
}

function doubleStep(history: History, steps: number): void {
  const { phi, memory, phiMean, memoryMean } = history;
  for (let i = 1; i <= steps / 2; i++) {
    phi[i] = phi[2 * i];
    memory[i] = memory[2 * i];
    phiMean[i] = (phiMean[2 * i - 1] + phiMean[2 * i]) / 2;
    memoryMean[i] = (memoryMean[2 * i - 1] + memoryMean[2 * i]) / 2;
  }
  history.step *= 2;
}

interface Nodes {
  readonly time: number[];
  readonly phi: number[];
}

/** −∫ φ′ e^(−st) dt of the broken line through the nodes. */
function response({ time, phi }: Nodes, s: number): number {
  let sum = 0;
  for (let k = 1; k < time.length; k++) {
    const width = s * (time[k] - time[k - 1]);
    const mean = (Math.exp(-s * time[k - 1]) * -Math.expm1(-width)) / width;
    sum += (phi[k - 1] - phi[k]) * mean;
  }
  return sum;
}
