import { positive } from "../core/check";
import { InvalidParameterError } from "../core/errors";
import type { Covariance } from "./covariance";
import { staticTemperature } from "./static-temperature";

/** What of a problem says that its loss has the mean −strength·N·Q(m), m the overlap with a planted state, and where it starts. */
export interface PlantedStart {
  readonly covariance: Covariance;
  /** Overlap m(0) of the start with a signal x*; absent without a signal. */
  readonly initialOverlap?: number;
  /** Temperature T0 in equilibrium at which the start is; absent or null: infinite, a random start. */
  readonly initialTemperature?: number | null;
}

/** A loss with the mean −strength·N·Q(m), and m at the start. */
export interface Planting {
  readonly strength: number;
  readonly overlap: number;
}

/**
 * The signal of a problem, or its start in equilibrium: given x(0), drawn with the weight exp(−L/T0), the loss is Gaussian with
 * the mean −(N/T0)·Q(x·x(0)/N), as if x(0) were a signal of strength 1/T0 (exactly where the disorder average may be annealed).
 * Undefined for a random start without a signal.
 */
export function plantingOf({ initialOverlap, initialTemperature }: PlantedStart): Planting | undefined {
  if (initialTemperature !== undefined && initialTemperature !== null) {
    return { strength: 1 / initialTemperature, overlap: 1 };
  }
  return initialOverlap === undefined ? undefined : { strength: 1, overlap: initialOverlap };
}

/**
 * @throws InvalidParameterError named `initialTemperature` where the annealed average is not exact, or beside a signal, and
 *   `initialOverlap` for one beyond 1.
 */
export function checkPlantedStart({ covariance, initialOverlap, initialTemperature }: PlantedStart): void {
  if (initialOverlap !== undefined && !(Math.abs(initialOverlap) <= 1)) {
    throw new InvalidParameterError("initialOverlap", initialOverlap, "a number from -1 to 1");
  }
  if (initialTemperature === undefined || initialTemperature === null) return;
  positive("initialTemperature", initialTemperature);
  const refuse = (allowed: string) =>
    new InvalidParameterError("initialTemperature", initialTemperature, allowed);
  if (initialOverlap !== undefined) throw refuse("absent where there is a signal");
  const lowest = staticTemperature(covariance);
  if (lowest === Infinity)
    throw refuse("null beside a random field, which no annealed average is exact with");
  if (initialTemperature < lowest) {
    throw refuse(
      `at least ${lowest.toPrecision(6)}, the static temperature, below which the start is no annealed one; or null for a random start`,
    );
  }
}
