import { describe, it } from "vitest";
import type { ScheduleSpec } from "../../src/schedule";
import { H, restsAfterHorizon, solvers } from "./horizon";

const schedules: readonly ScheduleSpec[] = [
  { kind: "cosine", rate: 0.5, horizon: H },
  { kind: "polynomial-decay", rate: 0.5, horizon: H, exponent: 0.5 },
  { kind: "warmup-stable-decay", rate: 0.5, warmup: 0.5, decayStart: 2, horizon: H, exponent: 1 },
  { kind: "tabulated", times: [0, 1, H], rates: [0.5, 0.4, 0] },
];

describe("every schedule that comes to rest, beyond its horizon", () => {
  for (const spec of schedules) {
    for (const [name, solve] of Object.entries(solvers)) {
      for (const temperature of [0, 0.3]) {
        it(`ends as it does at the horizon: ${spec.kind}, T = ${temperature}, ${name}`, () =>
          restsAfterHorizon(spec, temperature, solve, [1.001 * H, 5 * H]));
      }
    }
  }
});
