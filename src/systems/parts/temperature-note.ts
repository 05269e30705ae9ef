import type { ScheduleSpec } from "../../schedule";

interface Langevin {
  readonly temperature: number;
  readonly schedule: ScheduleSpec | number;
}

/** What closed forms at T are, of a dynamics that feels T·η: nothing is to be said where η = 1 or T = 0. */
export function temperatureNote({ temperature, schedule }: Langevin): string[] {
  const rate =
    typeof schedule === "number" ? schedule : schedule.kind === "constant" ? schedule.rate : undefined;
  if (temperature === 0 || rate === 1) return [];
  const felt =
    rate === undefined
      ? "T·η(t), which changes"
      : `T·η = ${Number((temperature * rate).toPrecision(6))}, at which they hold for it`;
  return [`closed forms at T are those of rate 1; this dynamics feels ${felt}`];
}
