/** Families of schedules with an amplitude to be found. */
export const FAMILIES = [
  "constant",
  "power-law",
  "polynomial",
  "warmup-stable-decay",
  "cosine",
  "linear",
] as const;

export type Family = (typeof FAMILIES)[number];
