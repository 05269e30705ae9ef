import type { Ensemble, PredictionInfo, Predictions, QuantityInfo, Trajectory } from "twotime";
import type { PackedError } from "twotime/pool";

/** Plain data, as in a config file. */
export type Fields = Readonly<Record<string, unknown>>;

/** One setting of a system: a config without its report. */
export interface Setting {
  readonly system: string;
  readonly parameters: Fields;
  readonly method: Fields;
  readonly simulation: Fields;
}

/** A JSON schema as zod writes it, as far as the form reads it. */
export interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly (string | number | boolean)[];
  readonly const?: string | number | boolean | null;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly symbol?: string;
  readonly unit?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

/** What the page knows of a system: its record as plain data. */
export interface SystemDescription {
  readonly name: string;
  readonly title: string;
  readonly parameters: JsonSchema;
  readonly methods: Readonly<Record<string, JsonSchema>>;
  /** Undefined where there is no finite system to simulate. */
  readonly simulation?: JsonSchema;
  readonly quantities: readonly QuantityInfo[];
  readonly predictions: readonly PredictionInfo[];
  readonly citations: readonly string[];
  /** Whether time counts whole steps, as the page opens. */
  readonly stepped: boolean;
  /** What the page opens with. */
  readonly opening: Setting;
}

/** Two-time functions on lines of constant t′: `series[name][k]` belongs to `pairs[k]` = [t, t′]. */
export interface PairCurves {
  readonly pairs: readonly (readonly [number, number])[];
  readonly series: Readonly<Record<string, Float64Array>>;
  readonly error?: Readonly<Record<string, Float64Array>>;
  readonly standardError?: Readonly<Record<string, Float64Array>>;
}

/** The theory of a setting, as it comes in: later parts are added to earlier ones. */
export interface TheoryPart {
  /** As dense as a drawing needs. */
  readonly drawn?: Trajectory;
  /** At the report times of the command line, for exports. */
  readonly reported?: Trajectory;
  readonly pairs?: PairCurves;
  readonly predictions?: Predictions;
  /** Times of events, e.g. exitTime: one, or one a sample. */
  readonly events?: Readonly<Record<string, Float64Array>>;
  readonly notes?: readonly string[];
  readonly seconds?: number;
}

/** The finite system of a setting: the samples that are finished. */
export type FinitePart = Pick<
  Ensemble,
  "time" | "series" | "standardError" | "samples" | "size" | "twoTime" | "events" | "notes"
>;

/** What can be asked of a worker. */
export type Order =
  | { readonly kind: "describe" }
  | { readonly kind: "solve"; readonly setting: Setting }
  | { readonly kind: "simulate"; readonly setting: Setting; readonly paired: boolean }
  | { readonly kind: "piece"; readonly name: string; readonly module: string; readonly piece: unknown };

export type ToWorker =
  /** A pool: ports to other workers. */
  | { readonly kind: "pool"; readonly ports: readonly MessagePort[] }
  /** Somebody else who may ask. */
  | { readonly kind: "port"; readonly port: MessagePort }
  | { readonly kind: "start"; readonly id: number; readonly order: Order }
  | { readonly kind: "stop"; readonly id: number };

export type FromWorker =
  /** Asks for a pool. */
  | { readonly kind: "pool"; readonly id: 0 }
  | { readonly kind: "progress"; readonly id: number; readonly share: number; readonly label: string }
  | { readonly kind: "news"; readonly id: number; readonly news: unknown }
  | { readonly kind: "done"; readonly id: number; readonly result: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly error: PackedError };
