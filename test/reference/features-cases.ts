import { readFileSync } from "node:fs";
import type { PowerLawFeatures } from "../../src/models/random-features";

/** A reference case of random features, its parameters in the words of the equations page. */
export interface FeaturesCase {
  readonly id: string;
  readonly system: string;
  readonly params: {
    readonly a: number;
    readonly b: number;
    readonly N?: number;
    readonly M?: number;
    readonly sigma2?: number;
    readonly s2?: number;
    readonly m?: number | string;
    readonly T?: number;
    readonly t?: number;
    readonly etaCap?: number | null;
    readonly etaMax?: number | null;
    readonly eta?: string;
  };
  readonly quantity: string;
  readonly value: number | readonly number[];
  readonly tolerance: number;
  /** The same case in the terms of a config. */
  readonly run?: {
    readonly verb: string;
    readonly config: Readonly<Record<string, unknown>>;
    readonly select: readonly { readonly quantity: string; readonly time?: number; readonly key?: string }[];
  };
}

export const featuresCases: readonly FeaturesCase[] = JSON.parse(
  readFileSync(new URL("random-features.json", import.meta.url), "utf8"),
);

export function featuresCase(id: string): FeaturesCase & { readonly value: number } {
  return featuresCases.find((one) => one.id === id) as FeaturesCase & { readonly value: number };
}

/** The model of a case: modes beyond the features only where it says so. */
export function featuresOfCase({ params }: FeaturesCase): PowerLawFeatures {
  const { a, b, N = 1000, M, sigma2, s2 } = params;
  return {
    targetExponent: a,
    spectrumExponent: b,
    features: N,
    modes: M ?? N,
    labelNoise: sigma2 ?? s2 ?? 0,
  };
}

/** η_t of every step from a function of the step. */
export const ratesOf = (horizon: number, rate: (t: number) => number): Float64Array =>
  Float64Array.from({ length: horizon }, (_, t) => rate(t));
