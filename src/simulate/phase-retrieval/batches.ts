import type { BatchRates } from "../../models/phase-retrieval/problem";
import type { Stream } from "../../numerics/streams";

/** Which of M samples are in the batch, step by step. */
export interface Batches {
  /** 1 for the members, else 0; drawn with replacement, how often a sample was drawn. */
  readonly members: Uint8Array;
  /** The batch of the first step. */
  start(random: Stream): void;
  /** The batch of the next step. */
  next(): void;
}

/** Above this probability of a change a random number for every sample is faster than one for every change. */
const DENSE = 0.15;

/**
 * Every sample joins and leaves by itself (P.5): the stationary probability of being in the batch is
 * ℓ = join/(join + leave), from the start on, and the autocovariance ℓ(1 − ℓ)(1 − join − leave)^k after k steps.
 *
 * Where few samples change, the M trials of a step follow those of the step before in one row, in which the next that
 * could succeed with the larger of the two probabilities is found by a geometric number.
 */
export function createBernoulliBatches(samples: number, { join, leave }: BatchRates): Batches {
  const members = new Uint8Array(samples);
  const most = Math.max(join, leave);
  const share = join / (join + leave);
  const skip = createSkip(most);
  const rates = Float64Array.of(join, leave);
  let random: Stream;
  let ahead = 0;

  function tryAll(): void {
    for (let i = 0; i < samples; i++) members[i] ^= Number(uniform(random) < rates[members[i]]);
  }

  function tryCandidates(): void {
    let i = ahead;
    while (i < samples) {
      const rate = rates[members[i]];
      if (rate === most || uniform(random) * most < rate) members[i] ^= 1;
      i += 1 + skip(random);
    }
    ahead = i - samples;
  }

  return {
    members,
    start(stream) {
      random = stream;
      for (let i = 0; i < samples; i++) members[i] = uniform(random) < share ? 1 : 0;
      ahead = skip(random);
    },
    next: most > DENSE ? tryAll : tryCandidates,
  };
}

/** Batches that always have `count` members: a new one, uniform among all, for every step. */
export function createRedrawnBatches(samples: number, count: number): Batches {
  const members = new Uint8Array(samples);
  const order = new Int32Array(samples);
  let random: Stream;
  function next(): void {
    pick(order, 0, samples, count, random);
    members.fill(0);
    for (let i = 0; i < count; i++) members[order[i]] = 1;
  }
  return {
    members,
    start(stream) {
      random = stream;
      for (let i = 0; i < samples; i++) order[i] = i;
      next();
    },
    next,
  };
}

/** `count` draws, each uniform among all samples, for every step: a sample may be drawn several times. */
export function createReplacedBatches(samples: number, count: number): Batches {
  const members = new Uint8Array(samples);
  let random: Stream;
  function next(): void {
    members.fill(0);
    for (let i = 0; i < count; i++) members[random.integer(samples)]++;
  }
  return {
    members,
    start(stream) {
      random = stream;
      next();
    },
    next,
  };
}

/**
 * Batches that always have `count` members and change by exchange: every sample on the smaller side goes over with its
 * probability, and as many of the other side, uniform among them, take the places. The rates are those of independent
 * samples.
 */
export function createExchangedBatches(samples: number, count: number, { join, leave }: BatchRates): Batches {
  const members = new Uint8Array(samples);
  /** The members, then the others. */
  const order = new Int32Array(samples);
  const outside = samples - count;
  const membersMove = count <= outside;
  const [rate, first, last, other, end] = membersMove
    ? [leave, 0, count, count, samples]
    : [join, count, samples, 0, count];
  let random: Stream;
  const skip = createSkip(rate);
  let ahead = 0;
  return {
    members,
    start(stream) {
      random = stream;
      for (let i = 0; i < samples; i++) order[i] = i;
      pick(order, 0, samples, count, random);
      members.fill(0);
      for (let i = 0; i < count; i++) members[order[i]] = 1;
      ahead = skip(random);
    },
    next() {
      let partner = other;
      let i = first + ahead;
      while (i < last) {
        pick(order, partner, end, 1, random);
        members[order[i]] ^= 1;
        members[order[partner]] ^= 1;
        swap(order, i, partner++);
        i += 1 + skip(random);
      }
      ahead = i - last;
    },
  };
}

/** Moves `count` different entries of order[from] … order[to − 1], uniform among them, to the front of these. */
function pick(order: Int32Array, from: number, to: number, count: number, random: Stream): void {
  for (let i = from; i < from + count; i++) swap(order, i, i + random.integer(to - i));
}

function swap(order: Int32Array, i: number, j: number): void {
  const kept = order[i];
  order[i] = order[j];
  order[j] = kept;
}

/** In (0, 1). */
const uniform = (random: Stream) => (random.nextUint32() + 0.5) * 2 ** -32;

/** Draws how many failures come before the first success of trials with this probability, which is above 0. */
function createSkip(probability: number): (random: Stream) => number {
  const scale = 1 / Math.log1p(-probability);
  return (random) => Math.floor(scale * Math.log(uniform(random)));
}
