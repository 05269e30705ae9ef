import { readFileSync } from "node:fs";

/** A reference case of heavy-ball descent with label noise. */
export interface LabelNoiseCase {
  readonly id: string;
  readonly params: Readonly<Record<string, never>>;
  readonly quantity: string;
  readonly value: number | number[] | number[][] | { readonly re: number; readonly im: number };
  readonly tolerance: number | number[];
  readonly how: string;
  readonly run?: {
    readonly verb: "solve" | "simulate" | "predict";
    readonly config: Readonly<Record<string, unknown>>;
    readonly select: readonly {
      readonly quantity: string;
      readonly index?: readonly number[];
      readonly statistic?: string;
      readonly key?: "re" | "im";
      readonly scale?: number;
    }[];
  };
}

export const cases: readonly LabelNoiseCase[] = JSON.parse(
  readFileSync(new URL("label-noise-momentum.json", import.meta.url), "utf8"),
);

/** The case with this id. */
export function caseOf(id: string): LabelNoiseCase {
  const found = cases.find((one) => one.id === id);
  if (!found) throw new Error(`no reference case ${id}`);
  return found;
}

/** Value and tolerance of a case that is a number or a list, flat and row-major. */
export function numbersOf(id: string): { readonly values: number[]; readonly tolerance: number } {
  const { value, tolerance } = caseOf(id);
  return {
    values: typeof value === "number" ? [value] : (value as number[]).flat(),
    tolerance: Array.isArray(tolerance) ? Math.min(...tolerance) : tolerance,
  };
}
