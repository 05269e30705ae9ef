import { type Ensemble, type Options, simulate } from "twotime";
import type { FinitePart, Setting } from "./messages";
import { countsSteps, recordOf } from "./solve";
import { drawnPairs, LATER, reportTimes } from "./times";

/** Least time between two pictures of the growing ensemble. */
const TELL_EVERY_MS = 150;

/** Simulates the finite system of a setting and tells, now and then, the mean of the samples that are finished. */
export async function simulateSetting(
  { system, parameters, method, simulation }: Setting,
  paired: boolean,
  options: Options,
  onNews: (part: FinitePart) => void,
): Promise<FinitePart> {
  const end = Number(simulation.until ?? method.until);
  const times = end > 0 ? reportTimes(end, countsSteps(recordOf(system), parameters)) : undefined;
  const pairs = paired && end > 0 ? drawnPairs(end, LATER.finite) : undefined;
  let next = 0;
  const onPartial = (make: () => unknown) => {
    if (performance.now() < next) return;
    onNews(partOf(make() as Ensemble));
    next = performance.now() + TELL_EVERY_MS;
  };
  return partOf(
    await simulate({ system, parameters }, { ...simulation, times, pairs }, { ...options, onPartial }),
  );
}

function partOf({
  time,
  series,
  standardError,
  samples,
  size,
  twoTime,
  events,
  notes,
}: Ensemble): FinitePart {
  return structuredClone({ time, series, standardError, samples, size, twoTime, events, notes });
}
