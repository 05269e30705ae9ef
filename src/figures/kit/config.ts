/** A config file as a record: it names its system, and is all that a figure knows of it. */
export type ConfigSource = Readonly<Record<string, unknown>>;

/** Seed of every finite system in the figures. */
export const seed = 20261122;

/**
 * Seed of one ensemble of a figure: 20261122 and what the ensemble is, e.g. "exit width, p = 2". The rule for all
 * figures: ensembles with different words are independent; only what is to share its random numbers shares its words.
 */
export const seedFor = (ensemble: string): string => `${seed} ${ensemble}`;

/** `count` times from `first` to `last`, equally spaced in ln t. */
export function timesBetween(first: number, last: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === count - 1 ? last : Number((first * (last / first) ** (k / (count - 1))).toPrecision(4)),
  );
}

/** 0 and `count` times up to `until`, equally spaced. */
export const timesUntil = (until: number, count: number): number[] =>
  Array.from({ length: count + 1 }, (_, k) => (k * until) / count);
