import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSchedule } from "../../src/schedule";
import { createStepList } from "../../src/simulate/step-list";

describe("step list", () => {
  it("holds all requested times exactly, and no step longer than asked", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
        (step, until, fractions) => {
          const exact = fractions.map((fraction) => fraction * until);
          const { nodes, indexOf } = createStepList(createSchedule(1), until, step, exact);
          expect(nodes[0]).toBe(0);
          expect(nodes[nodes.length - 1]).toBeCloseTo(until, 8);
          for (let k = 1; k < nodes.length; k++) {
            expect(nodes[k] - nodes[k - 1]).toBeGreaterThan(0.9e-9 * step);
            expect(nodes[k] - nodes[k - 1]).toBeLessThan(step * (1 + 1e-8));
          }
          for (const time of exact) expect(Math.abs(nodes[indexOf(time)] - time)).toBeLessThan(2e-9 * step);
        },
      ),
      { seed: 20261122, numRuns: 200 },
    );
  });

  it("is the plain grid where nothing is asked, without slivers from rounding", () => {
    const { nodes } = createStepList(createSchedule(1), 0.3, 0.1, [0.1, 0.2, 0.3]);
    expect([...nodes]).toEqual([0, 0.1, 0.2, 0.3]);
    expect(createStepList(createSchedule(1), 100, 0.001, []).nodes.length).toBe(100001);
  });

  it("stops at the kinks of the schedule", () => {
    const schedule = createSchedule({ kind: "hold-then-decay", rate: 1, switchTime: 0.333, exponent: 1 });
    const { nodes, indexOf } = createStepList(schedule, 1, 0.1, []);
    expect(nodes[indexOf(0.333)]).toBe(0.333);
    expect(nodes.length).toBe(12);
  });

  it("cuts the first step of a singular schedule into parts equal in the clock", () => {
    const schedule = createSchedule({ kind: "power-law", rate: 1, exponent: 0.8, offset: 0 });
    const { nodes } = createStepList(schedule, 1, 0.1, []);
    expect(nodes.length).toBe(15);
    const parts = Array.from({ length: 5 }, (_, k) => schedule.clockBetween(nodes[k], nodes[k + 1]));
    for (const part of parts) expect(part).toBeCloseTo(schedule.clock(0.1) / 5, 12);
  });

  it("refuses more steps than can be taken", () => {
    expect(() => createStepList(createSchedule(1), 1, 1e-9, [])).toThrow("simulation.step");
  });
});
