import { bytesOf, createWorkspace, type Workspace } from "../../kernels";
import { ridgeOf } from "../../models/phase-retrieval/problem";
import type { Streams } from "../../numerics/streams";
import { isEven } from "../process/fingerprint";
import type { ParticleSetup } from "./method";
import { drawParticles, type ParticleArrays } from "./start";

/** Where the weights stand; those of a displaced twin are such a record too. */
export interface ParticleState {
  /** w̃ in the frame of the matrix, but for the factor `scale` of the last step. */
  readonly weights: Float32Array;
  scale: number;
  /** m */
  overlap: number;
  /** c, the component along the start. */
  along: number;
  /** Part of |w|²/N that no particle sees, where there are fewer of them than dimensions. */
  unseen: number;
  /** Logarithm of the factor by which a component that nothing pushes has changed since the start. */
  free: number;
  /** q, 1 on the sphere. */
  norm: number;
}

/** Averages (P.12) over the particles, and what else a step takes. */
export interface ParticleAverages {
  readonly drive: number;
  /** α⟨y0 F⟩ */
  readonly along: number;
  readonly curvature: number;
  readonly radial: number;
  readonly loss: number;
}

/** One run's matrix, fields and batch, and what is done to states with them. */
export interface ParticleSystem extends ParticleArrays {
  readonly workspace: Workspace;
  readonly byField: Int32Array;
  /** The forces F of the last call of `computeForces`. */
  readonly force: Float32Array;
  /** Signs of the heat of the step. */
  readonly words: Uint32Array;
  createState(): ParticleState;
  /** F into `force`, with the averages; D too, where there is room for it. */
  computeForces(state: ParticleState, stiffness?: Float32Array): ParticleAverages;
  /** The step by the forces, which are lost (P.33), at a temperature; returns a of the projection. */
  move(state: ParticleState, averages: ParticleAverages, temperature: number): number;
  /** w̃ ← w̃ + size √σ Rᵀ x (x is lost): what a displacement x of the forces does to the weights. */
  push(state: ParticleState, x: Float32Array, size: number): void;
}

/** Singles a particle besides those of states. */
const ARRAYS = 6;

/** @param extra bytes of the workspace for others @throws MemoryError */
export function createSystem(
  setup: ParticleSetup,
  streams: Streams,
  run: number,
  extra: number,
): ParticleSystem {
  const { problem, cost, particles, dimension, isPaperCost } = setup;
  const { learningRate: eta, sampleRatio, initialOverlap, constraint } = problem;
  const onSphere = constraint === "sphere";
  const shrink = 1 - eta * ridgeOf(problem);
  const blind = Math.max(0, 1 - particles / dimension);
  const row = 4 * particles;
  const workspace = createWorkspace(bytesOf(...Array<number>(ARRAYS).fill(row), row / 32, 64) + extra);
  const { kernels } = workspace;
  const [force, signal, start, share, root, signs] = Array.from({ length: ARRAYS }, () =>
    workspace.float32(particles),
  );
  const words = workspace.uint32(particles / 32);
  const sums = workspace.float64(5);
  const fields = { field: force, signal, start, share };
  const byField = drawParticles(setup, streams, run, { signal, start, share, root, signs });
  const mean = 1 / particles;
  // Where nothing tells the signal from its opposite, nothing does later: in the infinite system the overlap stays 0.
  const isBalanced = initialOverlap === 0 && isEven(cost);

  /** M R x of (P.30). */
  function rotate(x: Float32Array): void {
    kernels.walshHadamard(particles, x);
    kernels.multiplyElements(particles, x, signs, x);
    kernels.walshHadamard(particles, x);
  }

  /** h of every particle, from what the rotation has left in `force`. */
  const fieldAt = (i: number, scale: number, { overlap, along }: ParticleState) =>
    scale * force[i] + overlap * signal[i] + along * start[i];

  function computeStiffness(scale: number, state: ParticleState, stiffness: Float32Array): void {
    for (let i = 0; i < particles; i++) {
      stiffness[i] = share[i] * cost.second(fieldAt(i, scale, state), signal[i]);
    }
  }

  /** What the kernel does, for any cost. */
  function applyCost(scale: number, state: ParticleState): void {
    sums.fill(0);
    for (let i = 0; i < particles; i++) {
      const h0 = signal[i];
      const h = fieldAt(i, scale, state);
      const f = share[i] * cost.first(h, h0); // (P.11)
      force[i] = f;
      sums[0] += h0 * f;
      sums[1] += start[i] * f;
      sums[2] += share[i] * cost.second(h, h0);
      sums[3] += h * f;
      sums[4] += cost.value(h, h0);
    }
  }

  return {
    signal,
    start,
    share,
    root,
    signs,
    workspace,
    byField,
    force,
    words,
    createState: () => ({
      weights: workspace.float32(particles),
      scale: 1,
      overlap: initialOverlap,
      along: onSphere ? Math.sqrt(1 - initialOverlap ** 2) : 1,
      unseen: 0,
      free: 0,
      norm: onSphere ? 1 : 1 + initialOverlap ** 2,
    }),
    computeForces(state, stiffness) {
      kernels.multiplyElements(particles, root, state.weights, force);
      rotate(force);
      const scale = state.scale * mean;
      if (stiffness) computeStiffness(scale, state, stiffness);
      if (!isPaperCost) applyCost(scale, state);
      else kernels.particleForces(particles, scale, state.overlap, state.along, fields, sums);
      const [drive, along, curvature, radial, loss] = sums;
      // (P.12)
      const each = sampleRatio * mean;
      return {
        drive: isBalanced ? 0 : each * drive,
        along: each * along,
        curvature: each * curvature,
        radial: each * radial,
        loss: mean * loss,
      };
    },
    move(state, averages, temperature) {
      rotate(force);
      const { weights } = state;
      const heat = Math.sqrt(2 * temperature * eta);
      const decay = shrink * state.scale;
      // (P.33)
      const square = kernels.moveParticles(particles, decay, eta * mean, heat, weights, root, force, words);
      const overlap = shrink * state.overlap - eta * averages.drive;
      const along = shrink * state.along - eta * averages.along;
      const unseen = shrink * shrink * state.unseen + 2 * temperature * eta * blind;
      const norm = overlap * overlap + along * along + square / dimension + unseen;
      const a = onSphere ? 1 / Math.sqrt(norm) : 1;
      state.scale = a;
      state.overlap = a * overlap;
      state.along = a * along;
      state.unseen = a * a * unseen;
      state.free += Math.log(Math.abs(a * shrink));
      state.norm = onSphere ? 1 : norm;
      return a;
    },
    push(state, x, size) {
      rotate(x);
      kernels.moveParticles(particles, 1, -size * mean, 0, state.weights, root, x, words);
    },
  };
}
