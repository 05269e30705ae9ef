import { describe, it } from "vitest";
import type { ScheduleSpec } from "../../src/schedule";
import { H, restsAfterHorizon, solvers } from "./horizon";

describe("a run beyond the horizon, where nothing moves any more", () => {
  // Its clock is summed with rounding at the horizon.
  const cosine: ScheduleSpec = { kind: "cosine", rate: 0.5, horizon: H };
  // Its last piece is shorter than the first rows of a phase are.
  const abrupt: ScheduleSpec = {
    kind: "tabulated",
    times: [0, 1, H * (1 - 1e-7), H],
    rates: [0.5, 0.4, 0.4, 0],
  };
  for (const [name, spec] of Object.entries({ cosine, abrupt })) {
    for (const method of ["uniform", "aging"] as const) {
      it(`ends as it does at the horizon: ${name}, ${method}`, () =>
        restsAfterHorizon(spec, 0.3, solvers[method], [5 * H]));
    }
  }
});
