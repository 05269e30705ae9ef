import { describe, expect, it } from "vitest";
import { createDrift } from "../../../src/models/teacher-student/drift";
import { createLayout, createObserver } from "../../../src/models/teacher-student/layout";
import {
  checkOrderParameters,
  jointCovariance,
  type OrderParameters,
  type TeacherStudent,
} from "../../../src/models/teacher-student/network";
import { separationGauge } from "../../../src/models/teacher-student/specialisation";
import { vectorsOf } from "../../../src/models/teacher-student/start";
import { erfPair, orderOf, referenceStart } from "./helpers";

function rates(network: TeacherStudent, order: OrderParameters, rate: number, batch: number): Float64Array {
  const layout = createLayout(network);
  const out = new Float64Array(layout.length);
  createDrift(network, order, batch)(rate, layout.pack(order), out);
  return out;
}

function errorOf(network: TeacherStudent, order: OrderParameters, y: ArrayLike<number>): number {
  const observer = createObserver(network, order);
  const values = new Float64Array(observer.names.length);
  observer.observeInto(y, values);
  return values[0];
}

describe("drift of the order parameters", () => {
  const trained = { ...erfPair, trainSecondLayer: true };

  it("vanishes where the student is the teacher, and not with label noise", () => {
    const t = [
      [1, 0.2],
      [0.2, 0.8],
    ];
    const perfect = orderOf(t, t, t, [0.7, -1.2], [0.7, -1.2]);
    expect(Math.max(...rates(trained, perfect, 0.5, 1).map(Math.abs))).toBeLessThan(1e-15);
    const noisy = rates({ ...trained, labelNoise: 0.3 }, perfect, 0.5, 1);
    const { student } = createLayout(trained);
    // (η²/B) v_i² σ² (2/π)/√((1 + Q)² − Q²)
    const expected = 0.25 * 0.49 * 0.09 * (2 / Math.PI / Math.sqrt(3));
    expect(Math.abs(noisy[student(0, 0)] - expected)).toBeLessThan(1e-15);
  });

  it("has noise in Q alone, as η²/B", () => {
    const flow = rates(trained, referenceStart, 0.5, Infinity);
    const single = rates(trained, referenceStart, 0.5, 1);
    const batch = rates(trained, referenceStart, 0.5, 8);
    const slow = rates(trained, referenceStart, 0.25, 1);
    const { student, length } = createLayout(trained);
    const ofQ = [student(0, 0), student(0, 1), student(1, 1)];
    for (let k = 0; k < length; k++) {
      const noise = single[k] - flow[k];
      if (!ofQ.includes(k)) {
        expect(noise).toBe(0);
        continue;
      }
      expect(Math.abs(noise)).toBeGreaterThan(1e-4);
      expect(Math.abs(batch[k] - flow[k] - noise / 8)).toBeLessThan(1e-15);
      expect(Math.abs(slow[k] - flow[k] / 2 - noise / 4)).toBeLessThan(1e-15);
    }
  });

  it("without noise is gradient descent of the generalisation error in v, and in the overlaps", () => {
    // The slopes of ε_g in the vectors: w_i moves along −η Σ_j (∂ε_g/∂C_ij)(…), so that dR_im/dt = −η Σ_j G_ij C_j,m.
    const layout = createLayout(trained);
    const y = layout.pack(referenceStart);
    const slope = (k: number) => {
      const at = (h: number) =>
        errorOf(
          trained,
          referenceStart,
          y.map((value, i) => (i === k ? value + h : value)),
        );
      return (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 0.012;
    };
    const flow = rates(trained, referenceStart, 1, Infinity);
    const c = jointCovariance(referenceStart);
    for (let i = 0; i < 2; i++) {
      expect(Math.abs(flow[layout.secondLayer + i] + slope(layout.secondLayer + i))).toBeLessThan(1e-9);
      const gradient = Float64Array.from({ length: 4 }, (_, j) =>
        j < 2
          ? (i === j ? 2 : 1) * slope(layout.student(Math.min(i, j), Math.max(i, j)))
          : slope(layout.cross(i, j - 2)),
      );
      for (let m = 0; m < 2; m++) {
        const expected = -gradient.reduce((sum, g, j) => sum + g * c[j * 4 + 2 + m], 0);
        expect(Math.abs(flow[layout.cross(i, m)] - expected)).toBeLessThan(1e-9);
      }
    }
  });

  it("is not changed by a third unit of the teacher that counts for nothing, or is half of one there was", () => {
    const three = { ...trained, labelNoise: 0.2, teacherWidth: 3 };
    const two = { ...three, teacherWidth: 2 };
    const q = [
      [1, 0.05],
      [0.05, 0.9],
    ];
    const r = [
      [0.04, -0.03],
      [-0.02, 0.05],
    ];
    const t = [
      [1, 0.1],
      [0.1, 1.1],
    ];
    const [wide, narrow] = [createLayout(three), createLayout(two)];
    const expected = rates(two, orderOf(q, r, t, [1, 0.8], [0.6, -1.2]), 0.5, 1);
    const withThird = (correlated: number[][], teacher: number[][], vStar: number[]) =>
      rates(three, orderOf(q, correlated, teacher, [1, 0.8], vStar), 0.5, 1);
    const idle = withThird(
      [
        [0.04, -0.03, 0.2],
        [-0.02, 0.05, 0.1],
      ],
      [
        [1, 0.1, 0],
        [0.1, 1.1, 0.3],
        [0, 0.3, 0.7],
      ],
      [0.6, -1.2, 0],
    );
    const halved = withThird(
      [
        [0.04, -0.03, -0.03],
        [-0.02, 0.05, 0.05],
      ],
      [
        [1, 0.1, 0.1],
        [0.1, 1.1, 1.1],
        [0.1, 1.1, 1.1],
      ],
      [0.6, -0.6, -0.6],
    );
    for (const found of [idle, halved]) {
      for (let i = 0; i < 2; i++) {
        for (let k = 0; k < 2; k++) {
          expect(Math.abs(found[wide.cross(i, k)] - expected[narrow.cross(i, k)])).toBeLessThan(1e-15);
          if (k < i) continue;
          expect(Math.abs(found[wide.student(i, k)] - expected[narrow.student(i, k)])).toBeLessThan(1e-15);
        }
        expect(Math.abs(found[wide.secondLayer + i] - expected[narrow.secondLayer + i])).toBeLessThan(1e-15);
      }
    }
  });

  it("is the same for the units in another order, and keeps units that are alike alike, exactly", () => {
    const swapped = orderOf(
      [
        [0.9, 0.05],
        [0.05, 1],
      ],
      [
        [-0.02, 0.05],
        [0.04, -0.03],
      ],
      [
        [1, 0.1],
        [0.1, 1.1],
      ],
      [0.8, 1],
    );
    const { cross, student, secondLayer } = createLayout(trained);
    const one = rates(trained, referenceStart, 0.5, 1);
    const other = rates(trained, swapped, 0.5, 1);
    expect(Math.abs(one[cross(0, 1)] - other[cross(1, 1)])).toBeLessThan(1e-15);
    expect(Math.abs(one[student(0, 0)] - other[student(1, 1)])).toBeLessThan(1e-15);
    expect(Math.abs(one[secondLayer] - other[secondLayer + 1])).toBeLessThan(1e-15);

    const t = [
      [1, 0],
      [0, 1],
    ];
    const q = [
      [0.5, 0.1],
      [0.1, 0.5],
    ];
    const alike = rates(
      trained,
      orderOf(
        q,
        [
          [0.1, 0.1],
          [0.1, 0.1],
        ],
        t,
      ),
      0.5,
      1,
    );
    expect(alike[cross(0, 0)]).toBe(alike[cross(0, 1)]);
    expect(alike[cross(0, 0)]).toBe(alike[cross(1, 0)]);
    expect(alike[student(0, 0)]).toBe(alike[student(1, 1)]);
  });
});

describe("separation of the student's units", () => {
  const t = [
    [1, 0.2],
    [0.2, 1],
  ];
  const layout = createLayout(erfPair);
  const gauge = separationGauge(erfPair, orderOf(t, t, t))!;
  const of = (r: readonly (readonly number[])[], q = t) => gauge(layout.pack(orderOf(q, r, t)));

  it("is 0 on the plateau, 1 for a unit of the teacher, whatever its sign and length", () => {
    expect(
      of([
        [0.5, 0.5],
        [-0.3, 0.3],
      ]),
    ).toBe(0);
    expect(
      of([
        [0.5, 0.5],
        [0.2, 1],
      ]),
    ).toBeCloseTo(1, 15);
    expect(
      of([
        [0.5, 0.5],
        [-0.2, -1],
      ]),
    ).toBeCloseTo(1, 15);
    expect(
      of(
        [
          [0.5, 0.5],
          [0.6, 3],
        ],
        [
          [1, 0.2],
          [0.2, 9],
        ],
      ),
    ).toBeCloseTo(1, 15);
    expect(
      of([
        [0.5, 0.1],
        [0.2, 0.3],
      ]),
    ).toBeCloseTo(0.5, 15);
  });

  it("does not exist where the teacher has nothing to choose between", () => {
    expect(
      separationGauge({ ...erfPair, teacherWidth: 1 }, { teacherOverlap: Float64Array.of(1) }),
    ).toBeUndefined();
    const parallel = { teacherOverlap: Float64Array.of(1, -1, -1, 1) };
    expect(separationGauge(erfPair, parallel)).toBeUndefined();
  });
});

describe("at the door", () => {
  const t = [
    [1, 0],
    [0, 1],
  ];
  const r = [
    [0.1, 0],
    [0, 0.1],
  ];
  it.each([
    ["initial.studentOverlap", orderOf([[1]], r, t)],
    ["initial.crossOverlap", orderOf(t, [[0.1, 0]], t)],
    ["initial.teacherOverlap", orderOf(t, r, [[1, 0]])],
    ["initial.studentWeights", orderOf(t, r, t, [1])],
    ["initial.teacherWeights", orderOf(t, r, t, [1, 1], [1, Number.NaN])],
    [
      "initial.studentOverlap[1][0]",
      orderOf(
        [
          [1, 0.1],
          [0.2, 1],
        ],
        r,
        t,
      ),
    ],
    [
      "initial.studentOverlap",
      orderOf(
        [
          [1, 2],
          [2, 1],
        ],
        r,
        t,
      ),
    ],
    [
      "initial.crossOverlap",
      orderOf(
        t,
        [
          [0.9, 0.9],
          [0, 0],
        ],
        t,
      ),
    ],
  ])("%s is named", (name, order) => {
    const message = new RegExp(`^${name.replace(/[[\].]/g, "\\$&")} `);
    expect(() => checkOrderParameters(erfPair, order)).toThrow(message);
  });

  it("vectors have the overlaps that are asked for", () => {
    const { student, teacher } = vectorsOf(referenceStart, 10);
    const dot = (a: Float64Array, i: number, b: Float64Array, k: number) =>
      a.slice(10 * i, 10 * i + 10).reduce((sum, x, d) => sum + x * b[10 * k + d], 0) / 10;
    for (let i = 0; i < 2; i++) {
      for (let k = 0; k < 2; k++) {
        expect(dot(student, i, student, k)).toBeCloseTo(referenceStart.studentOverlap[2 * i + k], 14);
        expect(dot(student, i, teacher, k)).toBeCloseTo(referenceStart.crossOverlap[2 * i + k], 14);
        expect(dot(teacher, i, teacher, k)).toBeCloseTo(referenceStart.teacherOverlap[2 * i + k], 14);
      }
    }
  });
});
