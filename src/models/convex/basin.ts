import { finite, nonNegative, positive, record } from "../../core/check";
import { InvalidParameterError } from "../../core/errors";
import type { Schedule } from "../../schedule";

/**
 * One coordinate in a convex basin, loss κx²/2, under dx = −η κ x dt + η√(2T) dW from x0 at a start time (learning-rate
 * schedules paper, section 1 and appendix A).
 */
export interface ConvexBasin {
  /** κ > 0. */
  readonly curvature: number;
  /** T ≥ 0. */
  readonly temperature: number;
  readonly initialPosition: number;
  /** When the dynamics begins; times t below are absolute, and before it the loss is that of the start. */
  readonly startTime: number;
  /** The learning rate counted from the start time, see scheduleFrom. */
  readonly schedule: Schedule;
}

/** @throws InvalidParameterError; also for noise that is infinite at the start, ∫η² = ∞. */
export function checkBasin(basin: ConvexBasin): void {
  positive("curvature", record("basin", basin).curvature);
  nonNegative("temperature", basin.temperature);
  finite("initialPosition", basin.initialPosition);
  nonNegative("startTime", basin.startTime);
  record("schedule", basin.schedule, ["rate", "clock"]);
  if (basin.temperature > 0 && basin.schedule.startExponent >= 0.5) {
    const allowed =
      "a schedule whose ∫η² is finite at the start (exponent below 1/2, or a startTime above 0), or temperature 0";
    throw new InvalidParameterError("schedule", basin.schedule.label, allowed);
  }
}
