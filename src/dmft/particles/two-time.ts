import { bytesOf } from "../../kernels";
import type { Streams } from "../../numerics/streams";
import type { KernelName } from "../process/solution";
import { KERNEL_NAMES, type ParticleSetup } from "./method";
import { fillSigns } from "./start";
import type { ParticleState, ParticleSystem } from "./system";

/** By function and by the places of t and t′ among the steps of the plan, row by row; NaN where it was not wanted. */
export type PairValues = Readonly<Record<KernelName, Float64Array>>;

/** Measures two-time functions along a run, in this order at every step, all of them before the batch changes. */
export interface PairRecorder {
  /** Room for D at a step at which a twin begins that needs it. */
  stiffnessAt(step: number): Float32Array | undefined;
  /** With the forces of the run at this step. */
  record(step: number, state: ParticleState): void;
  /** Once the run has made its step; lost: what stands in the forces. */
  follow(step: number, state: ParticleState, temperature: number): void;
  readonly values: PairValues;
}

/** Displacement of a twin's weights, and of its forces in units of √⟨D²⟩; the functions change with its square. */
const DISPLACEMENT = 0.1;

/** A run that differs by a displacement (P.35) in one step. */
interface Twin {
  readonly name: "response" | "responseKernel";
  readonly column: number;
  readonly signs: Float32Array;
  readonly size: number;
  readonly state: ParticleState;
  /** `free` of the state before the step in which it begins, but for the ridge: the kick is not yet a weight there. */
  readonly free: number;
  /** Σ ζ w̃, or Σ ζ F, of the run itself at the present step. */
  reference: number;
}

const wants = ({ pairs }: ParticleSetup, name: KernelName) => pairs.names.includes(name);

/** How many twins there are. */
export const twinsOf = (setup: ParticleSetup): number =>
  (["response", "responseKernel"] as const).filter((name) => wants(setup, name)).length *
  setup.pairs.columns.length;

/** Rows of singles that the recorder keeps: what it correlates, the twins, their signs, and D. */
export function recorderBytes(setup: ParticleSetup): number {
  const { particles, pairs } = setup;
  const rows = KERNEL_NAMES.filter((name) => wants(setup, name)).length;
  const hasTwins = twinsOf(setup) > 0 ? 1 : 0;
  const all = pairs.columns.length * (rows + hasTwins) + hasTwins;
  return bytesOf(...Array<number>(all).fill(4 * particles));
}

/** @param run its random numbers */
export function createPairRecorder(
  setup: ParticleSetup,
  system: ParticleSystem,
  streams: Streams,
  run: number,
): PairRecorder {
  const { particles, dimension, problem, pairs } = setup;
  const { workspace, root, force } = system;
  const { kernels } = workspace;
  const size = pairs.steps.length;
  const single = () => workspace.float32(particles);
  const placeOf = new Map(pairs.steps.map((step, place) => [step, place]));
  const columns = new Set(pairs.columns);
  const partners = pairs.partners.map((list) => new Set(list));
  const values = Object.fromEntries(
    KERNEL_NAMES.map((name) => [name, new Float64Array(size * size).fill(Number.NaN)]),
  ) as Record<KernelName, Float64Array>;
  const kept = new Map<number, { weights?: Float32Array; force?: Float32Array; state: ParticleState }>();
  const hasTwins = twinsOf(setup) > 0;
  const stiffness = hasTwins ? single() : undefined;
  const twins: Twin[] = [];
  const blind = Math.max(0, 1 - particles / dimension);
  const random = streams.stream("perturbation", run);
  const mean = problem.sampleRatio / particles;

  /** In doubles: where forces hardly change from step to step, singles would not leave M_C positive definite. */
  function dot(a: Float32Array, b: Float32Array): number {
    let sum = 0;
    for (let i = 0; i < particles; i++) sum += a[i] * b[i];
    return sum;
  }

  /** C and M_C of the state with all earlier ones that are wanted. */
  function correlate(place: number, state: ParticleState): void {
    for (const j of pairs.partners[place]) {
      const at = place * size + j;
      const earlier = kept.get(j)!;
      if (earlier.force) values.noiseKernel[at] = mean * dot(earlier.force, force); // (P.15)
      if (!earlier.weights) continue;
      if (j === place) {
        values.correlation[at] = state.norm;
        continue;
      }
      const before = earlier.state;
      const seen = (state.scale * before.scale * dot(earlier.weights, state.weights)) / dimension;
      const unseen = before.unseen === 0 ? 0 : before.unseen * Math.exp(state.free - before.free);
      // (P.34)
      values.correlation[at] = state.overlap * before.overlap + state.along * before.along + seen + unseen;
    }
  }

  function keep(place: number, state: ParticleState): void {
    const weights = wants(setup, "correlation") ? single() : undefined;
    const forces = wants(setup, "noiseKernel") ? single() : undefined;
    weights?.set(state.weights);
    forces?.set(force);
    kept.set(place, { weights, force: forces, state: { ...state } });
  }

  /** What a twin differs by from the run, at a place of the plan (P.35). */
  function measure(twin: Twin, place: number): void {
    const { name, column, signs, state } = twin;
    if (!partners[place].has(column)) return;
    const at = place * size + column;
    if (name === "responseKernel") {
      values.responseKernel[at] = (mean * (dot(signs, force) - twin.reference)) / twin.size;
      return;
    }
    const seen = (state.scale * dot(signs, state.weights) - twin.reference) / (dimension * twin.size);
    values.response[at] = seen + blind * Math.exp(state.free - twin.free);
  }

  function begin(column: number, state: ParticleState): void {
    const signs = single();
    fillSigns(random, signs);
    for (const name of ["response", "responseKernel"] as const) {
      if (!wants(setup, name)) continue;
      const weights = single();
      weights.set(state.weights);
      const twin = { ...state, weights };
      let displacement = DISPLACEMENT;
      if (name === "response") {
        for (let i = 0; i < particles; i++) if (root[i] !== 0) weights[i] += displacement * signs[i];
      } else {
        const square = dot(stiffness!, stiffness!) / particles;
        displacement /= square > 0 ? Math.sqrt(square) : 1;
        kernels.multiplyElements(particles, stiffness!, signs, force);
        system.push(twin, force, displacement);
      }
      const free = state.free - Math.log(state.scale);
      twins.push({ name, column, signs, size: displacement, state: twin, free, reference: 0 });
    }
  }

  return {
    values,
    stiffnessAt: (step) => (hasTwins && columns.has(placeOf.get(step) ?? -1) ? stiffness : undefined),
    record(step, state) {
      const place = placeOf.get(step);
      if (place === undefined) return;
      if (columns.has(place)) keep(place, state);
      correlate(place, state);
      const diagonal = place * (size + 1);
      if (partners[place].has(place)) {
        // The kick itself, and the limit t → t′ of the memory: α⟨D²⟩.
        if (wants(setup, "response")) values.response[diagonal] = 1;
        if (wants(setup, "responseKernel"))
          values.responseKernel[diagonal] = mean * dot(stiffness!, stiffness!);
      }
      for (const twin of twins) {
        const isForce = twin.name === "responseKernel";
        twin.reference = isForce ? dot(twin.signs, force) : state.scale * dot(twin.signs, state.weights);
      }
    },
    follow(step, state, temperature) {
      const place = placeOf.get(step);
      for (const twin of twins) {
        const averages = system.computeForces(twin.state);
        if (place !== undefined) measure(twin, place);
        system.move(twin.state, averages, temperature);
      }
      if (hasTwins && place !== undefined && columns.has(place)) begin(place, state);
    },
  };
}
