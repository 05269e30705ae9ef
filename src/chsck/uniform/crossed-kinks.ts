import type { Schedule } from "../../schedule";
import { correctionOf } from "./extrapolation";
import type { Grid } from "./grid";

/**
 * What steps across kinks of the schedule, such as the nodes of a fine table, leave of an error where the extrapolation to h → 0
 * does not see it: a kink inside a step makes an error that falls as h², but by a factor of its own at every halving. The kinks
 * are those of T_eff, whose integral ∫T_eff ds = T∫η² is known: its error by the trapezoid rule, extrapolated like everything
 * else, is the measure; the losses, C and R change by about as much as it does.
 *
 * @param grids coarse to fine, each with half the step of the one before.
 * @returns the error up to y, 0 where all kinks are nodes.
 */
export function crossedKinks(
  grids: readonly Grid[],
  { temperature, schedule }: { readonly temperature: number; readonly schedule: Schedule },
): (y: number) => number {
  const [coarsest] = grids;
  if (!coarsest.crossesKinks || temperature === 0 || grids.length < 3) return () => 0;
  const levels = grids.map((grid) => noiseDefect(grid, temperature, schedule));
  const nodes = coarsest.segments.flatMap(({ first, last, origin, step }) =>
    Array.from({ length: last - first }, (_, k) => origin + (k + 1) * step),
  );
  let most = 0;
  const error = nodes.map((_, k) => {
    const [coarse, middle, fine] = levels.map((defect, level) => defect[(k + 1) << level]).slice(-3);
    const left = fine + correctionOf(coarse, middle, fine);
    most = Math.max(most, Math.abs(left));
    return most;
  });
  return (y) =>
    error[
      Math.max(
        0,
        nodes.findIndex((node) => node >= y),
      )
    ] ?? most;
}

/** ∫T_eff ds from the start to the nodes, by the trapezoid rule, less what it is. */
function noiseDefect(
  { segments, before, after, time }: Grid,
  temperature: number,
  schedule: Schedule,
): number[] {
  const defect = [0];
  for (const { first, last, step } of segments) {
    for (let i = first + 1; i <= last; i++) {
      const sum = 0.5 * step * (after.noise[i - 1] + before.noise[i]);
      defect.push(defect[i - 1] + sum - temperature * schedule.heatBetween(time[i - 1], time[i]));
    }
  }
  return defect;
}
