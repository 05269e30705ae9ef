import { integerAtLeast, list, positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import { checkBatch } from "../../models/random-features/stability";

/** A loss measured along a run at a constant learning rate. */
export interface LossCurve {
  /** Steps, ascending from 0 on. */
  readonly step: ArrayLike<number>;
  /** Population (test) loss, label noise included, without a factor ½. */
  readonly loss: ArrayLike<number>;
  readonly rate: number;
  readonly batchSize: number;
}

/** Fewer points do not hold three numbers. */
const LEAST_POINTS = 6;

/** @throws InvalidParameterError, named like `fit.loss[3]` */
export function checkCurve(curve: LossCurve): void {
  const { step, loss, rate, batchSize } = record("fit", curve);
  integerAtLeast("fit.step.length", list("fit.step", step).length, LEAST_POINTS);
  if (list("fit.loss", loss).length !== step.length) {
    throw new InvalidParameterError("fit.loss.length", loss.length, `${step.length}, the number of steps`);
  }
  positive("schedule", rate);
  checkBatch("batchSize", batchSize);
  for (let i = 0; i < step.length; i++) {
    integerAtLeast(`fit.step[${i}]`, step[i], i === 0 ? 0 : step[i - 1] + 1);
    positive(`fit.loss[${i}]`, loss[i]);
  }
}
