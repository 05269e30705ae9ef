import fc from "fast-check";
import type { ScheduleSpec } from "../../src/schedule";

/** fast-check options of every property here. */
export const runs = { seed: 20261122, numRuns: 300 };

/** Relative deviation from an expected value. */
export const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

/** Log-uniform numbers from 10^low to 10^high. */
export const logUniform = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((power) => 10 ** power);

const exponent = (max: number) => fc.double({ min: 0, max, noNaN: true });

/** Schedules whose rate is a power of the time, on any scale. */
export const powerSpecs: fc.Arbitrary<ScheduleSpec> = fc.oneof(
  fc.record({ kind: fc.constant("constant" as const), rate: logUniform(-3, 2) }),
  fc.record({
    kind: fc.constant("power-law" as const),
    rate: logUniform(-3, 2),
    exponent: exponent(0.9),
    offset: fc.oneof(fc.constant(0), logUniform(-3, 3)),
  }),
  fc.record({
    kind: fc.constant("power-law" as const),
    rate: logUniform(-3, 2),
    exponent: fc.oneof(
      exponent(3),
      logUniform(-15, -2).map((x) => 1 + x),
      fc.constant(1),
    ),
    offset: logUniform(-3, 3),
  }),
  fc.record({
    kind: fc.constant("clamped-power-law" as const),
    rate: logUniform(-3, 2),
    exponent: exponent(2),
  }),
  fc.record({
    kind: fc.constant("hold-then-decay" as const),
    rate: logUniform(-3, 2),
    switchTime: fc.oneof(fc.constant(0), logUniform(-3, 6)),
    exponent: exponent(2),
    unit: logUniform(-2, 2),
  }),
);

/** Schedules that end at a horizon. */
export const horizonSpecs: fc.Arbitrary<ScheduleSpec & { horizon: number }> = fc.oneof(
  fc.record({
    kind: fc.constant("polynomial-decay" as const),
    rate: logUniform(-3, 2),
    horizon: logUniform(-3, 9),
    exponent: exponent(5),
  }),
  fc.record({ kind: fc.constant("cosine" as const), rate: logUniform(-3, 2), horizon: logUniform(-3, 9) }),
  fc
    .record({
      kind: fc.constant("warmup-stable-decay" as const),
      rate: logUniform(-3, 2),
      horizon: logUniform(-3, 9),
      exponent: exponent(3),
      marks: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
    })
    .map(({ marks, ...spec }) => ({
      ...spec,
      warmup: Math.min(...marks) * spec.horizon,
      decayStart: Math.max(...marks) * spec.horizon,
    })),
);

/** Rates that jump up or down. */
export const stepSpecs: fc.Arbitrary<ScheduleSpec & { times: number[] }> = fc
  .record({
    rate: logUniform(-2, 1),
    factor: logUniform(-0.5, 0.5),
    steps: fc.array(logUniform(-3, 3), { minLength: 1, maxLength: 8 }),
  })
  .map(({ steps, ...spec }) => {
    const times: number[] = [];
    for (const step of steps) times.push((times[times.length - 1] ?? 0) + step);
    return { kind: "steps" as const, ...spec, times };
  });

/** Tables with steps of any length and some stretches at rate 0. */
export const tableSpecs: fc.Arbitrary<ScheduleSpec & { times: number[]; rates: number[] }> = fc
  .array(fc.tuple(logUniform(-2, 2), fc.oneof(fc.constant(0), logUniform(-2, 2))), {
    minLength: 1,
    maxLength: 12,
  })
  .map((steps) => {
    const times = [0];
    for (const [step] of steps) times.push(times[times.length - 1] + step);
    return { kind: "tabulated" as const, times, rates: [0.3, ...steps.map(([, rate]) => rate)] };
  });
