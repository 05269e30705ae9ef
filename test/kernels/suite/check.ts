import type { Workspace } from "../../../src/kernels/workspace";

/** Makes a workspace of the layer under test. */
export type Make = (bytes: number) => Workspace;

/** One property that every layer of the kernels must have; free of any test harness, so that it runs anywhere. */
export interface Check {
  readonly name: string;
  /** @throws Error where the property does not hold. */
  run(make: Make): void;
}

/** @throws Error with what `describe` says, unless `holds`. */
export function demand(holds: boolean, describe: () => string): void {
  if (!holds) throw new Error(describe());
}

/** Reproducible numbers in (−1, 1) that are no multiples of each other: a Weyl sequence. */
export function numbers(length: number, seed: number): number[] {
  return Array.from({ length }, (_, i) => {
    const turn = (i + 1) * 0.6180339887498949 + (seed + 1) * 0.7548776662466927;
    const x = Math.sin(40 * turn) * 43758.5453;
    return 2 * (x - Math.floor(x)) - 1;
  });
}
