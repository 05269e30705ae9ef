import { marchenkoPasturQuantiles } from "../../models/marchenko-pastur-quantiles";
import { gradientFactor } from "../../models/phase-retrieval/problem";
import { normalQuantile } from "../../numerics/normal-quantile";
import { SOBOL_DIMENSIONS, sobolPoints } from "../../numerics/sobol";
import type { Stream, Streams } from "../../numerics/streams";
import type { ParticleSetup } from "./method";

/** What a run is made of before its first step; all views have a number for each particle. */
export interface ParticleArrays {
  /** h0 */
  readonly signal: Float32Array;
  /** y0 */
  readonly start: Float32Array;
  /** c s */
  readonly share: Float32Array;
  /** √σ, 0 where there is no eigenvalue. */
  readonly root: Float32Array;
  /** D of (P.30). */
  readonly signs: Float32Array;
}

/**
 * Draws run number `run`: the matrix of (P.30) and (P.31), and the fields (P.32).
 * @returns the particles in the order of |h0|
 */
export function drawParticles(
  setup: ParticleSetup,
  streams: Streams,
  run: number,
  { signal, start, share, root, signs }: ParticleArrays,
): Int32Array {
  const { particles, problem } = setup;
  const factor = gradientFactor(problem);
  const disorder = streams.stream("disorder", run);
  drawSpectrum(setup, disorder, root);
  fillSigns(disorder, signs);
  const random = streams.stream("start", run);
  const shift = Uint32Array.from({ length: SOBOL_DIMENSIONS }, () => random.nextUint32());
  const row = permutation(particles, random);
  const byField = new Int32Array(particles);
  const half = particles / 2;
  sobolPoints(particles, shift, (index, point) => {
    const at = row[index];
    signal[at] = normalQuantile(uniform(point[0]));
    start[at] = normalQuantile(uniform(point[1]));
    share[at] = uniform(point[2]) < problem.batchFraction ? factor : 0;
    // The points have each of `particles` equal intervals of the axis once: their rank needs no sorting.
    const rank = Math.floor((point[0] / 2 ** 32) * particles);
    byField[rank < half ? 2 * (half - 1 - rank) : 2 * (rank - half) + 1] = at;
  });
  return byField;
}

/** √σ: the quantiles of (P.31) at random places. */
function drawSpectrum({ particles, dimension }: ParticleSetup, random: Stream, root: Float32Array): void {
  const count = Math.min(particles, Math.round(dimension));
  const ratio = Math.min(1, count / Math.max(particles, dimension));
  const quantiles = marchenkoPasturQuantiles(ratio, count);
  const place = permutation(particles, random);
  root.fill(0);
  for (let i = 0; i < count; i++) root[place[i]] = Math.sqrt((particles / count) * quantiles[i]);
}

/** Random signs ±1. */
export function fillSigns(random: Stream, signs: Float32Array): void {
  for (let i = 0; i < signs.length; i += 32) {
    const bits = random.nextUint32();
    for (let k = 0; k < 32; k++) signs[i + k] = (bits >>> k) & 1 ? 1 : -1;
  }
}

/** The numbers 0 … count − 1 in random order (Fisher and Yates). */
function permutation(count: number, random: Stream): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  return order;
}

const uniform = (word: number) => (word + 0.5) * 2 ** -32;
