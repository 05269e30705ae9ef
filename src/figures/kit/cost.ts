const UNITS = [
  { name: "days", seconds: 86400 },
  { name: "hours", seconds: 3600 },
  { name: "minutes", seconds: 60 },
  { name: "seconds", seconds: 1 },
];

/** A duration to two digits, in the unit that suits it. */
export function durationText(seconds: number): string {
  const { name, seconds: unit } = UNITS.find((one) => seconds >= 2 * one.seconds) ?? UNITS[UNITS.length - 1];
  return `${Number((seconds / unit).toPrecision(2))} ${name}`;
}
