import { type PhaseRuns, type PhaseSetting, WARM } from "./runs";

/** Sizes of the computation behind the figure. */
export interface NoiseSizes {
  /** ℓ below 1, each with its learning rate; ℓ = 1 is gradient descent and always there. */
  readonly batches: readonly (readonly [fraction: number, learningRate: number])[];
  /** τ, among them 1. */
  readonly persistences: readonly number[];
  /** Whether SGD without persistence is there too. */
  readonly vanilla: boolean;
  /** T above 0; T = 0 is gradient descent. */
  readonly temperatures: readonly number[];
  readonly learningRate: number;
  readonly size: number;
  readonly samples: number;
  readonly until: number;
  /** Time from which on T = 0. */
  readonly coldFrom: number;
}

/** ℓ and τ where the other one is varied. */
export const FRACTION = 0.5;
export const PERSISTENCE = 1;
const DESCENT = "GD";

const batchName = (fraction: number) => `ℓ = ${fraction}`;
export const persistenceName = (persistence: number) => `τ = ${persistence}`;
const temperatureName = (temperature: number) => `T = ${temperature}`;

/** Every setting once: those that belong to two families are in common. */
export function noiseSettings(sizes: NoiseSizes): PhaseSetting[] {
  const { batches, persistences, vanilla, temperatures, learningRate, coldFrom } = sizes;
  const { size, samples, until } = sizes;
  const setting = (name: string, parameters: Readonly<Record<string, unknown>>, rate = learningRate) => ({
    name,
    parameters: { ...WARM, learningRate: rate, ...parameters },
    size,
    samples,
    until,
  });
  const persistent = (batchFraction: number, persistence: number) => ({
    algorithm: "persistent-sgd",
    batchFraction,
    persistence,
  });
  return [
    setting(DESCENT, { algorithm: "gradient-descent" }),
    ...batches.map(([fraction, rate]) =>
      setting(batchName(fraction), persistent(fraction, PERSISTENCE), rate),
    ),
    ...(vanilla ? [setting("SGD", { algorithm: "sgd", batchFraction: FRACTION })] : []),
    ...persistences.map((persistence) =>
      setting(persistenceName(persistence), persistent(FRACTION, persistence)),
    ),
    ...temperatures.map((temperature) =>
      setting(temperatureName(temperature), {
        algorithm: "langevin",
        temperature,
        temperatureOffAt: coldFrom,
      }),
    ),
  ];
}

/** Settings that differ in one parameter. */
export interface Family {
  readonly title: string;
  readonly symbol: string;
  readonly members: readonly { readonly value: number; readonly runs: PhaseRuns }[];
  /** SGD without persistence. */
  readonly other?: PhaseRuns;
}

/** The settings by what is varied, ascending; those that belong to two families are in both. */
export function familiesOf(
  runs: readonly PhaseRuns[],
  { batches, persistences, temperatures }: NoiseSizes,
): Family[] {
  const named = (name: string) => runs.find((those) => those.name === name)!;
  const descent = named(DESCENT);
  const members = (values: readonly number[], nameOf: (value: number) => string) =>
    values.map((value) => ({ value, runs: named(nameOf(value)) }));
  const middle = { value: FRACTION, runs: named(persistenceName(PERSISTENCE)) };
  const byBatch = members(
    batches.map(([fraction]) => fraction),
    batchName,
  );
  return [
    {
      title: "Batch",
      symbol: "ℓ",
      members: [...byBatch, middle, { value: 1, runs: descent }].sort((a, b) => a.value - b.value),
    },
    {
      title: "Persistence",
      symbol: "τ",
      members: members(persistences, persistenceName),
      other: runs.find(({ name }) => name === "SGD"),
    },
    {
      title: "Temperature",
      symbol: "T",
      members: [{ value: 0, runs: descent }, ...members(temperatures, temperatureName)],
    },
  ];
}
