import { criticalTemperature } from "../../models/spherical-sk/critical-temperature";
import { outlierOf } from "../../models/spherical-sk/outlier";
import type { SphericalSk } from "../../models/spherical-sk/problem";

/** What a user should know of a run. */
export function remarks(problem: SphericalSk): string[] {
  const { temperature, schedule, size, signal, spikeWeight, initialOverlap } = problem;
  const notes: string[] = [];
  const critical = criticalTemperature(problem);
  const highest = [0, ...schedule.kinks].reduce(
    (most, t) => Math.max(most, schedule.rateBefore(t), schedule.rate(t)),
    0,
  );
  const hottest = temperature === 0 ? 0 : temperature * highest;
  if (hottest >= critical) {
    notes.push(
      `T·η ${hottest === Infinity ? "is infinite at t = 0" : `comes to ${Number(hottest.toPrecision(4))}`}, the critical temperature is ${Number(critical.toPrecision(4))}: as long as it is not below, the dynamics equilibrates hot, with z beyond the edge and no condensate`,
    );
  }
  const hasOutlier = outlierOf(problem).gap > 0;
  if (signal === 1 && hasOutlier && size === null && initialOverlap === null) {
    notes.push(
      "in the infinite system a random start never finds the signal: give a size or an initialOverlap",
    );
  }
  if (!hasOutlier && size !== null) {
    notes.push(
      `no outlier: the curves are those of a typical spectrum of N = ${size}, eigenvalues at their mean places; those of a sample, and Z² of its start along each, differ from N^⅔ in the clock on`,
    );
  }
  if (hasOutlier && size !== null) {
    notes.push(
      spikeWeight === "random"
        ? "mean over the start's component along the outlier, Z ~ N(0, 1); overlap is |m|"
        : "overlap is |m|: the sign of a random start's overlap is open",
    );
  }
  return notes;
}
