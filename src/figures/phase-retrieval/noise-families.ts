import { type LimitSizes, type PhaseRuns, type PhaseSetting, WARM } from "./runs";

/** Sizes of the figure of the three kinds of noise. */
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
  /** Of the limit N → ∞, where it is there too. */
  readonly limit?: LimitSizes;
}

/** ℓ and τ where the other one is varied. */
export const FRACTION = 0.5;
export const PERSISTENCE = 1;
const DESCENT = "GD";
const VANILLA = "SGD";

const nameOf = (symbol: Family["symbol"], value: number) => `${symbol} = ${value}`;

/** Every setting once: those that belong to two families are in common. */
export function noiseSettings(sizes: NoiseSizes): PhaseSetting[] {
  const { batches, persistences, vanilla, temperatures, coldFrom, size, samples, until, limit } = sizes;
  const setting = (
    name: string,
    algorithm: string,
    parameters: Readonly<Record<string, unknown>>,
    learningRate = sizes.learningRate,
  ) => ({
    name,
    parameters: { ...WARM, learningRate, algorithm, ...parameters },
    size,
    samples,
    until,
    limit,
  });
  const [batchFraction, persistence] = [FRACTION, PERSISTENCE];
  return [
    setting(DESCENT, "gradient-descent", {}),
    ...batches.map(([fraction, rate]) =>
      setting(nameOf("ℓ", fraction), "persistent-sgd", { batchFraction: fraction, persistence }, rate),
    ),
    ...(vanilla ? [setting(VANILLA, "sgd", { batchFraction })] : []),
    ...persistences.map((tau) =>
      setting(nameOf("τ", tau), "persistent-sgd", { batchFraction, persistence: tau }),
    ),
    ...temperatures.map((temperature) =>
      setting(nameOf("T", temperature), "langevin", { temperature, temperatureOffAt: coldFrom }),
    ),
  ];
}

/** Settings that differ in one parameter. */
export interface Family {
  readonly title: string;
  readonly symbol: "ℓ" | "τ" | "T";
  readonly members: readonly { readonly value: number; readonly runs: PhaseRuns }[];
  /** SGD without persistence. */
  readonly other?: PhaseRuns;
}

/** The settings by what is varied, ascending; those that belong to two families are in both. */
export function familiesOf(runs: readonly PhaseRuns[], sizes: NoiseSizes): Family[] {
  const { batches, persistences, temperatures } = sizes;
  const named = (name: string) => runs.find((those) => those.name === name)!;
  const members = (symbol: Family["symbol"], values: readonly number[]) =>
    values.map((value) => ({ value, runs: named(nameOf(symbol, value)) }));
  const descent = named(DESCENT);
  const middle = { value: FRACTION, runs: named(nameOf("τ", PERSISTENCE)) };
  const byBatch = [
    ...members(
      "ℓ",
      batches.map(([fraction]) => fraction),
    ),
    middle,
    { value: 1, runs: descent },
  ].sort((a, b) => a.value - b.value);
  return [
    { title: "Batch", symbol: "ℓ", members: byBatch },
    { title: "Persistence", symbol: "τ", members: members("τ", persistences), other: named(VANILLA) },
    {
      title: "Temperature",
      symbol: "T",
      members: [{ value: 0, runs: descent }, ...members("T", temperatures)],
    },
  ];
}
