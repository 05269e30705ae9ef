import { batchRates } from "../../models/phase-retrieval/problem";
import { createStreams, type Stream } from "../../numerics/streams";
import type { Setup } from "./setup";

/** Random numbers of one batch; every batch of every pass has streams of its own. */
export interface BatchDraws {
  /** Signal fields h0, fields h(0) without the signal's part, and weights, of which none is negative. */
  fillStart(signal: Float64Array, field: Float64Array, weight: Float64Array): void;
  /** Whether a trajectory's sample is in the batch of a step, node after node: 0 or 1. */
  fillMembers(members: Uint8Array): void;
  /** Standard normals of the coloured noise, and of the white noise; each lanes a node, node after node. */
  readonly coloured: Stream;
  readonly white: Stream;
}

/**
 * Steps of a Kronecker sequence in three dimensions: powers of 1/g with g⁴ = g + 1 (the generalised golden ratio). In this
 * order of radius, angle and membership the second moment of h0 has a twentieth of the error of the natural order.
 */
const GOLDEN = 1.2207440846057596;
const KRONECKER = [2, 1, 3].map((power) => GOLDEN ** -power);

/** @param run independent repeat; all its numbers depend on the seed, on this, on the pass and on the batch */
export function createDraws(setup: Setup, run: number) {
  const { problem, trajectories, lanes, start, reach } = setup;
  const streams = createStreams(setup.seed);
  const batches = Math.ceil(trajectories / lanes);
  const { initialOverlap, constraint, batchFraction } = problem;
  const spread = constraint === "sphere" ? Math.sqrt(1 - initialOverlap ** 2) : 1;
  const rates = batchRates(problem);
  const { width, sampling } = start;
  const uniforms = new Float64Array(3 * lanes);

  /** Three uniforms for each trajectory of a batch. */
  function fillUniforms(pass: number, batch: number): void {
    if (sampling === "random") {
      streams.stream("start", run, pass * batches + batch).fillUniform(uniforms);
      return;
    }
    // One random shift for the whole pass.
    const shift = new Float64Array(3);
    streams.stream("start", run, pass).fillUniform(shift);
    for (let lane = 0; lane < lanes; lane++) {
      for (let d = 0; d < 3; d++) {
        const x = shift[d] + (batch * lanes + lane + 1) * KRONECKER[d];
        uniforms[3 * lane + d] = x - Math.floor(x);
      }
    }
  }

  function openBatch(pass: number, batch: number): BatchDraws {
    const block = pass * batches + batch;
    fillUniforms(pass, batch);
    const first = Uint8Array.from({ length: lanes }, (_, lane) =>
      uniforms[3 * lane + 2] < batchFraction ? 1 : 0,
    );
    return {
      fillStart(signal, field, weight) {
        for (let lane = 0; lane < lanes; lane++) {
          // Box and Muller.
          const radius = width * Math.sqrt(-2 * Math.log1p(-uniforms[3 * lane]));
          const angle = 2 * Math.PI * uniforms[3 * lane + 1];
          const h0 = radius * Math.cos(angle);
          const taken = batch * lanes + lane < trajectories && Math.abs(h0) <= reach;
          signal[lane] = taken ? h0 : 0;
          field[lane] = taken ? spread * radius * Math.sin(angle) : 0;
          // Ratio of the Gaussian density to the wider one.
          const ratio = width * width * Math.exp(0.5 * radius * radius * (width ** -2 - 1));
          weight[lane] = taken ? ratio : 0;
        }
      },
      fillMembers(members) {
        if (!rates) {
          members.fill(1);
          return;
        }
        const random = streams.stream("batch", run, block);
        for (let lane = 0; lane < lanes; lane++) members[lane] = first[lane];
        for (let i = lanes; i < members.length; i++) {
          const before = members[i - lanes];
          const rate = before === 1 ? rates.leave : rates.join;
          members[i] = (random.nextUint32() + 0.5) * 2 ** -32 < rate ? before ^ 1 : before;
        }
      },
      coloured: streams.stream("noise", run, 2 * block),
      white: streams.stream("noise", run, 2 * block + 1),
    };
  }

  return { batches, openBatch };
}
