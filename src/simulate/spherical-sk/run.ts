import { createStreams, type Stream } from "../../numerics/streams";
import type { SampleCurves, Simulator } from "../ensemble";
import { type CouplingMatrix, drawMatrix } from "./matrix";
import type { SphericalSkPlan } from "./plan";

/** All there is to know of a simulation, as plain data. */
export interface SphericalSkSetup {
  readonly plan: SphericalSkPlan;
  readonly seed: number | string;
}

/** The contract's level of the squared overlap with the top eigenvector at which it counts as found. */
const FOUND = 0.5;
/** Steps between two looks at the clock. */
const SLICE = 16;

/** Makes single samples: a new matrix, start and noise for each. */
export function createSphericalSkSimulator({ plan, seed }: SphericalSkSetup): Simulator {
  const streams = createStreams(seed);
  const { size, law, basis, clock, heat, reports, nodes } = plan;
  const stops = new Set([...reports, ...plan.pairs.flat()]);

  return function* simulate(sample) {
    const matrix = drawMatrix(law, size, basis, streams, sample);
    yield 0;
    const x = drawStart(streams.stream("start", sample), size, plan.initialOverlap);
    const walk = createWalk(streams.stream("noise", sample), size);
    const descend = plan.dynamics === "flow" ? createFlow(matrix, size) : createDescent(matrix, size);
    const recorder = createRecorder(plan, matrix);
    recorder.atNode(0, x);
    let crossing = recorder.topOverlap(x) >= FOUND ? 0 : Infinity;
    let before = recorder.topOverlap(x);
    // The second half of a step's noise and the first half of the next one's are one walk, unless something looks between.
    let pending = 0;
    for (let k = 0; k < clock.length; k++) {
      if (plan.dynamics === "flow") {
        walk(x, pending + heat[2 * k]);
        descend(x, clock[k], 0, walk.noise);
        pending = heat[2 * k + 1];
      } else {
        if (heat[2 * k] > 0) walk.draw();
        descend(x, clock[k], Math.sqrt(2 * heat[2 * k]), walk.noise);
      }
      if (stops.has(k + 1)) {
        walk(x, pending);
        pending = 0;
        recorder.atNode(k + 1, x);
      }
      if (crossing === Infinity) {
        // Noise still to come only takes from what is above its share 1/N.
        const now = recorder.topOverlap(x) * Math.exp(-2 * pending);
        if (now >= FOUND)
          crossing = nodes[k] + ((nodes[k + 1] - nodes[k]) * (FOUND - before)) / (now - before);
        before = now;
      }
      if (k % SLICE === 0) yield (k + 1) / clock.length;
    }
    return recorder.finish(crossing);
  };
}

/** Uniform on the sphere |x|² = N, or on the part of it with that overlap with the first axis. */
function drawStart(stream: Stream, size: number, initialOverlap: number | null): Float64Array {
  const x = new Float64Array(size);
  stream.fillNormal(x);
  if (initialOverlap === null) {
    project(x);
    return x;
  }
  x[0] = 0;
  const scale = Math.sqrt((size * (1 - initialOverlap ** 2)) / dot(x, x));
  for (let i = 1; i < size; i++) x[i] *= scale;
  x[0] = initialOverlap * Math.sqrt(size);
  return x;
}

/**
 * Brownian motion on the sphere for a time τ = ∫T_eff ds: x ← P(x + b ξ), b² = (e^{2κτ} − 1)/κ, κ = 1 − 4/N, which has the right
 * two lowest moments of the overlap with x to order τ² at every N. τ = ∞ gives a uniformly random point.
 */
function createWalk(stream: Stream, size: number) {
  const noise = new Float64Array(size);
  const kappa = 1 - 4 / size;
  const walk = (x: Float64Array, heat: number): void => {
    if (heat === 0) return;
    stream.fillNormal(noise);
    const square = Math.expm1(2 * kappa * heat) / kappa;
    const [own, random] = square === Infinity ? [0, 1] : [1, Math.sqrt(square)];
    for (let i = 0; i < size; i++) x[i] = own * x[i] + random * noise[i];
    project(x);
  };
  return Object.assign(walk, { noise, draw: () => stream.fillNormal(noise) });
}

type Descent = (x: Float64Array, clock: number, strength: number, noise: Float64Array) => void;

/** x ← P(e^{A ds} x): without noise the flow on the sphere is linear up to its norm; the exponential to fourth order. */
function createFlow(matrix: CouplingMatrix, size: number): Descent {
  let term = new Float64Array(size);
  let next = new Float64Array(size);
  return (x, clock) => {
    if (clock === 0) return;
    term.set(x);
    for (let order = 1; order <= 4; order++) {
      matrix.apply(term, next);
      const factor = clock / order;
      for (let i = 0; i < size; i++) {
        next[i] *= factor;
        x[i] += next[i];
      }
      [term, next] = [next, term];
    }
    project(x);
  };
}

/** x ← P(x + ηA x + η√(2T) ξ) (docs/equations.md, S10). */
function createDescent(matrix: CouplingMatrix, size: number): Descent {
  const force = new Float64Array(size);
  return (x, rate, strength, noise) => {
    matrix.apply(x, force);
    if (strength === 0) for (let i = 0; i < size; i++) x[i] += rate * force[i];
    else for (let i = 0; i < size; i++) x[i] += rate * force[i] + strength * noise[i];
    project(x);
  };
}

function createRecorder(plan: SphericalSkPlan, matrix: CouplingMatrix) {
  const { size, time, reports, pairs, law, heatAt, initialOverlap } = plan;
  const curve = () => new Float64Array(time.length);
  const [loss, excessLoss, multiplier, overlap, topOverlap, hessianLeftEdge] = Array.from(
    { length: 6 },
    curve,
  );
  const correlation = new Float64Array(pairs.length);
  const kept = new Map<number, Float64Array>();
  const force = new Float64Array(size);
  const edge = plan.bulkEdge;
  const isEarly = new Set(pairs.map(([, early]) => early));
  const top = (x: Float64Array) => dot(x, matrix.topEigenvector) ** 2 / size;
  let report = 0;

  return {
    topOverlap: top,
    atNode(node: number, x: Float64Array): void {
      if (isEarly.has(node)) kept.set(node, x.slice());
      for (const [p, [late, early]] of pairs.entries()) {
        if (late === node) correlation[p] = dot(x, kept.get(early)!) / size;
      }
      if (reports[report] !== node) return;
      matrix.apply(x, force);
      const mean = dot(x, force) / size;
      for (; reports[report] === node; report++) {
        loss[report] = -mean / 2;
        excessLoss[report] = (matrix.topEigenvalue - mean) / 2;
        multiplier[report] = mean + heatAt[report];
        hessianLeftEdge[report] = multiplier[report] - edge;
        const m = x[0] / Math.sqrt(size);
        overlap[report] = initialOverlap === null ? Math.abs(m) : m;
        topOverlap[report] = top(x);
      }
    },
    finish: (crossing: number): SampleCurves => ({
      series: {
        loss,
        excessLoss,
        multiplier,
        ...(law.signal === 1 && { overlap }),
        topOverlap,
        hessianLeftEdge,
      },
      ...(pairs.length > 0 && { twoTime: { correlation } }),
      events: { crossingTime: crossing },
    }),
  };
}

/** Scales x to |x|² = N. */
function project(x: Float64Array): void {
  const scale = Math.sqrt(x.length / dot(x, x));
  for (let i = 0; i < x.length; i++) x[i] *= scale;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
