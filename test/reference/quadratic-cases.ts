import { readFileSync } from "node:fs";

/** A reference case: parameters in the words of the equations page, its value and tolerance. */
export interface ReferenceCase {
  readonly id: string;
  readonly params: Readonly<Record<string, never>>;
  readonly quantity: string;
  readonly t?: number;
  readonly value: number | number[];
  readonly tolerance: number;
  readonly se?: number;
  readonly run?: {
    readonly verb: "solve" | "predict";
    readonly config: Readonly<Record<string, unknown>>;
    readonly select: readonly {
      readonly quantity: string;
      readonly time?: number;
      readonly index?: number[];
    }[];
  };
}

/**
 * The quenched time of this case was sampled, with a standard error of 4.5e-5 in the logarithm, above the tolerance
 * it carries; quadrature with 25 digits gives another value, and that is what the tests ask for.
 */
const QUADRATURE: Readonly<Record<string, number>> = { "qnc-1-1000-0.05": 0.6655567004223597 };

export const cases: readonly ReferenceCase[] = (
  JSON.parse(readFileSync(new URL("quadratic-network.json", import.meta.url), "utf8")) as ReferenceCase[]
).map((one) => ({ ...one, value: QUADRATURE[one.id] ?? one.value }));

/** The cases whose id starts so. */
export function casesOf(prefix: string): ReferenceCase[] {
  const found = cases.filter(({ id }) => id.startsWith(prefix));
  if (found.length === 0) throw new Error(`no reference case ${prefix}`);
  return found;
}

/** Starts of the reference ODEs, as [overlap, correlation]. */
export const starts: Readonly<Record<number, [number[], number[][]]>> = {
  2: [
    [0.1, -0.05],
    [
      [1, 0.02],
      [0.02, 1],
    ],
  ],
  5: [[1, -1, 2, 0.5, -1.5].map((x) => 0.04 * x), matrix(5, () => 0.02)],
  20: [
    Array.from({ length: 20 }, (_, j) => 0.02 * Math.cos(j + 1)),
    matrix(20, (j, l) => 0.01 * Math.cos(j - l)),
  ],
};

function matrix(p: number, off: (j: number, l: number) => number): number[][] {
  return Array.from({ length: p }, (_, j) => Array.from({ length: p }, (_, l) => (j === l ? 1 : off(j, l))));
}
