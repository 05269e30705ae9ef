import { expect, it } from "vitest";
import { findSystem } from "../../src/systems/registry";

/** What scripts and sweeps ask for by name. A name may come, but none may go. */
const NAMES: Record<string, { quantities: string; predictions: string }> = {
  "p-spin": {
    quantities:
      "loss excessLoss multiplier lossExponent hessianLeftEdge correlation response integratedResponse",
    predictions:
      "thresholdLoss thresholdMultiplier thresholdLossZero groundStateLoss plateau dynamicTemperature ergodicityTemperature fdtViolation lossExponent optimalExponent",
  },
  "spiked-matrix-tensor": {
    quantities:
      "overlap loss matrixLoss tensorLoss multiplier hessianLeftEdge crossingTime correlation response integratedResponse",
    predictions:
      "equilibriumOverlap equilibriumSelfOverlap equilibriumLoss equilibriumMatrixLoss equilibriumTensorLoss thresholdMultiplier langevinEasyMatrixNoise plateauGrowthRate phase",
  },
  "spherical-sk": {
    quantities:
      "loss excessLoss multiplier logGamma overlap topOverlap hessianLeftEdge hessianEigenvalue hessianDensity correlation response",
    predictions:
      "groundStateLoss topEigenvalue gap signalOverlapSquared crossoverTimeLeading crossoverTime crossoverTimeHessian visibleTime lateExponent",
  },
  convex: {
    quantities: "loss optimisationLoss noiseLoss",
    predictions: "lateExponent",
  },
  "teacher-student": {
    quantities:
      "generalisationError studentOverlap crossOverlap secondLayer trainingError specialisationTime",
    predictions: "",
  },
  "phase-retrieval": {
    quantities:
      "overlap trainingLoss meanSquaredError multiplier curvature drive norm recoveredFraction correlation response noiseKernel responseKernel",
    predictions:
      "overlap norm trainingLoss meanSquaredError multiplier curvature drive recoveredFraction correlation response noiseKernel responseKernel",
  },
  "quadratic-network": {
    quantities: "risk excessRisk maxOverlap overlap correlation secondLayer exitTime",
    predictions:
      "exitTimeAnnealed exitTimeQuenched exitTimeShifted exitTimeDiffusion escapeRate correlationRate optimalLearningRate overparametrisationGain asymptoticExcessRisk criticalPointRisk",
  },
  "random-features": {
    quantities: "loss excessLoss",
    predictions:
      "phase rateExponent decayExponent annealingWindowExponent lossExponentOptimal lossExponentConstant lossExponentPowerLaw lossExponentMomentum constantRateExponent batchRampExponent stepsExponent computeExponent featuresExponent noiselessExponentConstant noiselessExponentOptimal stabilityRate",
  },
  "label-noise-momentum": {
    quantities: "radius logRadius hessianTrace testError firstPassageTime fitTime settleTime decayTime",
    predictions:
      "eigenvalue eigenvectorMomentum slowestModulus fastestModulus relaxationTime stationaryCovariance driftTime prefactor criticalPrefactor timescaleExponent originRate originStabilityLimit",
  },
};

it.each(Object.entries(NAMES))("%s has every quantity and prediction that is relied on", (name, names) => {
  const system = findSystem(name);
  for (const kind of ["quantities", "predictions"] as const) {
    const known = system[kind].map((one) => one.name);
    expect(known).toEqual(expect.arrayContaining(names[kind].split(" ").filter(Boolean)));
  }
});
