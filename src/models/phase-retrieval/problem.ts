import { between, finite, fraction, nonNegative, oneOf, positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";

export const ALGORITHMS = ["gradient-descent", "sgd", "persistent-sgd", "langevin"] as const;

/** How the finite system draws its batches. */
export const BATCH_SAMPLINGS = ["bernoulli", "fixed-size", "with-replacement"] as const;
export type BatchSampling = (typeof BATCH_SAMPLINGS)[number];

/** What is measured along a run. */
export const RETRIEVAL_QUANTITIES = [
  "overlap",
  "trainingLoss",
  "meanSquaredError",
  "meanAbsoluteError",
  "multiplier",
  "curvature",
  "drive",
  "norm",
] as const;

/** Training loss below which a signal counts as recovered, unless the user says otherwise. */
export const RECOVERY_LOSS = 1e-7;

/**
 * Recovery of a signal |w0|² = N from the moduli of M = αN Gaussian measurements by a gradient-based algorithm, of which
 * one step is
 *
 *   w ← w − η c Σ_μ s_μ v′(h_μ, h0_μ) ξ_μ/√N + √(2Tη) ζ,   h_μ = ξ_μ·w/√N
 *
 * followed by a projection on |w|² = N, or with ridge λ another term −ηλw; s_μ says which samples are in the batch: (P.1)
 * to (P.5)
 * (Mignacco, Urbani, Zdeborová, Stochasticity helps to navigate rough landscapes (2021), eqs. (7), (13), (C.2); b in
 * eq. (7) is the batch fraction ℓ, see docs/errata.md). Time is t = kη after k steps. Plain data.
 */
export interface PhaseRetrieval {
  /** α = M/N, above 0. */
  readonly sampleRatio: number;
  /** "sgd" draws a new batch at every step; in "persistent-sgd" a sample stays out of it for the time τ on average. */
  readonly algorithm: (typeof ALGORITHMS)[number];
  /** ℓ, above 0 and at most 1; 1 for gradient-descent and langevin. */
  readonly batchFraction: number;
  /** τ, at least η and η(1 − ℓ)/ℓ, so that probabilities stay below 1; null except for persistent-sgd. */
  readonly persistence: number | null;
  /** T; 0 for gradient-descent. */
  readonly temperature: number;
  /** Time from which on T is 0; null for never. */
  readonly temperatureOffAt: number | null;
  /**
   * m0 of the start m0 w0 + c z, z ~ N(0, I): on the sphere c > 0 is such that |w|² = N, with ridge it is 1. 0 is a
   * random start.
   */
  readonly initialOverlap: number;
  readonly constraint: "sphere" | { readonly ridge: number };
  /** Whether the gradient is divided by ℓ: c = 1/ℓ; otherwise c = 1. */
  readonly rescaleGradient: boolean;
  /** η */
  readonly learningRate: number;
}

/** The problem with its defaults. */
export function phaseRetrieval(
  settings: Partial<PhaseRetrieval> & Pick<PhaseRetrieval, "sampleRatio">,
): PhaseRetrieval {
  positive("sampleRatio", record("settings", settings).sampleRatio);
  return {
    algorithm: "gradient-descent",
    batchFraction: 1,
    persistence: null,
    temperature: 0,
    temperatureOffAt: null,
    initialOverlap: 0.2,
    constraint: "sphere",
    rescaleGradient: true,
    learningRate: 0.01,
    ...settings,
  };
}

/** @throws InvalidParameterError for the first number that is out of range, or at odds with the algorithm. */
export function checkPhaseRetrieval(problem: PhaseRetrieval): void {
  positive("sampleRatio", record("problem", problem).sampleRatio);
  positive("learningRate", problem.learningRate);
  oneOf("algorithm", problem.algorithm, ALGORITHMS);
  checkBatch(problem);
  checkTemperature(problem);
  if (problem.constraint === "sphere") between("initialOverlap", problem.initialOverlap, -1, 1);
  else {
    nonNegative("constraint.ridge", record("constraint", problem.constraint).ridge);
    finite("initialOverlap", problem.initialOverlap);
  }
}

function checkBatch({ algorithm, batchFraction: l, persistence, learningRate }: PhaseRetrieval): void {
  fraction("batchFraction", l);
  if (l < 1 && (algorithm === "gradient-descent" || algorithm === "langevin")) {
    throw new InvalidParameterError("batchFraction", l, `1 for ${algorithm}, which has no batches`);
  }
  if (algorithm !== "persistent-sgd") {
    if (persistence === null) return;
    throw new InvalidParameterError("persistence", persistence, `null: ${algorithm} has none`);
  }
  const least = learningRate * Math.max(1, (1 - l) / l);
  if (persistence !== null && persistence >= least * (1 - 1e-12) && persistence < Infinity) return;
  const shown = Number(least.toPrecision(6));
  throw new InvalidParameterError(
    "persistence",
    persistence,
    `a number of at least ${shown} (learningRate, and learningRate (1 − batchFraction)/batchFraction): a sample cannot change more than once a step`,
  );
}

function checkTemperature({ algorithm, temperature, temperatureOffAt }: PhaseRetrieval): void {
  nonNegative("temperature", temperature);
  if (algorithm === "gradient-descent" && temperature > 0) {
    throw new InvalidParameterError("temperature", temperature, '0 for gradient-descent (or "langevin")');
  }
  if (temperatureOffAt === null) return;
  nonNegative("temperatureOffAt", temperatureOffAt);
  if (temperature > 0) return;
  throw new InvalidParameterError(
    "temperatureOffAt",
    temperatureOffAt,
    "null at temperature 0: there is nothing to turn off",
  );
}

/** c, by which the gradient of a batch is multiplied: 1/ℓ, or 1 where it is not rescaled. */
export function gradientFactor({ batchFraction, rescaleGradient }: PhaseRetrieval): number {
  return rescaleGradient ? 1 / batchFraction : 1;
}

/** λ; 0 on the sphere. */
export function ridgeOf({ constraint }: PhaseRetrieval): number {
  return constraint === "sphere" ? 0 : constraint.ridge;
}

/** T at time t. */
export function temperatureAt({ temperature, temperatureOffAt }: PhaseRetrieval, t: number): number {
  return t < (temperatureOffAt ?? Infinity) ? temperature : 0;
}

/** Probabilities that a sample joins or leaves the batch in one step. */
export interface BatchRates {
  readonly join: number;
  readonly leave: number;
}

/**
 * Those of (P.5): η/τ and η(1 − ℓ)/(ℓτ) (eq. (7), with ℓ for b); ℓ and 1 − ℓ where every step has a new batch, the same
 * as τ = η/ℓ.
 * undefined where all samples take part in every step.
 */
export function batchRates(problem: PhaseRetrieval): BatchRates | undefined {
  const { batchFraction: l, persistence, learningRate } = problem;
  if (l === 1) return undefined;
  const join = persistence === null ? l : Math.min(1, learningRate / persistence);
  return { join, leave: Math.min(1, (join * (1 - l)) / l) };
}
