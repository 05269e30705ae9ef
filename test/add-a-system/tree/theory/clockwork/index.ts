import type { Complex } from "../../core/results";

/** A hand that turns by an angle a step and shrinks by a factor: the k-th position is (factor e^{i angle})^k. */
export interface Clockwork {
  readonly angle: number;
  readonly factor: number;
}

/** The position after some steps. */
export function position({ angle, factor }: Clockwork, steps: number): Complex {
  const length = factor ** steps;
  return { real: length * Math.cos(angle * steps), imaginary: length * Math.sin(angle * steps) };
}
