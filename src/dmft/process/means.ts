import { collectiveLimit } from "../../models/phase-retrieval/stability";
import { meanCurve } from "../../numerics/statistics";
import type { Setup } from "./setup";

/** Means over independent runs, with their standard errors: Infinity for a single run, which says nothing about its error. */
export function meanOf(curves: readonly Float64Array[]) {
  if (curves.length === 1) return { value: curves[0], standardError: curves[0].map(() => Infinity) };
  const { mean, standardError } = meanCurve(curves);
  return { value: mean, standardError };
}

export function collect<T>(names: readonly string[], of: (name: string) => T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, of(name)]));
}

/** What a user should know of the number of runs. */
export const runNotes = (runs: number): string[] =>
  runs === 1 ? ["a single run has no error bar: take several runs"] : [];

/** The infinite system may leave the signal where no learning rate so large can hold it. */
export function settlingNotes({ problem, cost }: Pick<Setup, "problem" | "cost">): string[] {
  const most = collectiveLimit(problem, cost);
  if (problem.learningRate <= most) return [];
  return [
    `the learning rate ${problem.learningRate} is above ${most.toPrecision(3)}, up to which the descent can settle at the signal: from there on it is driven away`,
  ];
}
