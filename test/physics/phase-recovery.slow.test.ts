import { describe, expect, it } from "vitest";
import { type PhaseRetrieval, phaseRetrieval } from "../../src/models/phase-retrieval/problem";
import { simulatePhaseRetrieval } from "../../src/simulate/phase-retrieval";

const SEED = 20261122;

/** Runs that share their data sets and starts, so that they can be compared pair by pair. */
interface Runs {
  readonly name: string;
  readonly recoveryTime: Float64Array;
}

async function recover(
  name: string,
  change: Partial<PhaseRetrieval>,
  simulation: { readonly size: number; readonly samples: number; readonly until: number },
): Promise<Runs> {
  const problem = phaseRetrieval({ sampleRatio: 3, learningRate: 0.02, ...change });
  const { events, series, standardError } = await simulatePhaseRetrieval(problem, {
    ...simulation,
    seed: SEED,
  });
  const [fraction, error] = [series.recoveredFraction[0], standardError.recoveredFraction[0]];
  console.log(`${name}: recovered ${fraction.toFixed(3)} ± ${error.toFixed(3)} at t = ${simulation.until}`);
  return { name, recoveryTime: events!.recoveryTime };
}

/** Fraction recovered at a time. */
const fractionOf = ({ recoveryTime }: Runs, t: number) =>
  recoveryTime.filter((time) => time <= t).length / recoveryTime.length;

/**
 * Probability that chance alone would let `better` recover at least so many of the samples in which only one of the two
 * has recovered at time t: a one-sided sign test.
 */
function chance(better: Runs, worse: Runs, t: number): number {
  const only = (a: Runs, b: Runs) =>
    a.recoveryTime.filter((time, sample) => time <= t && b.recoveryTime[sample] > t).length;
  const wins = only(better, worse);
  const total = wins + only(worse, better);
  let tail = 0;
  let term = 2 ** -total;
  for (let k = total; k >= wins; k--) {
    tail += term;
    term *= k / (total - k + 1);
  }
  console.log(`${better.name} and not ${worse.name}: ${wins} of ${total}, chance ${tail.toPrecision(2)}`);
  return tail;
}

const persistent = { algorithm: "persistent-sgd", batchFraction: 0.5, persistence: 1 } as const;

describe("recovery at α = 3 from m0 = 0.2 (figure 2, at N = 200)", () => {
  const runs = { size: 200, samples: 48, until: 150 };
  const sample = (name: string, change: Partial<PhaseRetrieval>, until = runs.until) =>
    recover(name, change, { ...runs, until });

  it("gradient descent < SGD < persistent SGD, which also beats shorter and longer persistence", async () => {
    const descent = await sample("gradient descent", {});
    const vanilla = await sample("SGD", { algorithm: "sgd", batchFraction: 0.5 });
    const middle = await sample("persistent SGD, τ = 1", persistent);
    expect(chance(vanilla, descent, 150)).toBeLessThan(0.05);
    expect(chance(middle, vanilla, 150)).toBeLessThan(1e-4);
    // It recovers more than half of the samples where gradient descent is stuck.
    const stuck = descent.recoveryTime.map((t, i) => (t === Infinity ? middle.recoveryTime[i] : -1));
    const found = stuck.filter((t) => t > 0 && t < Infinity).length;
    expect(found).toBeGreaterThan(0.5 * stuck.filter((t) => t !== -1).length);
    expect(fractionOf(middle, 150)).toBeGreaterThan(fractionOf(middle, 75));
    // SGD is persistent SGD with τ = η/ℓ: between it and τ = 20 lies a better one.
    const long = await sample("persistent SGD, τ = 20", { ...persistent, persistence: 20 }, 75);
    expect(chance(middle, vanilla, 75)).toBeLessThan(0.01);
    expect(chance(middle, long, 75)).toBeLessThan(1e-4);
  });
});

describe("intermediate noise is best (figure 4, at N = 100)", () => {
  const runs = { size: 100, samples: 60, until: 60 };

  it("batch fraction 0.3 beats 0.05 and 1, temperature 1 beats 0 and 5", async () => {
    const none = await recover("gradient descent", {}, runs);
    const batches = (batchFraction: number, learningRate: number) =>
      recover(`ℓ = ${batchFraction}`, { ...persistent, batchFraction, learningRate }, runs);
    const third = await batches(0.3, 0.015);
    expect(chance(third, none, 60)).toBeLessThan(0.01);
    expect(chance(third, await batches(0.05, 0.0033), 60)).toBeLessThan(0.05);
    const heated = (temperature: number) =>
      recover(`T = ${temperature}`, { algorithm: "langevin", temperature, temperatureOffAt: 30 }, runs);
    const warm = await heated(1);
    expect(chance(warm, none, 60)).toBeLessThan(0.01);
    expect(chance(warm, await heated(5), 60)).toBeLessThan(0.01);
  });
});
