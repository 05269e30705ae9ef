import { readFileSync } from "node:fs";
import { type PhaseRetrieval, phaseRetrieval } from "../../src/models/phase-retrieval/problem";

/** A reference case of phase retrieval, its parameters in the words of the equations page. */
export interface PhaseCase {
  readonly id: string;
  readonly system: string;
  readonly params: {
    readonly alpha?: number;
    readonly l?: number;
    readonly tau?: number;
    readonly T?: number;
    readonly m0?: number;
    readonly lam?: number;
    readonly eta?: number;
    readonly N?: number;
    readonly ridge?: boolean;
    readonly q?: number;
    readonly q0?: number;
    readonly m?: number;
  };
  readonly quantity: string;
  readonly t: number | null;
  readonly value: number;
  readonly tolerance: number;
  readonly how: string;
}

export const phaseCases: readonly PhaseCase[] = JSON.parse(
  readFileSync(new URL("phase-retrieval.json", import.meta.url), "utf8"),
);

/** The problem of a case; what its parameters leave open stands in its name. */
export function problemOfCase({ id, system, params }: PhaseCase): PhaseRetrieval {
  const { alpha = 1, l = 1, tau, T = 0, m0 = 0, lam, eta = 0.01, ridge } = params;
  const constraint = lam === undefined && !ridge ? "sphere" : { ridge: lam ?? 0 };
  const stochastic = tau === undefined ? "sgd" : "persistent-sgd";
  return phaseRetrieval({
    sampleRatio: alpha,
    algorithm: T > 0 ? "langevin" : l < 1 ? stochastic : "gradient-descent",
    batchFraction: l,
    persistence: tau ?? null,
    temperature: T,
    initialOverlap: m0,
    constraint,
    rescaleGradient: !`${id} ${system}`.includes("nores"),
    learningRate: eta,
  });
}
