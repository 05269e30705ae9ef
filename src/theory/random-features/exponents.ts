import { nonNegative } from "../../core/check";
import { checkExponents } from "../../models/random-features/problem";

/** a and b of a power-law random-features model. */
export interface PowerLawExponents {
  /** a > 1. */
  readonly targetExponent: number;
  /** b > 1. */
  readonly spectrumExponent: number;
}

/** Exponents of optimal training with label noise (RF.17 to RF.21); losses are L − s2 ~ T^−exponent. */
export interface TrainingExponents {
  /** "easy" for a > b, "hard" for a < b; on the boundary the formulas of both agree, and it counts as easy. */
  readonly phase: "easy" | "hard";
  /** ξ: the peak of the optimal rate goes as T^−ξ. */
  readonly rateExponent: number;
  /** δ: the optimal rate ends as (1 − t/T)^δ. */
  readonly decayExponent: number;
  /** The annealing takes T^exponent steps. */
  readonly annealingWindowExponent: number;
  readonly lossExponentOptimal: number;
  readonly lossExponentConstant: number;
  readonly lossExponentPowerLaw: number;
  /** With momentum adapted to the time. */
  readonly lossExponentMomentum: number;
  /** The best constant rate goes as T^−exponent. */
  readonly constantRateExponent: number;
  /** The optimal batch goes as (1 − t/T)^exponent. */
  readonly batchRampExponent: number;
  /** D samples take D^exponent steps with a ramp. */
  readonly stepsExponent: number;
  /** L − σ² ~ (N T)^−exponent with the best number of features N … */
  readonly computeExponent: number;
  /** … which goes as (N T)^exponent. */
  readonly featuresExponent: number;
  /** σ = 0 and all modes trained, at a constant rate. */
  readonly noiselessExponentConstant: number;
  /** The same with the optimal schedule. */
  readonly noiselessExponentOptimal: number;
}

/**
 * Exponents of every schedule family in both phases (RF.17, RF.19 to RF.22, RF.27).
 * @throws InvalidParameterError unless a > 1 and b > 1.
 */
export function trainingExponents(exponents: PowerLawExponents): TrainingExponents {
  checkExponents(exponents);
  const { targetExponent: a, spectrumExponent: b } = exponents;
  const isEasy = a >= b;
  const larger = Math.max(a, b);
  const constant = (a - 1) / (a + b - 1); // RF.19
  return {
    phase: isEasy ? "easy" : "hard",
    rateExponent: isEasy ? (a - b) / a : 0, // RF.17
    decayExponent: 2 * b - 1, // RF.17
    annealingWindowExponent: isEasy ? 1 : 1 - (b - a) / (2 * b - 1), // RF.17
    lossExponentOptimal: (a - 1) / larger, // RF.17
    lossExponentConstant: constant,
    lossExponentPowerLaw: constant,
    lossExponentMomentum: (a - 1) * (isEasy ? 1 / a : Math.min((2 * b - 1) / (b * b), 1 / a)), // RF.27
    constantRateExponent: constant,
    batchRampExponent: 1 / (2 * b) - 1, // RF.22
    stepsExponent: isEasy ? b / a : 1, // RF.22
    computeExponent: (a - 1) / (larger + 1), // RF.20
    featuresExponent: 1 / (larger + 1), // RF.20
    noiselessExponentConstant: Math.min((a - 1) / b, 2 - 1 / b), // RF.21
    noiselessExponentOptimal: Math.min((a - 1) / b, 3 - 1 / b), // RF.21
  };
}

/**
 * L − s2 ~ T^−exponent for (1 − t/T)^decay at its best amplitude in the easy phase: s/(s + 1/min(decay + 1, b)),
 * s = (a − 1)/b (RF.19); decay 0 is the constant rate. At decay = b − 1 there is a logarithm besides.
 * @throws InvalidParameterError
 */
export function polynomialLossExponent(exponents: PowerLawExponents, decay: number): number {
  checkExponents(exponents);
  const { targetExponent: a, spectrumExponent: b } = exponents;
  nonNegative("decay", decay);
  const s = (a - 1) / b;
  return s / (s + 1 / Math.min(decay + 1, b));
}
