import { describe, expect, it } from "vitest";
import { createLayout } from "../../../src/models/teacher-student/layout";
import type { OrderParameters } from "../../../src/models/teacher-student/network";
import { symmetryOf } from "../../../src/models/teacher-student/symmetry";
import { erfPair, orderOf } from "./helpers";

const identity = (n: number) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, k) => (i === k ? 1 : 0)));

/** What is left of a rate 1, 2, 3, … of the packed order parameters. */
function symmetrised(start: OrderParameters) {
  const network = {
    ...erfPair,
    studentWidth: start.studentWeights.length,
    teacherWidth: start.teacherWeights.length,
  };
  const rate = Float64Array.from({ length: createLayout(network).length }, (_, k) => k + 1);
  const { isBlind, symmetrise } = symmetryOf(network, start);
  symmetrise(rate);
  return { isBlind, rate: [...rate] };
}

describe("symmetries of a start", () => {
  it("none: nothing changes", () => {
    const start = orderOf(
      identity(2),
      [
        [0.1, 0],
        [0, 0.05],
      ],
      identity(2),
    );
    expect(symmetrised(start)).toEqual({ isBlind: false, rate: [1, 2, 3, 4, 5, 6, 7, 8, 9] });
  });

  it("of teacher and student: R is one number, Q two, v one", () => {
    const start = orderOf(
      identity(2),
      [
        [0.1, 0.1],
        [0.1, 0.1],
      ],
      identity(2),
    );
    expect(symmetrised(start)).toEqual({ isBlind: true, rate: [1, 1, 1, 1, 5, 6, 5, 8, 8] });
  });

  it("of two of three units, on each side", () => {
    const cross = [
      [0.1, 0.1, 0.2],
      [0.1, 0.1, 0.2],
      [0.3, 0.3, 0.1],
    ];
    const { isBlind, rate } = symmetrised(orderOf(identity(3), cross, identity(3)));
    expect(isBlind).toBe(false);
    expect(rate).toEqual([1, 1, 3, 1, 1, 3, 7, 7, 9, 10, 11, 12, 10, 12, 15, 16, 16, 18]);
  });

  it("a unit of the opposite sign and weight is the same one, its signs apart", () => {
    const start = orderOf(
      identity(2),
      [
        [0.1, -0.1],
        [0.1, -0.1],
      ],
      identity(2),
    );
    const opposite = { ...start, teacherWeights: Float64Array.of(1, -1) };
    expect(symmetrised(opposite)).toEqual({ isBlind: true, rate: [1, -1, 1, -1, 5, 6, 5, 8, 8] });
    expect(symmetrised(start).isBlind).toBe(false);
  });
});
