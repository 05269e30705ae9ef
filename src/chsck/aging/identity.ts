import type { RunIdentity } from "../../core/saved-states";
import { hashOf } from "../../numerics/hash";
import type { Schedule } from "../../schedule";
import type { TwoTimeProblem } from "../problem";

/** Of the scheme, its rule of grids, and what its states hold. */
const VERSION = "3";

/** What rows depend on; not how far and how accurately they are to be solved. */
export const identify = ({
  covariance,
  temperature,
  schedule,
  initialOverlap,
  initialTemperature,
}: TwoTimeProblem): RunIdentity => ({
  system: "two-time equations",
  solver: "aging",
  version: VERSION,
  parametersHash: hashOf([
    covariance.terms,
    temperature,
    fingerprint(schedule),
    initialOverlap ?? null,
    initialTemperature ?? null,
  ]),
});

/** A schedule is known by its values, on both sides of its kinks too. */
function fingerprint({
  label,
  corners,
  kinks,
  rate,
  rateBefore,
  startExponent,
}: Schedule): readonly unknown[] {
  const times = Array.from({ length: 60 }, (_, k) => 10 ** (k / 4 - 3));
  return [
    label,
    startExponent,
    ...corners,
    ...[...kinks, ...times].flatMap((t) => [t, rateBefore(t), rate(t)]),
  ];
}
